import type { CalendarDate } from '../core/calendar-date.ts'
import { formatDate } from '../layout/dates.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'

type WithdrawalPageProps = { chrome: StaffChrome; version: number; effectiveOn: CalendarDate }

/** The second look before a version that has not begun is taken back. */
export function WithdrawalPage({ chrome, version, effectiveOn }: WithdrawalPageProps) {
  const { t } = chrome
  const title = t('program.version.withdraw.title', { version })
  return (
    <StaffPage chrome={chrome} title={title} section="program">
      <div class="head">
        <h1>{title}</h1>
        <p>{t('program.version.withdraw.text', { date: formatDate(t, effectiveOn) })}</p>
      </div>
      <form class="actions" method="post" action={paths.staff.programWithdrawal(version)}>
        <button class="button button--danger" type="submit">
          {t('program.version.withdraw')}
        </button>
        <a href={paths.staff.program}>{t('common.cancel')}</a>
      </form>
    </StaffPage>
  )
}
