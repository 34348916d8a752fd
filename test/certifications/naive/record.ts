import type { Credit } from '../../../src/certifications/evaluated-award.ts'
import { addDays, type CalendarDate } from '../../../src/core/calendar-date.ts'

export type NaiveRenewal = {
  renewedOn: CalendarDate
  rule: string
  cascade: string | null
  cascadeFrom: string | null
  previousExpiresOn: CalendarDate
  expiresOn: CalendarDate
  /** What renewed, in words: `pass 3`, `earned C2 by pass 3`, `completion 1`, `act 4`, `extension X1`. */
  what: string
}

export type NaiveAward = {
  certification: string
  awardedOn: CalendarDate
  expiresOn: CalendarDate | null
  suspendedOn: CalendarDate | null
  revokedOn: CalendarDate | null
  /** The day on which it was given, or came back, whatever date it bears. */
  givenOn: CalendarDate
  reason: {
    pass: number | null
    completedBy: number | null
    completedOn: CalendarDate
    prerequisites: { certification: string; awardedOn: CalendarDate }[]
  }
  renewals: NaiveRenewal[]
}

/** A certification given or reactivated today: what counted for it, and the date that the award bears or would have borne. */
export type Given = {
  certification: string
  date: CalendarDate
  completedBy: number | null
  credits: Credit[]
}

/** All that is known of a candidate; every step answers another one. */
export type CandidateRecord = {
  /** In the order in which they were given. */
  awards: NaiveAward[]
  /** In the order in which they came. */
  kept: { certification: string; credit: Credit }[]
  milestones: { milestone: string; reachedOn: CalendarDate; certifications: string[] }[]
  actsDone: number[]
  /** Courses that were too late for an award: the one of the certification that so many are up to. */
  late: { completion: number; certification: string; upTo: number }[]
  givenToday: Given[]
}

export const NOTHING: CandidateRecord = {
  awards: [],
  kept: [],
  milestones: [],
  actsDone: [],
  late: [],
  givenToday: [],
}

export function awardsOf({ awards }: CandidateRecord, certification: string): NaiveAward[] {
  return awards.filter((award) => award.certification === certification)
}

export function latestAward(record: CandidateRecord, certification: string): NaiveAward | undefined {
  return awardsOf(record, certification).at(-1)
}

/** Of each certification. */
export function latestAwards(record: CandidateRecord): NaiveAward[] {
  return record.awards.filter((award) => latestAward(record, award.certification) === award)
}

export function isActive(record: CandidateRecord, certification: string, on: CalendarDate): boolean {
  const award = latestAward(record, certification)
  return award !== undefined && award.revokedOn === null && !isExpired(award, on)
}

export function isExpired({ expiresOn }: NaiveAward, on: CalendarDate): boolean {
  return expiresOn !== null && expiresOn < on
}

/** The last day on which an award counts: its expiry, or the day before it was revoked; null: there is none. */
export function lastDayOf({ expiresOn, revokedOn }: NaiveAward): CalendarDate | null {
  const ends = [expiresOn, revokedOn === null ? null : addDays(revokedOn, -1)].filter((day) => day !== null)
  return ends.toSorted()[0] ?? null
}

export function withChanged(
  record: CandidateRecord,
  award: NaiveAward,
  change: Partial<NaiveAward>,
): CandidateRecord {
  return { ...record, awards: record.awards.map((one) => (one === award ? { ...one, ...change } : one)) }
}

/** An award with a later expiry, and the renewal that says why. */
export function withRenewal(
  record: CandidateRecord,
  award: NaiveAward,
  renewal: Pick<NaiveRenewal, 'renewedOn' | 'rule' | 'what' | 'expiresOn'> & Partial<NaiveRenewal>,
): CandidateRecord {
  const noted = { cascade: null, cascadeFrom: null, previousExpiresOn: award.expiresOn!, ...renewal }
  return withChanged(record, award, {
    expiresOn: renewal.expiresOn,
    renewals: [...award.renewals, noted],
  })
}
