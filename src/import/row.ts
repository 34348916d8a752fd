import type { Result } from '../core/result.ts'

/** What a table of a delivery is about, by its header or by a map. */
export const rowKinds = ['candidate', 'registration', 'result', 'section', 'course'] as const
export type RowKind = (typeof rowKinds)[number]

/**
 * All that a table can be about, in the order in which the tables of one delivery are loaded. Acknowledgements are the
 * vendor's answers to files of ours; no map makes one.
 */
export const tableKinds = [
  'candidate',
  'acknowledgement',
  'registration',
  'result',
  'section',
  'course',
] as const
export type TableKind = (typeof tableKinds)[number]

/** The reasons of vendor-feeds 4.2, and further ones of our own. */
export const reasons = [
  'bad_encoding',
  'bad_columns',
  'missing_required',
  'bad_date',
  'bad_number',
  'bad_boolean',
  'bad_email',
  'bad_quotes',
  'unknown_grade',
  'unknown_state',
  'grade_score_disagree',
  'unknown_exam',
  'unknown_course',
  'unknown_candidate',
  'ambiguous_candidate',
  'candidate_conflict',
  'candidate_changed',
  'exam_changed',
  'regression',
  'duplicate_in_file',
  'future_date',
  'before_exam',
  'late_grade',
  'not_a_result',
  'event_before_result',
  'orphan_section',
  'deleted',
  'merged',
  'not_read',
  'not_accepted',
  'file_not_accepted',
  'sequence_gap',
] as const
export type Reason = (typeof reasons)[number]

export function isReason(code: string): code is Reason {
  return (reasons as readonly string[]).includes(code)
}

/** Why a row does not count, in words for the people who look after the feed. */
export type Fault = { reason: Reason; message: string }

/** Rows that are passed over on purpose; nobody has to do anything about them. */
const PASSED_OVER: ReadonlySet<Reason> = new Set(['not_a_result', 'deleted', 'merged'])

export function isPassedOver(reason: Reason): boolean {
  return PASSED_OVER.has(reason)
}

/** What a row says, or what is wrong with it. Remarks are worth telling and change nothing. */
export type RowReading<Fields> = Result<{ fields: Fields; remarks: Fault[] }, Fault>

/** A row that was understood, with where it came from. */
export type SourceRow<Fields> = { line: number; raw: string; fields: Fields }

/** A row kept with its reason. `waits`: somebody or something can still make it count. */
export type KeptRow = {
  line: number
  kind: TableKind | 'member'
  fault: Fault
  raw: string
  fields: unknown
  candidateId: string | null
  examCode: string | null
  registrationId?: string | null
  waits: boolean
}

export type Counts = {
  read: number
  new: number
  changed: number
  unchanged: number
  superseded: number
  quarantined: number
  skipped: number
}

export type RowOutcome = Exclude<keyof Counts, 'read'>

export function noCounts(): Counts {
  return { read: 0, new: 0, changed: 0, unchanged: 0, superseded: 0, quarantined: 0, skipped: 0 }
}
