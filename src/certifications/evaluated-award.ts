import type { CalendarDate } from '../core/calendar-date.ts'

/** A valid pass: `exam` is our own code of it, `seriesCode` the vendor's. */
export type Pass = { exam: string; passedOn: CalendarDate; resultId: number; seriesCode: string }

/**
 * A course that was completed, on its last day. `submittedOn`: when the candidate sent it in, which may come too late;
 * null where whoever holds the course told us.
 */
export type Completion = {
  id: number
  course: string
  completedOn: CalendarDate
  submittedOn: CalendarDate | null
}

/** `pass`: the exam completed the set. `completion`: it had waited, and `completedBy` brought the rest. */
export type AwardReason = {
  rule: 'pass' | 'completion'
  pass: Pass
  completedBy: Pass
  prerequisites: { certification: string; awardedOn: CalendarDate }[]
}

/** What renewed: an exam or, set in `earned`, not the pass as such but earning that certification; or a course. */
export type RenewedBy = { pass: Pass; earned: string | null } | { completion: Completion }

export type Renewal = RenewedBy & {
  /** The date from which the new expiry is counted. */
  renewedOn: CalendarDate
  rule: string
  /** Set when the rule renewed `cascadeFrom`, and this cascade carried it on to here. */
  cascade: string | null
  cascadeFrom: string | null
  previousExpiresOn: CalendarDate
  expiresOn: CalendarDate
}

/** One holding of a certification, from its award to its expiry; a later one is another. */
export type EvaluatedAward = {
  certification: string
  awardedOn: CalendarDate
  expiresOn: CalendarDate | null
  reason: AwardReason
  renewals: Renewal[]
}

/** A pass that may still earn the certification, once its prerequisites are active. */
export type WaitingPass = { certification: string; pass: Pass }

export type Evaluation = { awards: EvaluatedAward[]; waiting: WaitingPass[] }
