import type { EventKind } from './event-kinds.ts'

/** Columns of the two tables into which events are bundled: those of our neutral format that an event can fill. */
export const RESULT_COLUMNS = [
  'event',
  'event_id',
  'modified_at',
  'registration_id',
  'client_authorization_id',
  'client_candidate_id',
  'exam_code',
  'form',
  'language',
  'attempt',
  'delivered_at',
  'site_code',
  'delivery',
  'grade',
  'validity',
  'score',
  'passing_score',
] as const

export const REGISTRATION_COLUMNS = [
  'event',
  'event_id',
  'modified_at',
  'registration_id',
  'client_authorization_id',
  'client_candidate_id',
  'exam_code',
  'appointment_at',
  'time_zone',
  'site_code',
  'state',
] as const

type Told = 'event' | 'event_id' | 'modified_at' | 'registration_id'
type CellsOf<Column extends string> = { registration_id: string } & Partial<
  Record<Exclude<Column, Told>, string>
>

/** An event as a row of one of the tables, without what all events have in common. */
export type EventRow =
  | { table: 'results'; cells: CellsOf<(typeof RESULT_COLUMNS)[number]> }
  | { table: 'registrations'; cells: CellsOf<(typeof REGISTRATION_COLUMNS)[number]> }

/** An event that was understood. `id` is null where the vendor gives it none; times are UTC milliseconds. */
export type FeedEvent = { id: string | null; kind: EventKind; happenedAt: number; row: EventRow }
