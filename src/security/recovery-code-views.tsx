import { type Chrome, Page } from '../layout/page.tsx'
import { paths } from '../paths.ts'
import { BackToSecurity } from './back-link.tsx'

export function RecoveryCodesPage({ chrome, left }: { chrome: Chrome; left: number }) {
  const { t } = chrome
  return (
    <Page chrome={chrome} title={t('security.codes.title')} section="profile">
      <div class="head">
        <h1>{t('security.codes.title')}</h1>
        <p>
          {t('security.codes.what')} {t.plural('security.codes.left', left)}
        </p>
        <p>{t('security.codes.replace')}</p>
      </div>
      <form method="post" action={paths.recoveryCodes}>
        <button class="button" type="submit">
          {t('security.codes.submit')}
        </button>
      </form>
      <BackToSecurity t={t} />
    </Page>
  )
}

type ShownProps = {
  chrome: Chrome
  candidateId: string
  codes: readonly string[]
  /** True when the authenticator app was turned on with them. */
  isNew?: boolean
}

/** The one time that the codes can be read. On paper they say what they are for; menus and links stay off it. */
export function CodesShownPage({ chrome, candidateId, codes, isNew }: ShownProps) {
  const { t, program } = chrome
  const printedFor = { id: candidateId, program: program?.name ?? t('common.record-office') }
  return (
    <Page chrome={chrome} title={t('security.codes.shown.title')} section="profile">
      {isNew && (
        <div class="notice notice--good no-print" role="status">
          <p>{t('security.codes.shown.on')}</p>
        </div>
      )}
      <div class="head">
        <h1>{t('security.codes.shown.title')}</h1>
        <p class="no-print">{t('security.codes.shown.text')}</p>
      </div>
      <section class="stack">
        <p>{t('security.codes.printed-for', printedFor)}</p>
        <ol>
          {codes.map((code) => (
            <li>
              <code class="number" dir="ltr">
                {code}
              </code>
            </li>
          ))}
        </ol>
      </section>
      <p class="no-print">
        <a class="button" href={isNew ? `${paths.security}?done=authenticator-on` : paths.security}>
          {t('security.codes.shown.done')}
        </a>
      </p>
    </Page>
  )
}
