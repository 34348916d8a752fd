import { type Chrome, Page } from '../layout/page.tsx'
import { paths } from '../paths.ts'
import type { Program } from '../program/program.ts'

/** What a visitor finds: what this is, and the doors for candidates and for employers. */
export function FrontPage({ chrome, program }: { chrome: Chrome; program: Program }) {
  const { t } = chrome
  return (
    <Page chrome={chrome} title={t('front.title')} section="home">
      <div class="head">
        <h1>{program.name}</h1>
        <p>{t('front.lead', { program: program.name })}</p>
      </div>
      <div class="rooms">
        <section class="stack">
          <h2>{t('front.candidates')}</h2>
          <p>{t('front.candidates.text')}</p>
          <p class="actions">
            <a class="button" href={paths.signIn}>
              {t('front.sign-in')}
            </a>
            <a href={paths.firstSignIn}>{t('front.first')}</a>
          </p>
        </section>
        <section class="stack">
          <h2>{t('front.employers')}</h2>
          <p>{t('front.employers.text')}</p>
          <p class="actions">
            <a class="button button--quiet" href={paths.verify}>
              {t('front.verify')}
            </a>
          </p>
        </section>
      </div>
    </Page>
  )
}
