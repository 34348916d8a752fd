import type { CalendarDate } from '../../core/calendar-date.ts'
import type { Translate } from '../../i18n/messages.ts'
import { DateWithDistance } from '../../layout/dates.tsx'

/** By when staff owe the next word; when it is past, a word says so first. */
export function Due({ t, dueOn, today }: { t: Translate; dueOn: CalendarDate; today: CalendarDate }) {
  return (
    <>
      {dueOn < today && <strong class="standing standing--expiring">{t('desk.overdue')}</strong>}{' '}
      <DateWithDistance t={t} date={dueOn} today={today} />
    </>
  )
}
