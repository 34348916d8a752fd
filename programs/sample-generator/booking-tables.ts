import { addDays, type CalendarDate } from '../../src/core/calendar-date.ts'
import type { registrationStates } from '../../src/schema.ts'
import type { Random } from './random.ts'
import { type Sitting, TOP_SCORE } from './sitting.ts'
import { authorization, type Table } from './tables.ts'

export type BookingVersion = {
  sitting: Sitting
  state: (typeof registrationStates)[number]
  appointed: boolean
  modifiedAt: string
}

/** Where a booking stands on a day, as the vendor saw it the evening before. */
export function bookingOn(sitting: Sitting, day: CalendarDate): BookingVersion {
  const over = sitting.on < day
  const { delivery } = sitting
  const ended = delivery === 'no_show' || delivery === 'no_show_excused' ? 'no_show' : 'delivered'
  const state = over
    ? delivery === 'cancelled'
      ? 'cancelled'
      : ended
    : sitting.rescheduled
      ? 'rescheduled'
      : 'scheduled'
  return { sitting, state, appointed: true, modifiedAt: eveningBefore(day) }
}

/** When the vendor's books are closed for a delivery. */
export function eveningBefore(day: CalendarDate): string {
  return `${addDays(day, -1)}T21:30:00Z`
}

/** Someone who has been let in and has not chosen a day, in time or too late. */
export function openAuthorization(sitting: Sitting, day: CalendarDate): BookingVersion {
  const expired = addDays(sitting.bookedOn, 180) < day
  return { ...bookingOn(sitting, day), state: expired ? 'expired' : 'authorized', appointed: false }
}

export const registrationTable: Table<BookingVersion> = {
  delimiter: ',',
  columns: (
    'registration_id,status,modified_at,client_authorization_id,client_candidate_id,exam_code,appointment_at,' +
    'time_zone,site_code,state,eligible_from,eligible_to,accommodations'
  ).split(','),
  cells: ({ sitting: s, state, appointed, modifiedAt }) => [
    ...[s.registrationId, 'active', modifiedAt, authorization(s), s.candidateId, s.seriesCode],
    ...(appointed ? [`${s.on}T${s.time}:00`, s.timeZone, s.site] : ['', '', '']),
    ...[state, s.bookedOn, addDays(s.bookedOn, 180), Number(s.registrationId) % 41 === 0 ? 'ET30MN' : ''],
  ],
}

const SECTIONS = [
  'Fundamentals',
  'Configuration',
  'Monitoring and "Show" Commands',
  'Troubleshooting',
] as const

export type SectionRow = { sitting: Sitting; place: number; percent: number }

/** How the parts of a graded sitting went; together about what the whole did. */
export function sectionsOf(sitting: Sitting, random: Random): SectionRow[] {
  if (!sitting.hasSections || sitting.score === null || sitting.delivery !== 'delivered') return []
  const whole = sitting.score / (TOP_SCORE / 100)
  return SECTIONS.map((_, place) => ({
    sitting,
    place,
    percent: Math.max(0, Math.min(100, Math.round(whole + random.between(-12, 12)))),
  }))
}

export const sectionTable: Table<SectionRow> = {
  delimiter: ',',
  columns:
    'registration_id,section_code,section_name,score,max_score,percent,correct,incorrect,skipped,unscored'.split(
      ',',
    ),
  cells: ({ sitting, place, percent }) => [
    ...[sitting.registrationId, `S${place + 1}`, SECTIONS[place]!, '', '', percent, '', '', '', ''],
  ],
}
