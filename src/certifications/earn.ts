import { addDays, addMonths, type CalendarDate, latestOf } from '../core/calendar-date.ts'
import { findCertification } from '../program/catalogue.ts'
import type { Certification } from '../program/program.ts'
import { fulfilment, keyOfDemand } from '../program/requirement.ts'
import type { Rules } from '../program/versions.ts'
import { type Account, type Day, type Holding, isActiveOn, lastDayOf } from './account.ts'
import { applyActs } from './acts.ts'
import { type Known, nextCompleted } from './completed-sets.ts'
import { creditedOn } from './credits.ts'
import type { AwardReason, Credit, EvaluatedAward, WaitingSet } from './evaluated-award.ts'
import { awarded, isEmeritus, reactivated, type Term } from './give.ts'

/** A certification that the day gave, by a new award or by bringing an emeritus one back; `from`: what its term counts from. */
export type Earned = { holding: Holding; reason: AwardReason; from: CalendarDate }

/** Gives what is complete on a day, the lower first since the higher may need it, and answers with it. */
export function earnOn(rules: Rules, account: Account, day: Day): Earned[] {
  const earned: Earned[] = []
  const given = new Set<string>()
  const known = knownOn(account, day)
  for (;;) {
    const certification = nextCompleted(day.program, known, given)
    if (!certification) return earned
    given.add(certification.code)
    earned.push(earn(rules, account, day, known, certification))
    applyActs(account, day.on)
  }
}

function earn(rules: Rules, account: Account, day: Day, known: Known, certification: Certification): Earned {
  const met = metBy(certification, account, day, known)
  const before = account.holdings.get(certification.code)
  const term = termOf(certification, met.credits, day, before && lastDayOf(before.award))
  const reason = reasonOf(met, day)
  account.credits.delete(certification.code)
  const holding =
    before && isEmeritus(rules, before, day.on)
      ? reactivated(account, before.award, certification, reason, term)
      : awarded(account, certification, reason, term)
  return { holding, reason, from: term.awardedOn }
}

function knownOn(account: Account, { on, program }: Day): Known {
  const { holdings, credits } = account
  return {
    isActive: (code) => isActiveOn(holdings.get(code), on),
    wasHeld: (code) => heldOnce(account, code) !== undefined,
    isBegun: (code) => credits.has(code),
    isDone: (certification, demand) => {
      const credit = credits.get(certification.code)?.get(keyOfDemand(demand) ?? '')
      return credit !== undefined && !hasLapsed(certification, credit, { on, program })
    },
    isNewFor: (code, held) => {
      const before = holdings.get(code)
      const end = before && lastDayOf(before.award)
      const since = heldOnce(account, held)
      return end == null ? before === undefined : since !== undefined && since.awardedOn > end
    },
  }
}

/** What of all that waits still counts on a day: what has lapsed by then will earn nothing any more. */
export function stillWaiting(waiting: readonly WaitingSet[], day: Pick<Day, 'on' | 'program'>): WaitingSet[] {
  return waiting.flatMap(({ certification: code, credits }) => {
    const certification = findCertification(day.program, code)
    const left = certification ? credits.filter((credit) => !hasLapsed(certification, credit, day)) : credits
    return left.length > 0 ? { certification: code, credits: left } : []
  })
}

/** The latest award that the program has not taken away. */
function heldOnce({ awards }: Account, code: string): EvaluatedAward | undefined {
  return awards.findLast(({ certification, revokedOn }) => certification === code && revokedOn === null)
}

type Met = { credits: Credit[]; held: EvaluatedAward[] }

function metBy(earned: Certification, account: Account, day: Day, known: Known): Met {
  const done = account.credits.get(earned.code)
  const { on } = day
  const met = fulfilment<Credit | EvaluatedAward>(
    earned.requires,
    (demand) => {
      const { certification, held } = demand
      if (certification === undefined) {
        const credit = done?.get(keyOfDemand(demand) ?? '')
        return credit && !hasLapsed(earned, credit, day) ? credit : null
      }
      const counts = held === 'ever' || isActiveOn(account.holdings.get(certification), on)
      return counts ? (heldOnce(account, certification) ?? null) : null
    },
    (part) => !isHeld(part) || known.isNewFor(earned.code, part.certification),
  )
  const parts = met ?? []
  return {
    credits: parts.filter((part): part is Credit => !isHeld(part)),
    held: parts.filter(isHeld),
  }
}

function isHeld(part: Credit | EvaluatedAward): part is EvaluatedAward {
  return 'awardedOn' in part
}

/**
 * What is held counts on the day the set is complete, whatever day the setting lets the award bear; but none on which the
 * holding before, brought back since the exam, still counted.
 */
function termOf(
  { validityMonths }: Certification,
  credits: readonly Credit[],
  { on, program }: Pick<Day, 'on' | 'program'>,
  heldUntil: CalendarDate | null = null,
): Term {
  const isDatedByExam = program.settings.awardedOn === 'exam' && credits.length > 0
  const free = heldUntil === null ? [] : [addDays(heldUntil, 1)]
  const awardedOn = isDatedByExam ? latestOf([...credits.map(creditedOn), ...free]) : on
  return { awardedOn, expiresOn: validityMonths === null ? null : addMonths(awardedOn, validityMonths) }
}

/** Where an award is dated by the exam, one that has waited for longer than it would last has nothing left to give. */
function hasLapsed(certification: Certification, credit: Credit, day: Pick<Day, 'on' | 'program'>): boolean {
  if (day.program.settings.awardedOn !== 'exam') return false
  const { expiresOn } = termOf(certification, [credit], day)
  return expiresOn !== null && expiresOn < day.on
}

function reasonOf({ credits, held }: Met, { on }: Day): AwardReason {
  const passes = credits.flatMap((credit) => ('pass' in credit ? credit.pass : []))
  const last = latestOf(passes.map(({ passedOn }) => passedOn))
  const pass = passes.find(({ passedOn }) => passedOn === last) ?? null
  const isOfToday = credits.some((credit) => creditedOn(credit) === on)
  const completing = held.find(({ reason }) => reason.completedOn === on)
  return {
    rule: isOfToday ? 'pass' : 'completion',
    pass,
    others: credits.filter((credit) => !('pass' in credit && credit.pass === pass)),
    completedBy: pass?.passedOn === on ? pass : isOfToday ? null : (completing?.reason.completedBy ?? null),
    completedOn: on,
    prerequisites: held.map(({ certification, awardedOn }) => ({ certification, awardedOn })),
  }
}
