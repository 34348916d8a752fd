import type { CalendarDate } from '../core/calendar-date.ts'
import { ok, refuse } from '../core/result.ts'
import { registrationStates } from '../schema.ts'
import { orNull, readInstant, readWallClock } from './cells.ts'
import type { Feed } from './feeds.ts'
import { addDescription, type Named } from './read-named.ts'
import type { RowReading } from './row.ts'

export type RegistrationState = (typeof registrationStates)[number]

export type RegistrationFields = Named & {
  examCode: string
  state: RegistrationState
  appointmentOn: CalendarDate | null
  appointmentTime: string | null
  timeZone: string | null
  siteCode: string | null
  eligibleFrom: CalendarDate | null
  eligibleTo: CalendarDate | null
  modifiedAt: number | null
}

const REQUIRED = { registrationId: 'registration', examCode: 'exam code' } as const
const DATES = ['appointmentAt', 'eligibleFrom', 'eligibleTo'] as const

/** Reads a row of `registrations.csv`: a booked sitting and where it stands. */
export function readRegistrationRow(
  cell: (column: string) => string,
  feed: Feed,
): RowReading<RegistrationFields> {
  if (cell('status').toLowerCase() === 'deleted')
    return refuse({ reason: 'deleted', message: 'the vendor deleted it; nothing is deleted here' })
  for (const [column, name] of Object.entries(REQUIRED))
    if (cell(column) === '') return refuse({ reason: 'missing_required', message: `has no ${name}` })

  const state = registrationStates.find((known) => known === cell('state').toLowerCase())
  if (!state) return refuse({ reason: 'unknown_state', message: `state "${cell('state')}" is not known` })

  const dates = DATES.map((column) => ({ column, clock: readWallClock(cell(column), feed.dateFormats) }))
  const bad = dates.find(({ column, clock }) => cell(column) !== '' && clock === null)
  if (bad) return refuse({ reason: 'bad_date', message: `"${cell(bad.column)}" is not a date of this feed` })
  const [appointment, from, to] = dates.map(({ clock }) => clock)

  const fields: RegistrationFields = {
    registrationId: cell('registrationId'),
    candidateId: cell('candidateId'),
    examCode: cell('examCode'),
    state,
    appointmentOn: appointment?.on ?? null,
    appointmentTime: appointment?.time ?? null,
    timeZone: orNull(cell('timeZone')),
    siteCode: orNull(cell('siteCode')),
    clientAuthorizationId: orNull(cell('clientAuthorizationId')),
    eligibleFrom: from?.on ?? null,
    eligibleTo: to?.on ?? null,
    modifiedAt: readInstant(cell('modifiedAt')),
  }
  addDescription(fields, cell)
  return ok({ fields, remarks: [] })
}
