import type { deliveryOutcomes, grades, validities } from '../schema.ts'

export type Delivery = (typeof deliveryOutcomes)[number]
export type Grade = (typeof grades)[number]
export type Validity = (typeof validities)[number]

/** What happened at the test centre, and how it was graded. */
export type Outcome = { delivery: Delivery; grade: Grade }

/**
 * How we number sittings of vendors that have no registrations. No vendor's number begins so: such a row is refused.
 * The number says where the sitting was first told of, and nothing of who sat.
 */
export const UNNUMBERED = 'unnumbered-'

export function isUnnumbered(id: string): boolean {
  return id.startsWith(UNNUMBERED)
}

/** By this a sitting without a registration is known again: who, what, when, and which time. */
export function sittingKey(
  candidateId: string,
  sitting: { examCode: string; examOn: string; examTime: string | null; attempt: number | null },
): string {
  const { examCode, examOn, examTime, attempt } = sitting
  return JSON.stringify([candidateId, examCode.trim().toUpperCase(), examOn, examTime, attempt])
}

export function isGraded({ grade }: { grade: Grade }): boolean {
  return grade === 'pass' || grade === 'fail'
}

/** True when the candidate may be told: nothing is awaited and nothing is held back. */
export function isFinalAndVisible({ grade, validity }: { grade: Grade; validity: Validity }): boolean {
  return grade !== 'pending' && validity !== 'held'
}

/** What a candidate may see of a result. */
export type SeenResult = { delivery: Delivery; grade: Grade; validity: Validity; score: string | null }

export type ResultChange = 'grade' | 'score' | 'outcome' | 'held' | 'released' | 'revoked' | 'restored'

/** What a candidate who was told of a result is to be told of its next version; null for nothing. */
export function visibleChange(stored: SeenResult, next: SeenResult): ResultChange | null {
  if (!isFinalAndVisible(stored)) return null
  if (next.validity !== stored.validity) {
    if (next.validity === 'held') return 'held'
    return next.validity === 'revoked' ? 'revoked' : 'restored'
  }
  if (next.grade !== stored.grade) return 'grade'
  if (next.delivery !== stored.delivery) return 'outcome'
  return next.score === stored.score ? null : 'score'
}
