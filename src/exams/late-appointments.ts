import { addDays, type CalendarDate } from '../core/calendar-date.ts'
import { addBusinessDays } from '../program/business-days.ts'
import type { Settings } from '../program/program.ts'

type Calendar = Pick<Settings, 'businessDays' | 'holidays' | 'results'>

/** By when the result of a sitting should have been here at the latest; from the day after, it is late. */
export function resultDueOn(calendar: Calendar, appointmentOn: CalendarDate): CalendarDate {
  return addBusinessDays(calendar, appointmentOn, calendar.results.lateAfterBusinessDays)
}

/** The last day whose sittings are late when their results are not here today: so are those of all days before it. */
export function lastLateAppointment(calendar: Calendar, today: CalendarDate): CalendarDate {
  let day = addDays(today, -1)
  while (resultDueOn(calendar, day) >= today) day = addDays(day, -1)
  return day
}
