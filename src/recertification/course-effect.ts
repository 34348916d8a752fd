import { awardDifferences } from '../certifications/award-differences.ts'
import { evaluate } from '../certifications/evaluate.ts'
import type { Completion, EvaluatedAward, Events, LateCourse } from '../certifications/evaluated-award.ts'
import { addDays, type CalendarDate } from '../core/calendar-date.ts'
import { findCourse } from '../program/catalogue.ts'
import type { Program } from '../program/program.ts'
import { programOn, type Rules } from '../program/versions.ts'

export type RenewedAward = { certification: string; before: CalendarDate; after: CalendarDate }

/** Why a course renews nothing: the program does not have it; nothing that it is for was active; and so on. */
export const ineffectualReasons = ['unknown', 'not-active', 'late', 'known', 'twice', 'no-gain'] as const
export type IneffectualReason = (typeof ineffectualReasons)[number]

export type CourseEffect = { renewed: RenewedAward[]; why: IneffectualReason | null }

/** What a completed course changes for a candidate, by the very rules that will decide it; or why it changes nothing. */
export function courseEffect(
  rules: Rules,
  events: Events,
  completion: Completion,
  today: CalendarDate,
): CourseEffect {
  const others = events.completions.filter(({ id }) => id !== completion.id)
  const before = evaluate(rules, { ...events, completions: others }, today).awards
  const { awards: after, lateCourses } = evaluate(
    rules,
    { ...events, completions: [...others, completion] },
    today,
  )
  const program = programOn(rules, completion.completedOn)
  const renewed = awardDifferences(before, after).flatMap(({ certification, before, after, isEarned }) =>
    isEarned || before === null || after === null ? [] : [{ certification, before, after }],
  )
  if (renewed.length > 0) return { renewed, why: null }
  const lateFor = lateCourses.filter((late) => late.completion === completion.id)
  return { renewed, why: reasonAgainst(program, before, others, completion, lateFor) }
}

function reasonAgainst(
  program: Program,
  held: readonly EvaluatedAward[],
  others: readonly Completion[],
  { course: code, completedOn }: Completion,
  lateFor: readonly LateCourse[],
): IneffectualReason {
  const course = findCourse(program, code)
  if (!course) return 'unknown'
  const active = held.filter(
    ({ certification, awardedOn, expiresOn }) =>
      course.renews.includes(certification) &&
      awardedOn <= completedOn &&
      (expiresOn === null || addDays(expiresOn, program.renewal.graceDays) >= completedOn),
  )
  if (active.length === 0) return 'not-active'
  const isLate = (award: EvaluatedAward) =>
    lateFor.some(({ certification }) => certification === award.certification)
  if (active.every(isLate)) return 'late'
  if (others.some((other) => other.course === code && other.completedOn === completedOn)) return 'known'
  const isSecond = ({ renewals }: EvaluatedAward) => {
    const last = renewals.at(-1)
    return last !== undefined && 'completion' in last && last.cascade === null
  }
  return program.renewal.course.notTwiceInARow && active.every(isSecond) ? 'twice' : 'no-gain'
}
