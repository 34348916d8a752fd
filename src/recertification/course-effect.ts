import { awardDifferences } from '../certifications/award-differences.ts'
import { evaluate } from '../certifications/evaluate.ts'
import type {
  Completion,
  EvaluatedAward,
  Evaluation,
  Events,
  LateCourse,
} from '../certifications/evaluated-award.ts'
import { addDays, type CalendarDate } from '../core/calendar-date.ts'
import { certificationsAskingFor, findCourse } from '../program/catalogue.ts'
import type { Program } from '../program/program.ts'
import { programOn, type Rules } from '../program/versions.ts'

/** A certification that is earned, or lasts longer; null: it never expires. */
export type ChangedAward = { certification: string; after: CalendarDate | null } & (
  | { isEarned: true; before: null }
  | { isEarned: false; before: CalendarDate }
)

/** Why a course changes nothing: the program did not have it; nothing that it is for was active; and so on. */
export const ineffectualReasons = ['unknown', 'not-active', 'late', 'known', 'twice', 'no-gain'] as const
export type IneffectualReason = (typeof ineffectualReasons)[number]

/** `countsFor`: certifications that ask for the course, and for more that is missing still. */
export type CourseEffect = {
  changed: ChangedAward[]
  countsFor: string[]
  why: IneffectualReason | null
}

/** What a completed course changes for a candidate, by the very rules that will decide it; or why it changes nothing. */
export function courseEffect(
  rules: Rules,
  events: Events,
  completion: Completion,
  today: CalendarDate,
): CourseEffect {
  const others = events.completions.filter(({ id }) => id !== completion.id)
  const before = evaluate(rules, { ...events, completions: others }, today)
  const after = evaluate(rules, { ...events, completions: [...others, completion] }, today)
  const changed = changedAwards(before.awards, after.awards)
  const countsFor = waitingWith(after, completion).filter(
    (code) => !waitingWith(before, completion).includes(code),
  )
  const isOfUse = changed.length > 0 || countsFor.length > 0
  if (isOfUse) return { changed, countsFor, why: null }
  const lateFor = after.lateCourses.filter((late) => late.completion === completion.id)
  const program = programOn(rules, completion.completedOn)
  return { changed, countsFor, why: reasonAgainst(program, before.awards, others, completion, lateFor) }
}

/** What is earned comes first. */
function changedAwards(before: readonly EvaluatedAward[], after: readonly EvaluatedAward[]): ChangedAward[] {
  return awardDifferences(before, after).flatMap(
    ({ certification, before, after, isEarned }): ChangedAward[] => {
      if (isEarned) return [{ certification, before: null, after, isEarned }]
      return before === null ? [] : [{ certification, before, after, isEarned }]
    },
  )
}

/** Certifications for which this course is kept, as of that day or a later one, until the rest is done. */
function waitingWith({ waiting }: Evaluation, { course, completedOn }: Completion): string[] {
  return waiting
    .filter(({ credits }) =>
      credits.some(
        (credit) =>
          'completion' in credit &&
          credit.completion.course === course &&
          credit.completion.completedOn >= completedOn,
      ),
    )
    .map(({ certification }) => certification)
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
  if (others.some((other) => other.course === code && other.completedOn === completedOn)) return 'known'
  const isFor = [...course.renews, ...certificationsAskingFor(program, `course ${code}`)]
  const active = held.filter(
    ({ certification, awardedOn, expiresOn, revokedOn }) =>
      isFor.includes(certification) &&
      awardedOn <= completedOn &&
      (revokedOn === null || revokedOn > completedOn) &&
      (expiresOn === null || addDays(expiresOn, program.renewal.graceDays) >= completedOn),
  )
  if (active.length === 0) return 'not-active'
  const isLate = (award: EvaluatedAward) =>
    lateFor.some(({ certification }) => certification === award.certification)
  if (active.every(isLate)) return 'late'
  const isSecond = ({ renewals }: EvaluatedAward) => {
    const last = renewals.at(-1)
    return last !== undefined && 'completion' in last && last.cascade === null
  }
  return program.renewal.course.notTwiceInARow && active.every(isSecond) ? 'twice' : 'no-gain'
}
