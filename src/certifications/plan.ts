import type { CalendarDate } from '../core/calendar-date.ts'
import { levelRank, seriesCodesOn } from '../program/catalogue.ts'
import type { Exam, Program } from '../program/program.ts'
import { type AwardDifference, awardDifferences } from './award-differences.ts'
import { evaluateAwards } from './evaluate.ts'
import type { Completion, Pass } from './evaluated-award.ts'

/** What a candidate's awards follow from. */
export type Events = { passes: readonly Pass[]; completions: readonly Completion[] }

export type PlannedPass = { exam: string; on: CalendarDate }

/** What passing some exams would change, by the very rules that will decide it: what is earned first, then what is renewed. */
export function ifPassed(
  program: Program,
  { passes, completions }: Events,
  planned: readonly PlannedPass[],
): AwardDifference[] {
  const before = evaluateAwards(program, passes, completions)
  const after = evaluateAwards(program, [...passes, ...planned.map(asPass)], completions)
  return awardDifferences(before, after)
}

export type PlannedExam = { exam: string; seriesCodes: string[]; by: CalendarDate; keeps: string[] }

/** The fewest exams that keep what is to be kept, each with the last day on which it still does; and what none keeps. */
export type Plan = { exams: PlannedExam[]; unkept: string[] }

/** As many exams are tried together; whoever would need more is told of these first. */
const MOST_TOGETHER = 4
/** Those that keep most are tried; the others keep nothing that these do not. */
const MOST_CANDIDATES = 14

/**
 * The fewest exams that can be booked today and that, passed today, keep all of these active certifications; of equally
 * few those that renew most, then those of the lowest levels. Certifications that no exam keeps are left out, and said.
 */
export function fewestExams(
  program: Program,
  events: Events,
  wanted: readonly { certification: string; expiresOn: CalendarDate }[],
  today: CalendarDate,
): Plan {
  const keptBy = (exams: readonly Exam[]) =>
    ifPassed(
      program,
      events,
      exams.map(({ code }) => ({ exam: code, on: today })),
    )
      .filter(({ isEarned }) => !isEarned)
      .map(({ certification }) => certification)
  const codes = wanted.map(({ certification }) => certification)
  const covers = (kept: readonly string[]) => codes.filter((code) => kept.includes(code))
  const candidates = program.exams
    .filter((exam) => seriesCodesOn(exam, today).length > 0)
    .map((exam) => ({ exam, kept: keptBy([exam]) }))
    .filter(({ kept }) => covers(kept).length > 0)
    .sort(
      (a, b) =>
        covers(b.kept).length - covers(a.kept).length ||
        b.kept.length - a.kept.length ||
        levelRank(program, a.exam) - levelRank(program, b.exam),
    )
    .slice(0, MOST_CANDIDATES)
  const keepable = codes.filter((code) => candidates.some(({ kept }) => kept.includes(code)))
  const chosen = smallest(candidates, (some) =>
    keepable.every((code) => some.some(({ kept }) => kept.includes(code))),
  )
  return {
    exams: chosen.map(({ exam, kept }) => ({
      exam: exam.code,
      seriesCodes: seriesCodesOn(exam, today),
      by: wanted
        .filter(({ certification }) => kept.includes(certification))
        .map(({ expiresOn }) => expiresOn)
        .sort()[0]!,
      keeps: covers(kept),
    })),
    unkept: codes.filter((code) => !keepable.includes(code)),
  }
}

/** The first of the smallest selections that suffice, in the order of what is given; the best few where none does. */
function smallest<One>(all: readonly One[], suffices: (some: readonly One[]) => boolean): One[] {
  for (let size = 0; size <= MOST_TOGETHER; size += 1)
    for (const some of selections(all, size)) if (suffices(some)) return some
  return all.slice(0, MOST_TOGETHER)
}

function* selections<One>(all: readonly One[], size: number): Generator<One[]> {
  if (size === 0) {
    yield []
    return
  }
  for (const [index, one] of all.entries())
    for (const others of selections(all.slice(index + 1), size - 1)) yield [one, ...others]
}

/** Stands for passes that are not on record. */
function asPass({ exam, on }: PlannedPass, index: number): Pass {
  return { exam, passedOn: on, resultId: -1 - index, seriesCode: exam }
}
