import type { CalendarDate } from '../core/calendar-date.ts'

/** A valid pass: `exam` is our own code of it, `seriesCode` the vendor's. */
export type Pass = { exam: string; passedOn: CalendarDate; resultId: number; seriesCode: string }

/** `pass`: the exam completed the set. `completion`: it had waited, and `completedBy` brought the rest. */
export type AwardReason = {
  rule: 'pass' | 'completion'
  pass: Pass
  completedBy: Pass
  prerequisites: { certification: string; awardedOn: CalendarDate }[]
}

export type Renewal = {
  /** The date from which the new expiry is counted. */
  renewedOn: CalendarDate
  rule: string
  pass: Pass
  /** Set when not the pass as such but earning this certification renewed. */
  earned: string | null
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
