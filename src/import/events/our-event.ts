import * as v from 'valibot'
import { deliveryOutcomes, validities } from '../../schema.ts'
import { readInstant, readWallClock } from '../cells.ts'
import { resultChangeKinds } from './event-kinds.ts'
import type { EventRow, FeedEvent } from './event-row.ts'

/** A cell of a table: one line of some characters. */
export const Text = v.pipe(
  v.string(),
  v.trim(),
  v.regex(/^\P{Cc}{1,100}$/u, 'must be 1 to 100 characters on one line'),
)
export const CandidateId = v.pipe(Text, v.maxLength(50, 'must have at most 50 characters'))

export const Instant = v.pipe(
  v.string(),
  v.check((text) => readInstant(text) !== null, 'must be an instant with its offset, as RFC 3339 has it'),
  v.transform((text) => readInstant(text)!),
)

/** What the clock on the wall of the test centre showed; an offset is not applied. */
const WallClock = v.pipe(
  v.string(),
  v.trim(),
  v.check(
    (text) => readWallClock(text, ['YYYY-MM-DD']) !== null,
    'must be a date, with or without a time, as YYYY-MM-DDThh:mm',
  ),
)

const Score = v.union(
  [
    Text,
    v.pipe(
      v.number(),
      v.finite(),
      v.transform((number) => String(number)),
    ),
  ],
  'must be a number or a text',
)

const told = {
  id: v.exactOptional(Text),
  occurredAt: Instant,
  registrationId: Text,
  clientCandidateId: v.exactOptional(CandidateId),
  clientAuthorizationId: v.exactOptional(Text),
  examCode: v.exactOptional(Text),
}

const scores = { score: v.exactOptional(Score), passingScore: v.exactOptional(Score) }

/** The envelope of our own: Pearson's eight kinds, in one shape (vendor-feeds 1.7 knows only their names). */
export const OurEvent = v.variant('type', [
  v.object({
    ...told,
    ...scores,
    type: v.literal('result-notification'),
    examCode: Text,
    deliveredAt: WallClock,
    delivery: v.exactOptional(v.picklist(deliveryOutcomes), 'delivered'),
    grade: v.exactOptional(v.picklist(['pass', 'fail', 'pending', 'none'])),
    validity: v.exactOptional(v.picklist(validities)),
    form: v.exactOptional(Text),
    language: v.exactOptional(Text),
    attempt: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(9999))),
    siteCode: v.exactOptional(Text),
  }),
  v.object({
    ...told,
    ...scores,
    type: v.literal('modify-result-status'),
    grade: v.picklist(['pass', 'fail', 'pending']),
  }),
  v.object({
    ...told,
    type: v.picklist(resultChangeKinds.filter((kind) => kind !== 'modify-result-status')),
  }),
  v.object({
    ...told,
    type: v.literal('modify-appointment'),
    appointmentAt: WallClock,
    timeZone: v.exactOptional(Text),
    siteCode: v.exactOptional(Text),
  }),
  v.object({ ...told, type: v.literal('cancel-appointment') }),
])
type OurEvent = v.InferOutput<typeof OurEvent>

export function fromOurEvent(event: OurEvent): FeedEvent {
  return { id: event.id ?? null, kind: event.type, happenedAt: event.occurredAt, row: rowOf(event) }
}

function rowOf(event: OurEvent): EventRow {
  const cells = {
    registration_id: event.registrationId,
    ...(event.clientAuthorizationId !== undefined && {
      client_authorization_id: event.clientAuthorizationId,
    }),
    ...(event.clientCandidateId !== undefined && { client_candidate_id: event.clientCandidateId }),
    ...(event.examCode !== undefined && { exam_code: event.examCode }),
  }
  switch (event.type) {
    case 'result-notification':
      return { table: 'results', cells: { ...cells, ...resultCells(event) } }
    case 'modify-result-status':
      return { table: 'results', cells: { ...cells, grade: event.grade, ...scoreCells(event) } }
    case 'modify-appointment': {
      const { appointmentAt, timeZone = '', siteCode = '' } = event
      const appointment = { appointment_at: appointmentAt, time_zone: timeZone, site_code: siteCode }
      return { table: 'registrations', cells: { ...cells, ...appointment, state: 'rescheduled' } }
    }
    case 'cancel-appointment':
      return { table: 'registrations', cells: { ...cells, state: 'cancelled' } }
    default:
      return { table: 'results', cells }
  }
}

function resultCells(event: OurEvent & { type: 'result-notification' }) {
  const { deliveredAt, delivery, grade = '', validity = '', form = '', language = '', attempt = '' } = event
  return {
    ...scoreCells(event),
    delivered_at: deliveredAt,
    site_code: event.siteCode ?? '',
    delivery,
    grade,
    validity,
    form,
    language,
    attempt: String(attempt),
  }
}

function scoreCells({ score = '', passingScore = '' }: { score?: string; passingScore?: string }) {
  return { score, passing_score: passingScore }
}
