import { addDays, type CalendarDate } from '../core/calendar-date.ts'
import type { Certification, Program } from '../program/program.ts'
import type {
  AwardAct,
  Completion,
  Credit,
  EvaluatedAward,
  GivenApproval,
  Pass,
  ReachedMilestone,
} from './evaluated-award.ts'

/** A day on which something happened, and the program that was in force. */
export type Day = {
  on: CalendarDate
  program: Program
  passes: Pass[]
  completions: Completion[]
  /** Courses that ended before. */
  sentIn: Completion[]
  approvals: GivenApproval[]
}

/** The latest holding of a certification, by the program of the day it was awarded. */
export type Holding = { certification: Certification; award: EvaluatedAward }

/** What is known of a candidate so far. */
export type Account = {
  /** By certification. */
  holdings: Map<string, Holding>
  /** What waits for the rest of its set, by certification and key. */
  credits: Map<string, Map<string, Credit>>
  awards: EvaluatedAward[]
  milestones: ReachedMilestone[]
  /** Acts that have not found their award yet. */
  acts: AwardAct[]
  /** Courses that came too late for awards, by what was known on their last day. */
  late: Map<Completion, EvaluatedAward[]>
}

/** The account before anything happened, with the acts in the order in which they count. */
export function openAccount(acts: readonly AwardAct[]): Account {
  return {
    holdings: new Map(),
    credits: new Map(),
    awards: [],
    milestones: [],
    late: new Map(),
    acts: acts.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.id - b.id)),
  }
}

/** The same account apart: what happens to the one does not happen to the other. */
export function copyOfAccount({ holdings, credits, awards, milestones, late, acts }: Account): Account {
  const copies = new Map(awards.map((award) => [award, { ...award, renewals: [...award.renewals] }]))
  return {
    holdings: new Map(
      [...holdings].map(([code, { certification, award }]) => [
        code,
        { certification, award: copies.get(award)! },
      ]),
    ),
    credits: new Map([...credits].map(([code, kept]) => [code, new Map(kept)])),
    awards: [...copies.values()],
    milestones: [...milestones],
    late: new Map([...late].map(([course, missed]) => [course, missed.map((award) => copies.get(award)!)])),
    acts,
  }
}

export function isActiveOn(holding: Holding | undefined, on: CalendarDate): boolean {
  if (holding === undefined || isRevokedOn(holding.award, on)) return false
  const { expiresOn } = holding.award
  return expiresOn === null || expiresOn >= on
}

/** True of one that has expired and may still be renewed. */
export function isInGraceOn({ renewal }: Program, { award }: Holding, on: CalendarDate): boolean {
  if (renewal.graceDays === 0 || award.expiresOn === null || isRevokedOn(award, on)) return false
  return award.expiresOn < on && on <= addDays(award.expiresOn, renewal.graceDays)
}

function isRevokedOn({ revokedOn }: EvaluatedAward, on: CalendarDate): boolean {
  return revokedOn !== null && revokedOn <= on
}

type Ending = Pick<EvaluatedAward, 'expiresOn' | 'revokedOn'>

/** The last day on which it counted, or null where it has none. */
export function lastDayOf({ expiresOn, revokedOn }: Ending): CalendarDate | null {
  const beforeRevoked = revokedOn === null ? null : addDays(revokedOn, -1)
  if (expiresOn === null || beforeRevoked === null) return expiresOn ?? beforeRevoked
  return expiresOn < beforeRevoked ? expiresOn : beforeRevoked
}

/** Until when no other award of the certification has a place: its last day, but never before its own date. */
export function placeEndsOn(award: Ending & Pick<EvaluatedAward, 'awardedOn'>): CalendarDate | null {
  const last = lastDayOf(award)
  return last !== null && last < award.awardedOn ? award.awardedOn : last
}
