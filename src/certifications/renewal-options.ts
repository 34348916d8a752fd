import type { CalendarDate } from '../core/calendar-date.ts'
import { certificationsOfExam, findCertification, levelRank, seriesCodesOn } from '../program/catalogue.ts'
import type { Certification, Exam, Program } from '../program/program.ts'
import { type Demand, examsOf, keyOfDemand } from '../program/requirement.ts'
import { nextCompleted } from './completed-sets.ts'
import { keyOf } from './credits.ts'
import type { WaitingSet } from './evaluated-award.ts'
import { type RenewalEvent, renewalMatches } from './renewal.ts'
import type { Standing } from './standing.ts'

export type HeldAward = { certification: string; expiresOn: CalendarDate | null; standing: Standing }

export type RenewalOption = {
  exam: string
  /** The codes under which it can be booked today. */
  seriesCodes: string[]
  rule: string
  /** Set when the rule renews `cascadeFrom`, and this cascade carries it on. */
  cascade: string | null
  cascadeFrom: string | null
  /** Other awards held now that the same pass renews. */
  alsoRenews: string[]
  /** Certifications not held now that the same pass earns. */
  earns: string[]
}

/**
 * The exams that renew an active award if passed in time, as things stand today: the lower levels first.
 * Decided by the very functions that evaluate passes, so that what is promised here is what will happen.
 * `waiting` is what is done already and would count once the rest is.
 */
export function renewalOptions(
  program: Program,
  held: readonly HeldAward[],
  certification: string,
  today: CalendarDate,
  waiting: readonly WaitingSet[] = [],
): RenewalOption[] {
  const active = held.filter(({ expiresOn, standing }) => {
    return standing === 'active' && (expiresOn === null || expiresOn >= today)
  })
  const award = active.find((one) => one.certification === certification)
  if (!award || award.expiresOn === null) return []

  return program.exams
    .filter((exam) => seriesCodesOn(exam, today).length > 0)
    .toSorted((a, b) => levelRank(program, a) - levelRank(program, b))
    .flatMap((exam) => optionOf(program, exam, { held, active, waiting, certification, today }) ?? [])
}

type Situation = {
  held: readonly HeldAward[]
  active: readonly HeldAward[]
  waiting: readonly WaitingSet[]
  certification: string
  today: CalendarDate
}

function optionOf(program: Program, exam: Exam, situation: Situation): RenewalOption | null {
  const { active, certification, today } = situation
  const earned = earnedBy(program, exam, situation)
  const holdings = active.flatMap(({ certification: code, expiresOn }) => {
    const certification = findCertification(program, code)
    return certification ? [{ certification, expires: expiresOn !== null }] : []
  })
  const events: RenewalEvent[] = [
    {
      passed: exam,
      earns: earned.filter(({ requires }) => examsOf(requires).includes(exam.code)),
      countsFrom: today,
    },
    ...earned.map((one) => ({ earned: one, countsFrom: today })),
  ]
  const all = [...holdings, ...earned.map((one) => ({ certification: one, expires: false }))]
  const matches = renewalMatches(program, all, events).filter(({ holding }) => holding.expires)

  const match = matches.find(({ holding }) => holding.certification.code === certification)
  if (!match) return null
  return {
    exam: exam.code,
    seriesCodes: seriesCodesOn(exam, today),
    rule: match.rule.id,
    cascade: match.cascade?.rule.id ?? null,
    cascadeFrom: match.cascade?.from.code ?? null,
    alsoRenews: matches.filter((other) => other !== match).map(({ holding }) => holding.certification.code),
    earns: earned.map(({ code }) => code),
  }
}

function earnedBy(program: Program, exam: Exam, { held, active, waiting }: Situation): Certification[] {
  const earned: Certification[] = []
  const given = new Set<string>()
  const done = new Map(waiting.map(({ certification, credits }) => [certification, credits.map(keyOf)]))
  const asks = certificationsOfExam(program, exam.code)
  const isOf = (code: string) => (one: { certification: string }) => one.certification === code
  const known = {
    isActive: (code: string) => given.has(code) || active.some(isOf(code)),
    wasHeld: (code: string) => held.some((one) => isOf(code)(one) && one.standing !== 'revoked'),
    isBegun: (code: string) => done.has(code) || asks.includes(code),
    isDone: ({ code }: Certification, demand: Demand) =>
      demand.exam === exam.code || done.get(code)?.includes(keyOfDemand(demand) ?? '') === true,
    isNewFor: (code: string, one: string) => given.has(one) || !held.some(isOf(code)),
  }
  for (;;) {
    const certification = nextCompleted(program, known, given)
    if (!certification) return earned
    given.add(certification.code)
    earned.push(certification)
  }
}
