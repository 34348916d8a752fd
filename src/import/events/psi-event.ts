import * as v from 'valibot'
import type { EventKind } from './event-kinds.ts'
import type { EventRow, FeedEvent } from './event-row.ts'
import { CandidateId, Instant, Text } from './our-event.ts'

/** Blank and null are how some senders leave out. */
const OrLeftOut = v.pipe(
  v.optional(v.nullable(v.union([v.literal(''), Text])), ''),
  v.transform((text) => text ?? ''),
)

/**
 * A booking event as PSI sends it (vendor-feeds 2). `booking_on` is when the sitting begins and `effective_date` when
 * this happened, both in UTC. What it says of the person is not read.
 */
export const PsiEvent = v.object({
  change_reason: v.picklist([
    'BOOKING_CREATED',
    'BOOKING_RESCHEDULED',
    'BOOKING_CANCELLED',
    'EXAM_COMPLETED',
    'ABSENT',
    'EXCUSED_ABSENT',
  ]),
  booking_code: Text,
  booking_on: Instant,
  candidate_id: CandidateId,
  effective_date: v.exactOptional(v.nullable(Instant)),
  client_eligibility_id: OrLeftOut,
  exam_code: OrLeftOut,
  location_code: OrLeftOut,
  location_timezone: OrLeftOut,
})
type PsiEvent = v.InferOutput<typeof PsiEvent>
type ChangeReason = PsiEvent['change_reason']

const BOOKING_STATES = {
  BOOKING_CREATED: 'scheduled',
  BOOKING_RESCHEDULED: 'rescheduled',
  BOOKING_CANCELLED: 'cancelled',
  EXAM_COMPLETED: 'delivered',
} as const satisfies Partial<Record<ChangeReason & EventKind, string>>

/** `sentAt` stands in where the vendor does not say when it happened. */
export function fromPsiEvent(event: PsiEvent, sentAt: number): FeedEvent {
  const happenedAt = event.effective_date ?? sentAt
  return { id: null, kind: event.change_reason, happenedAt, row: rowOf(event) }
}

function rowOf(event: PsiEvent): EventRow {
  const { at, timeZone } = onTheWall(event.booking_on, event.location_timezone)
  const cells = {
    registration_id: event.booking_code,
    client_authorization_id: event.client_eligibility_id,
    client_candidate_id: event.candidate_id,
    exam_code: event.exam_code,
    site_code: event.location_code,
  }
  const reason = event.change_reason
  if (reason === 'ABSENT' || reason === 'EXCUSED_ABSENT') {
    const delivery = reason === 'ABSENT' ? 'no_show' : 'no_show_excused'
    return { table: 'results', cells: { ...cells, delivered_at: at, delivery, grade: 'none' } }
  }
  const appointment = { appointment_at: at, time_zone: timeZone, state: BOOKING_STATES[reason] }
  return { table: 'registrations', cells: { ...cells, ...appointment } }
}

/** The instant on the clock of the test centre; in UTC, and saying so, where its zone is not one that is known. */
function onTheWall(instant: number, zone: string): { at: string; timeZone: string } {
  const timeZone = isKnownZone(zone) ? zone : 'UTC'
  const wall = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  return { at: wall.format(instant).replace(' ', 'T'), timeZone }
}

function isKnownZone(zone: string): boolean {
  if (zone === '') return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
