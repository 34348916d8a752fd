import type { deliveryOutcomes, grades, validities } from '../schema.ts'
import type { RegistrationState } from './result-expectation.ts'

type DeliveryOutcome = (typeof deliveryOutcomes)[number]
type Grade = (typeof grades)[number]
type Validity = (typeof validities)[number]

/** What the candidate is told of one sitting, in one word. */
export type ExamOutcome =
  | 'held'
  | 'pass'
  | 'fail'
  | 'pending'
  | 'ungraded'
  | Exclude<DeliveryOutcome, 'delivered'>
  | 'booking-cancelled'
  | 'booking-lapsed'

/** A result that is held back says nothing but that, however much of it has arrived. */
export function outcomeOfResult(result: {
  delivery: DeliveryOutcome
  grade: Grade
  validity: Validity
}): ExamOutcome {
  if (result.validity === 'held') return 'held'
  if (result.delivery !== 'delivered') return result.delivery
  return result.grade === 'none' ? 'ungraded' : result.grade
}

/** Of a booking that is over and for which no result came or will come. */
export function outcomeOfClosedRegistration(state: RegistrationState): ExamOutcome {
  if (state === 'no_show') return 'no_show'
  return state === 'cancelled' ? 'booking-cancelled' : 'booking-lapsed'
}

/** True where a score and its sections may be shown. */
export function isGraded(outcome: ExamOutcome): boolean {
  return outcome === 'pass' || outcome === 'fail'
}
