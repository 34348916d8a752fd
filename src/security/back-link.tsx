import type { Translate } from '../i18n/messages.ts'
import { paths } from '../paths.ts'

export function BackToSecurity({ t }: { t: Translate }) {
  return (
    <p class="no-print">
      <a href={paths.security}>{t('security.back')}</a>
    </p>
  )
}
