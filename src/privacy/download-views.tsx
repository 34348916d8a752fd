import { type Chrome, Page } from '../layout/page.tsx'
import { paths } from '../paths.ts'

/** Behind the link in the mail: looking at it uses nothing up. */
export function DownloadPage({ chrome, token }: { chrome: Chrome; token: string }) {
  const { t } = chrome
  return (
    <Page chrome={chrome} title={t('privacy.download.title')} section="profile" noindex>
      <div class="head">
        <h1>{t('privacy.download.title')}</h1>
        <p>{t('privacy.download.text')}</p>
      </div>
      <form method="post" action={paths.dataExport(token)}>
        <button class="button" type="submit">
          {t('privacy.download.submit')}
        </button>
      </form>
    </Page>
  )
}

/** Whatever is wrong with a link, with the way to a fresh one. */
export function DeadCopyPage({ chrome }: { chrome: Chrome }) {
  const { t } = chrome
  return (
    <Page chrome={chrome} title={t('privacy.download.dead.title')} section="profile" noindex>
      <div class="head">
        <h1>{t('privacy.download.dead.title')}</h1>
        <p>{t('privacy.download.dead.text')}</p>
      </div>
      <form method="post" action={paths.askForData}>
        <button class="button" type="submit">
          {t('privacy.copy.ask')}
        </button>
      </form>
    </Page>
  )
}
