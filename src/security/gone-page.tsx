import { type Chrome, Page } from '../layout/page.tsx'
import { BackToSecurity } from './back-link.tsx'

/** Ended before, removed in another tab, or never theirs: the answer is the same. */
export function GonePage({ chrome }: { chrome: Chrome }) {
  const { t } = chrome
  return (
    <Page chrome={chrome} title={t('security.gone.title')} section="profile">
      <div class="head">
        <h1>{t('security.gone.title')}</h1>
        <p>{t('security.gone.text')}</p>
      </div>
      <BackToSecurity t={t} />
    </Page>
  )
}
