import { type CalendarDate, latestOf } from '../core/calendar-date.ts'
import { findExam, levelRank, seriesCodesOn } from '../program/catalogue.ts'
import type { Program } from '../program/program.ts'
import { programOn, type Rules } from '../program/versions.ts'
import { type AwardDifference, awardDifferences } from './award-differences.ts'
import { evaluate } from './evaluate.ts'
import type { Completion, EvaluatedAward, Events, Pass } from './evaluated-award.ts'
import { type Attempt, lastSafeDay, maySitFrom } from './retakes.ts'
import { smallestCover } from './smallest-cover.ts'

/** Something that somebody may do on a day. */
export type PlannedStep = { exam: string; on: CalendarDate } | { course: string; on: CalendarDate }

/** What passing some exams would change, by the very rules that will decide it: what is earned first, then what is renewed. */
export function ifPassed(
  rules: Rules,
  events: Events,
  planned: readonly PlannedStep[],
  today: CalendarDate,
  before: readonly EvaluatedAward[] = evaluate(rules, events, lastDayOf(planned, today)).awards,
): AwardDifference[] {
  return awardDifferences(
    before,
    evaluate(rules, withSteps(events, planned), lastDayOf(planned, today)).awards,
  )
}

function lastDayOf(planned: readonly PlannedStep[], today: CalendarDate): CalendarDate {
  return latestOf([today, ...planned.map(({ on }) => on)])
}

/** `from`: when it can be sat; `safeBy`: the last day that leaves time for a second attempt, null where none does. */
export type PlannedExam = {
  exam: string
  seriesCodes: string[]
  from: CalendarDate
  by: CalendarDate
  safeBy: CalendarDate | null
  keeps: string[]
}
export type PlannedCourse = { course: string; by: CalendarDate; keeps: string[] }

/** The fewest exams and courses that keep what is to be kept, each with the last day on which it still does; and what none keeps. */
export type Plan = { exams: PlannedExam[]; courses: PlannedCourse[]; unkept: string[] }

type Wanted = { certification: string; expiresOn: CalendarDate }
type Candidate = { kept: string[]; rank: number } & (
  | { exam: string; from: CalendarDate }
  | { course: string }
)

/**
 * The fewest exams that can be booked and sat in time, and courses, that keep all of these active certifications; of equally
 * few those that renew most, then those of the lowest levels, exams before courses; where more than three are needed, few
 * rather than fewest. Certifications that nothing keeps are left out, and said.
 */
export function fewestSteps(
  rules: Rules,
  events: Events,
  wanted: readonly Wanted[],
  today: CalendarDate,
  attempts: readonly Attempt[] = [],
): Plan {
  const program = programOn(rules, today)
  const codes = wanted.map(({ certification }) => certification)
  const covers = (kept: readonly string[]) => codes.filter((code) => kept.includes(code))
  const byOf = (kept: readonly string[]) =>
    wanted
      .filter(({ certification }) => kept.includes(certification))
      .map(({ expiresOn }) => expiresOn)
      .sort()[0]!
  const candidates = candidatesOf(rules, events, program, today, attempts)
    .filter(({ kept }) => covers(kept).length > 0)
    // With days of grace an exam may keep what has expired when it can be sat; that is no plan.
    .filter((one) => !('exam' in one) || one.from <= byOf(one.kept))
    .sort(
      (a, b) =>
        covers(b.kept).length - covers(a.kept).length || b.kept.length - a.kept.length || a.rank - b.rank,
    )
  const keepable = codes.filter((code) => candidates.some(({ kept }) => kept.includes(code)))
  const chosen = smallestCover(candidates, keepable)
  return {
    exams: chosen.flatMap((one) => {
      if (!('exam' in one)) return []
      const exam = findExam(program, one.exam)!
      const window = { from: one.from, by: byOf(one.kept) }
      return [
        {
          exam: one.exam,
          seriesCodes: seriesCodesOn(exam, today),
          ...window,
          safeBy: lastSafeDay(program, exam, attempts, window),
          keeps: covers(one.kept),
        },
      ]
    }),
    courses: chosen.flatMap((one) =>
      'course' in one ? [{ course: one.course, by: byOf(one.kept), keeps: covers(one.kept) }] : [],
    ),
    unkept: codes.filter((code) => !keepable.includes(code)),
  }
}

/** Every exam and course, with what it renews: an exam on the first day on which it may be sat. */
function candidatesOf(
  rules: Rules,
  events: Events,
  program: Program,
  today: CalendarDate,
  attempts: readonly Attempt[],
): Candidate[] {
  const before = evaluate(rules, events, today).awards
  const keptBy = (step: PlannedStep) =>
    ifPassed(rules, events, [step], today, before)
      .filter(({ isEarned }) => !isEarned)
      .map(({ certification }) => certification)
  const exams = program.exams
    .filter((exam) => seriesCodesOn(exam, today).length > 0)
    .map((exam) => {
      const from = maySitFrom(program, exam, attempts, today)
      return {
        exam: exam.code,
        from,
        kept: keptBy({ exam: exam.code, on: from }),
        rank: levelRank(program, exam),
      }
    })
  const courses = program.courses.map(({ code }) => ({
    course: code,
    kept: keptBy({ course: code, on: today }),
    rank: Number.POSITIVE_INFINITY,
  }))
  return [...exams, ...courses]
}

/** The events with what is not on record. */
export function withSteps(events: Events, planned: readonly PlannedStep[]): Events {
  const passes = planned.flatMap((step, index) => ('exam' in step ? [asPass(step, index)] : []))
  const completions = planned.flatMap((step, index) => ('course' in step ? [asCompletion(step, index)] : []))
  return {
    ...events,
    passes: [...events.passes, ...passes],
    completions: [...events.completions, ...completions],
  }
}

function asPass({ exam, on }: { exam: string; on: CalendarDate }, index: number): Pass {
  return { exam, passedOn: on, resultId: -1 - index, seriesCode: exam }
}

function asCompletion({ course, on }: { course: string; on: CalendarDate }, index: number): Completion {
  return { id: -1 - index, course, completedOn: on, submittedOn: on }
}
