import { type Chrome, Page } from '../layout/page.tsx'
import { paths } from '../paths.ts'

/** Shown instead of a certificate on which the holder's name would be wrong. */
export function UndrawablePage({ chrome, supportEmail }: { chrome: Chrome; supportEmail: string }) {
  const { t } = chrome
  return (
    <Page chrome={chrome} title={t('certifications.undrawable.title')} section="certifications">
      <div class="head">
        <h1>{t('certifications.undrawable.title')}</h1>
        <p>{t('certifications.undrawable.text')}</p>
      </div>
      <p class="actions">
        <a href={`mailto:${supportEmail}`}>{t('certifications.ask')}</a>
        <a href={paths.status}>{t('common.back')}</a>
      </p>
    </Page>
  )
}
