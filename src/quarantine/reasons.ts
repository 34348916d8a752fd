import type { Reason } from '../import/row.ts'

/** Counts of waiting rows end here: whether it is more is all that anybody wants to know. */
export const COUNT_LIMIT = 1000

/** Days for which rows have waited at least, the longest first; each group ends where the one before it begins. */
export const AGE_STEPS = [30, 7, 1, 0] as const

/** Everything that a row may wait for, in the order in which the console lists it. */
export const waitingReasons = [
  'unknown_candidate',
  'ambiguous_candidate',
  'candidate_conflict',
  'candidate_changed',
  'unknown_exam',
  'exam_changed',
  'unknown_course',
  'unknown_grade',
  'unknown_state',
  'regression',
  'duplicate_in_file',
  'missing_required',
  'bad_date',
  'future_date',
  'bad_number',
  'bad_boolean',
  'bad_columns',
  'bad_encoding',
  'orphan_section',
  'event_before_result',
  'not_accepted',
  'file_not_accepted',
  'not_read',
] as const satisfies readonly Reason[]

export type WaitingReason = (typeof waitingReasons)[number]

/** What somebody can do about a waiting row. */
export const ways = ['link', 'map', 'count', 'again', 'dismiss'] as const
export type Way = (typeof ways)[number]

const WAYS: Record<WaitingReason, readonly Way[]> = {
  unknown_candidate: ['link', 'dismiss'],
  ambiguous_candidate: ['link', 'dismiss'],
  candidate_conflict: ['link', 'dismiss'],
  candidate_changed: ['link', 'dismiss'],
  unknown_exam: ['map', 'dismiss'],
  exam_changed: ['dismiss'],
  unknown_course: ['again', 'dismiss'],
  unknown_grade: ['again', 'dismiss'],
  unknown_state: ['again', 'dismiss'],
  regression: ['count', 'dismiss'],
  duplicate_in_file: ['count', 'dismiss'],
  missing_required: ['again', 'dismiss'],
  bad_date: ['again', 'dismiss'],
  future_date: ['again', 'dismiss'],
  bad_number: ['again', 'dismiss'],
  bad_boolean: ['again', 'dismiss'],
  bad_columns: ['again', 'dismiss'],
  bad_encoding: ['again', 'dismiss'],
  orphan_section: ['dismiss'],
  event_before_result: ['dismiss'],
  not_accepted: ['dismiss'],
  file_not_accepted: ['dismiss'],
  not_read: ['dismiss'],
}

/** The reasons whose rows somebody has understood: only such a row can count as it stands. */
const UNDERSTOOD: readonly Way[] = ['link', 'map', 'count']

export function waysFor({ reason, fields }: { reason: string; fields: string | null }): readonly Way[] {
  const known = isWaitingReason(reason) ? WAYS[reason] : (['dismiss'] as const)
  return fields === null ? known.filter((way) => !UNDERSTOOD.includes(way)) : known
}

/** What can be done about many rows at once: which of two duplicates counts, and whose a row is, wants a look at each. */
export function bulkWaysFor(reasons: readonly string[], codes: readonly string[]): Way[] {
  const of = (way: Way) => reasons.every((reason) => isWaitingReason(reason) && WAYS[reason].includes(way))
  return ways.filter((way) => {
    if (way === 'link') return false
    if (way === 'count') return of('count') && !reasons.includes('duplicate_in_file')
    return way === 'map' ? of('map') && codes.length === 1 : of(way)
  })
}

export function isWaitingReason(reason: string): reason is WaitingReason {
  return (waitingReasons as readonly string[]).includes(reason)
}

const NAMING: readonly string[] = [
  'unknown_candidate',
  'ambiguous_candidate',
  'candidate_conflict',
  'candidate_changed',
  'duplicate_in_file',
]

/** Whether the reason in words names a candidate, which is not for everybody who looks after feeds. */
export function namesCandidates(reason: string): boolean {
  return NAMING.includes(reason)
}
