import { ok, refuse } from '../../core/result.ts'
import { grades, registrationStates } from '../../schema.ts'
import { orNull, readInstant, readWallClock } from '../cells.ts'
import type { RegistrationFields, RegistrationState } from '../read-registration-row.ts'
import type { RowReading } from '../row.ts'
import type { Grade } from '../sitting.ts'
import type { ResultChangeKind } from './event-kinds.ts'

/** What an event says of a result that is there; blank and null is what it says nothing of. */
export type ResultChange = {
  event: ResultChangeKind
  registrationId: string
  candidateId: string
  examCode: string
  grade: Grade | null
  score: string | null
  passingScore: string | null
  modifiedAt: number
}

/** What an event says of a booking. */
export type BookingChange = Omit<RegistrationFields, 'eligibleFrom' | 'eligibleTo' | 'modifiedAt'> & {
  event: string
  state: RegistrationState
  modifiedAt: number
}

type Cell = (column: string) => string

export function readResultChange(cell: Cell, event: ResultChangeKind): RowReading<ResultChange> {
  const named = readNamed(cell)
  if (!named.ok) return named
  const grade = grades.find((known) => known === cell('grade').toLowerCase()) ?? null
  if (event === 'modify-result-status' && grade === null)
    return refuse({ reason: 'unknown_grade', message: `grade "${cell('grade')}" is not known` })
  const { score, passingScore } = { score: orNull(cell('score')), passingScore: orNull(cell('passingScore')) }
  return ok({ fields: { event, ...named.value, grade, score, passingScore }, remarks: [] })
}

export function readBookingChange(cell: Cell): RowReading<BookingChange> {
  const named = readNamed(cell)
  if (!named.ok) return named
  const state = registrationStates.find((known) => known === cell('state').toLowerCase())
  if (!state) return refuse({ reason: 'unknown_state', message: `state "${cell('state')}" is not known` })
  const appointment = readWallClock(cell('appointmentAt'), ['YYYY-MM-DD'])
  const { modifiedAt, ...who } = named.value
  const fields: BookingChange = {
    event: cell('event'),
    ...who,
    state,
    appointmentOn: appointment?.on ?? null,
    appointmentTime: appointment?.time ?? null,
    timeZone: orNull(cell('timeZone')),
    siteCode: orNull(cell('siteCode')),
    clientAuthorizationId: orNull(cell('clientAuthorizationId')),
    modifiedAt,
  }
  return ok({ fields, remarks: [] })
}

function readNamed(cell: Cell) {
  const registrationId = cell('registrationId')
  if (registrationId === '')
    return refuse({ reason: 'missing_required' as const, message: 'has no registration' })
  const modifiedAt = readInstant(cell('modifiedAt'))
  if (modifiedAt === null)
    return refuse({ reason: 'bad_date' as const, message: 'does not say when it happened' })
  return ok({ registrationId, candidateId: cell('candidateId'), examCode: cell('examCode'), modifiedAt })
}
