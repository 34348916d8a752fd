import { addDays, type CalendarDate, weekdayOf } from '../core/calendar-date.ts'
import type { Settings } from './program.ts'

type BusinessCalendar = Pick<Settings, 'businessDays' | 'holidays'>

export function isBusinessDay({ businessDays, holidays }: BusinessCalendar, date: CalendarDate): boolean {
  return businessDays.some((weekday) => weekday === weekdayOf(date)) && !holidays.includes(date)
}

/** The `days`-th business day after `date`, which itself does not count; `date` as it is for 0. */
export function addBusinessDays(calendar: BusinessCalendar, date: CalendarDate, days: number): CalendarDate {
  let reached = date
  for (let left = days; left > 0; ) {
    reached = addDays(reached, 1)
    if (isBusinessDay(calendar, reached)) left -= 1
  }
  return reached
}

/** How many business days lie after `from` up to and including `to`; negative when `to` is earlier. */
export function businessDaysBetween(
  calendar: BusinessCalendar,
  from: CalendarDate,
  to: CalendarDate,
): number {
  if (to < from) return -businessDaysBetween(calendar, to, from)
  let days = 0
  for (let date = addDays(from, 1); date <= to; date = addDays(date, 1)) {
    if (isBusinessDay(calendar, date)) days += 1
  }
  return days
}
