import type { CalendarDate } from '../core/calendar-date.ts'
import { levelRank, seriesCodesOn } from '../program/catalogue.ts'
import type { Exam } from '../program/program.ts'
import { programOn, type Rules } from '../program/versions.ts'
import { type AwardDifference, awardDifferences } from './award-differences.ts'
import { evaluate } from './evaluate.ts'
import type { EvaluatedAward, Events, Pass } from './evaluated-award.ts'

export type PlannedPass = { exam: string; on: CalendarDate }

/** What passing some exams would change, by the very rules that will decide it: what is earned first, then what is renewed. */
export function ifPassed(
  rules: Rules,
  events: Events,
  planned: readonly PlannedPass[],
  before: readonly EvaluatedAward[] = evaluate(rules, events).awards,
): AwardDifference[] {
  const after = evaluate(rules, { ...events, passes: [...events.passes, ...planned.map(asPass)] })
  return awardDifferences(before, after.awards)
}

export type PlannedExam = { exam: string; seriesCodes: string[]; by: CalendarDate; keeps: string[] }

/** The fewest exams that keep what is to be kept, each with the last day on which it still does; and what none keeps. */
export type Plan = { exams: PlannedExam[]; unkept: string[] }

/** Up to so many exams are tried in every combination; of more, the one that keeps most of the rest is taken each time. */
const MOST_TOGETHER = 3

/**
 * The fewest exams that can be booked today and that, passed today, keep all of these active certifications; of equally
 * few those that renew most, then those of the lowest levels; where more than three are needed, few rather than fewest.
 * Certifications that no exam keeps are left out, and said.
 */
export function fewestExams(
  rules: Rules,
  events: Events,
  wanted: readonly { certification: string; expiresOn: CalendarDate }[],
  today: CalendarDate,
): Plan {
  const program = programOn(rules, today)
  const before = evaluate(rules, events).awards
  const keptBy = ({ code }: Exam) =>
    ifPassed(rules, events, [{ exam: code, on: today }], before)
      .filter(({ isEarned }) => !isEarned)
      .map(({ certification }) => certification)
  const codes = wanted.map(({ certification }) => certification)
  const covers = (kept: readonly string[]) => codes.filter((code) => kept.includes(code))
  const candidates = program.exams
    .filter((exam) => seriesCodesOn(exam, today).length > 0)
    .map((exam) => ({ exam, kept: keptBy(exam) }))
    .filter(({ kept }) => covers(kept).length > 0)
    .sort(
      (a, b) =>
        covers(b.kept).length - covers(a.kept).length ||
        b.kept.length - a.kept.length ||
        levelRank(program, a.exam) - levelRank(program, b.exam),
    )
  const keepable = codes.filter((code) => candidates.some(({ kept }) => kept.includes(code)))
  const chosen = smallestCover(candidates, keepable)
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

type Candidate = { exam: Exam; kept: readonly string[] }

/** The first of the smallest selections that keep all of these, in the order of what is given. */
function smallestCover(candidates: readonly Candidate[], codes: readonly string[]): Candidate[] {
  const isCover = (some: readonly Candidate[]) =>
    codes.every((code) => some.some(({ kept }) => kept.includes(code)))
  for (let size = 0; size <= MOST_TOGETHER; size += 1)
    for (const some of selections(candidates, size)) if (isCover(some)) return some

  const chosen: Candidate[] = []
  for (let left = codes; left.length > 0; ) {
    const gain = ({ kept }: Candidate) => left.filter((code) => kept.includes(code)).length
    const best = candidates.reduce((one, other) => (gain(other) > gain(one) ? other : one))
    chosen.push(best)
    left = left.filter((code) => !best.kept.includes(code))
  }
  return chosen
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
