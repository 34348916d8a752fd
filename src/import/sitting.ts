import type { deliveryOutcomes, grades, validities } from '../schema.ts'

export type Delivery = (typeof deliveryOutcomes)[number]
export type Grade = (typeof grades)[number]
export type Validity = (typeof validities)[number]

/** What happened at the test centre, and how it was graded. */
export type Outcome = { delivery: Delivery; grade: Grade }

export function isGraded({ grade }: { grade: Grade }): boolean {
  return grade === 'pass' || grade === 'fail'
}

/** True when the candidate may be told: nothing is awaited and nothing is held back. */
export function isFinalAndVisible({ grade, validity }: { grade: Grade; validity: Validity }): boolean {
  return grade !== 'pending' && validity !== 'held'
}
