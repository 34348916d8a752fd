import type { CalendarDate } from '../core/calendar-date.ts'
import { addBusinessDays } from '../program/business-days.ts'
import type { Settings } from '../program/program.ts'
import type { registrationStates } from '../schema.ts'

export type RegistrationState = (typeof registrationStates)[number]

/**
 * Where a registration without a result stands: `unbooked` has no appointment yet, `late` counts from the day
 * after which the program itself says that something is wrong.
 */
export type ResultExpectation =
  | { state: 'unbooked' }
  | { state: 'upcoming'; on: CalendarDate }
  | { state: 'expected'; by: CalendarDate }
  | { state: 'late'; since: CalendarDate }

type Calendar = Pick<Settings, 'businessDays' | 'holidays' | 'results'>

/**
 * When the result of a registration is to be expected. The appointment's own day still counts as ahead, but nothing does
 * once the vendor has said that the exam was delivered: where it was sat, the day may have begun before the program's.
 * After the usual days the promise moves to the last one.
 */
export function expectResult(
  calendar: Calendar,
  registration: { appointmentOn: CalendarDate | null; state: RegistrationState },
  today: CalendarDate,
): ResultExpectation {
  const { appointmentOn: on, state } = registration
  if (on === null) return { state: 'unbooked' }
  if (on >= today && state !== 'delivered') return { state: 'upcoming', on }

  const { usualBusinessDays, lateAfterBusinessDays } = calendar.results
  const usually = addBusinessDays(calendar, on, usualBusinessDays)
  if (today <= usually) return { state: 'expected', by: usually }
  const atLast = addBusinessDays(calendar, on, lateAfterBusinessDays)
  return today <= atLast ? { state: 'expected', by: atLast } : { state: 'late', since: atLast }
}
