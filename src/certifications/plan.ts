import { type CalendarDate, latestOf } from '../core/calendar-date.ts'
import { findExam } from '../program/catalogue.ts'
import { programOn, type Rules } from '../program/versions.ts'
import { type AwardDifference, awardDifferences } from './award-differences.ts'
import { evaluate } from './evaluate.ts'
import type { Events } from './evaluated-award.ts'
import { type Foresight, foresee } from './foresight.ts'
import { type PlannedStep, withSteps } from './planned-step.ts'
import { type Attempt, lastSafeDay } from './retakes.ts'
import { smallestCover } from './smallest-cover.ts'
import { windowAround } from './ways-to-keep.ts'
import { type Keeping, whatKeeps } from './what-keeps.ts'

/** What passing some exams would change, by the very rules that will decide it: what is earned first, then what is renewed. */
export function ifPassed(
  rules: Rules,
  events: Events,
  planned: readonly PlannedStep[],
  today: CalendarDate,
): AwardDifference[] {
  const last = latestOf([today, ...planned.map(({ on }) => on)])
  const before = evaluate(rules, events, last).awards
  return awardDifferences(before, evaluate(rules, withSteps(events, planned), last).awards)
}

/**
 * `from`: the first day on which it can be done and keeps all of it; `safeBy`: the last day that leaves time for a second
 * attempt, null where none does.
 */
export type PlannedExam = {
  exam: string
  seriesCodes: string[]
  from: CalendarDate
  by: CalendarDate
  safeBy: CalendarDate | null
  keeps: string[]
}
export type PlannedCourse = { course: string; from: CalendarDate; by: CalendarDate; keeps: string[] }

/** The fewest exams and courses that keep what is to be kept, each with the last day on which it still does; and what none keeps. */
export type Plan = { exams: PlannedExam[]; courses: PlannedCourse[]; unkept: string[] }

type Wanted = { certification: string; expiresOn: CalendarDate }

/**
 * The fewest exams that can be booked and sat in time, and courses, that keep all of these active certifications; of equally
 * few those that renew most, then those that can be done first, then those of the lowest levels, exams before courses; where
 * more than three are needed, few rather than fewest. Certifications that nothing keeps are left out, and said.
 */
export function fewestSteps(
  rules: Rules,
  events: Events,
  wanted: readonly Wanted[],
  today: CalendarDate,
  attempts: readonly Attempt[] = [],
  foresight: Foresight = foresee(rules, events, today),
): Plan {
  const codes = wanted.map(({ certification }) => certification)
  const until =
    wanted
      .map(({ expiresOn }) => expiresOn)
      .sort()
      .at(-1) ?? today
  const held = [...new Set([...codes, ...activeOn(foresight, today)])]
  const keepings = whatKeeps(rules, events, { held, today, until, attempts }, foresight)
  const candidates = keepings
    .map((keeping) => ({ keeping, kept: keptBy(keeping).filter((code) => codes.includes(code)) }))
    .sort(
      (a, b) =>
        b.kept.length - a.kept.length ||
        b.keeping.keeps.length - a.keeping.keeps.length ||
        order(a.keeping.from, b.keeping.from) ||
        keepings.indexOf(a.keeping) - keepings.indexOf(b.keeping),
    )
  const unkept = codes.filter((code) => !candidates.some(({ kept }) => kept.includes(code)))
  const chosen = smallestCover(
    candidates,
    codes.filter((code) => !unkept.includes(code)),
  ).map(({ keeping, kept }) => {
    const keeps = codes.filter((code) => kept.includes(code))
    return { ...windowAround(keepings, keeping, keeps), keeps }
  })
  return {
    exams: chosen.flatMap((step) => {
      if (!('exam' in step)) return []
      const program = programOn(rules, step.by)
      const safeBy = lastSafeDay(program, findExam(program, step.exam)!, attempts, step)
      const { exam, seriesCodes, from, by, keeps } = step
      return [{ exam, seriesCodes, from, by, safeBy, keeps }]
    }),
    courses: chosen.flatMap(({ from, by, keeps, ...step }) =>
      'course' in step ? [{ course: step.course, from, by, keeps }] : [],
    ),
    unkept,
  }
}

function activeOn({ before }: Foresight, today: CalendarDate): string[] {
  return before.awards.flatMap(({ certification, expiresOn }) =>
    expiresOn !== null && expiresOn >= today ? [certification] : [],
  )
}

function keptBy({ keeps }: Keeping): string[] {
  return keeps.map(({ certification }) => certification)
}

function order(a: CalendarDate, b: CalendarDate): number {
  return a < b ? -1 : a > b ? 1 : 0
}
