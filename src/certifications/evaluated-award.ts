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

/** What the program's staff approved, such as a portfolio. */
export type GivenApproval = { id: number; approval: string; approvedOn: CalendarDate }

/**
 * What one of the staff did to an award, in effect from `on`. The award is found by the pass that earned it, or as the one
 * that is held on `awardedOn`, its date at that time: results may since have moved it. `toAwardedOn` and `toExpiresOn`: the
 * new dates of an extension or a correction; null leaves the old one.
 */
export type AwardAct = {
  id: number
  kind: 'revoke' | 'suspend' | 'reinstate' | 'extend' | 'correct'
  certification: string
  passId: number | null
  awardedOn: CalendarDate
  on: CalendarDate
  toAwardedOn: CalendarDate | null
  toExpiresOn: CalendarDate | null
}

/** All that a candidate's awards follow from, each in any order. */
export type Events = {
  passes: readonly Pass[]
  completions: readonly Completion[]
  approvals: readonly GivenApproval[]
  acts: readonly AwardAct[]
}

/** What can fulfil a demand for something to be done. */
export type Credit = { pass: Pass } | { completion: Completion } | { approval: GivenApproval }

/**
 * `pass`: something done that day completed the set; `completion`: it had waited for the rest. `pass` is the last exam of
 * the set, `others` what else was done for it; `completedBy` is the exam that completed it, where an exam did.
 */
export type AwardReason = {
  rule: 'pass' | 'completion'
  pass: Pass | null
  others: Credit[]
  completedBy: Pass | null
  completedOn: CalendarDate
  prerequisites: { certification: string; awardedOn: CalendarDate }[]
}

/**
 * What renewed. Of an exam: set in `earned`, not the pass as such but earning that certification, which something other
 * than an exam may have completed.
 */
export type RenewedBy =
  | { pass: Pass; earned: null }
  | { pass: Pass | null; earned: string }
  | { completion: Completion }
  | { act: number }
  | { extension: string }

export type Renewal = RenewedBy & {
  /** The date from which the new expiry is counted, or on which it was set. */
  renewedOn: CalendarDate
  rule: string
  /** Set when the rule renewed `cascadeFrom`, and this cascade carried it on to here. */
  cascade: string | null
  cascadeFrom: string | null
  previousExpiresOn: CalendarDate
  expiresOn: CalendarDate
}

export { REACTIVATION, STAFF_EXTENSION } from '../program/rule-ids.ts'

/** True of what the program did by itself: nothing that its holder had done renewed it. */
export function isByProgram(renewal: Renewal): boolean {
  return 'act' in renewal || 'extension' in renewal
}

/** One holding of a certification, from its award to its expiry; a later one is another. */
export type EvaluatedAward = {
  certification: string
  awardedOn: CalendarDate
  expiresOn: CalendarDate | null
  suspendedOn: CalendarDate | null
  revokedOn: CalendarDate | null
  /** From when it is emeritus, which may lie ahead. */
  emeritusOn: CalendarDate | null
  reason: AwardReason
  renewals: Renewal[]
}

/** What was done for a certification that something is still missing for. */
export type WaitingSet = { certification: string; credits: Credit[] }

/** A milestone, with the certifications that were active on the day it was reached. */
export type ReachedMilestone = { milestone: string; reachedOn: CalendarDate; certifications: string[] }

/** A course that would have renewed a certification, had it been sent in while that was active. */
export type LateCourse = { completion: number; certification: string }

export type Evaluation = {
  awards: EvaluatedAward[]
  waiting: WaitingSet[]
  milestones: ReachedMilestone[]
  lateCourses: LateCourse[]
}
