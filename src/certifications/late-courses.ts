import { addDays, type CalendarDate } from '../core/calendar-date.ts'
import { findCourse } from '../program/catalogue.ts'
import type { Program } from '../program/program.ts'
import type { Account, Day, Holding } from './account.ts'
import type { Earned } from './earn.ts'
import type { Completion, EvaluatedAward, LateCourse } from './evaluated-award.ts'

/** Whether a course is sent in after the expiry of an award as it stands, grace included, and the program minds. */
export function isLate(
  { renewal }: Program,
  { expiresOn }: EvaluatedAward,
  { submittedOn }: Completion,
): boolean {
  if (!renewal.course.submittedBeforeExpiry || submittedOn === null || expiresOn === null) return false
  return submittedOn > addDays(expiresOn, renewal.graceDays)
}

/**
 * Notes which of what may be renewed today the day's courses come too late for, as things stand: an extension may still
 * carry the award over the day on which the course is sent in. What a course gave is not for it to renew.
 */
export function noteLate(
  { late }: Account,
  { program, completions }: Day,
  renewable: readonly Holding[],
  earned: readonly Earned[],
) {
  for (const completion of completions) {
    const { renews } = findCourse(program, completion.course)!
    const awards = renewable
      .filter(
        ({ certification, award }) =>
          renews.includes(certification.code) && isLate(program, award, completion),
      )
      .map(({ award }) => award)
      .filter((award) => !earned.some((one) => one.holding.award === award && isEarnedBy(one, completion)))
    if (awards.length > 0) late.set(completion, awards)
  }
}

export function isEarnedBy({ reason: { others } }: Earned, completion: Completion): boolean {
  return others.some((one) => 'completion' in one && one.completion === completion)
}

/** What may be renewed on the day on which a course is sent in was carried over it: for that it is not late. */
export function settleLate({ late }: Account, { sentIn }: Day, renewable: readonly Holding[]) {
  for (const completion of sentIn) {
    const awards = late.get(completion) ?? []
    late.set(
      completion,
      awards.filter((award) => !renewable.some((holding) => holding.award === award)),
    )
  }
}

/** The day on which a course was sent in, where that is a later one than its last. */
export function sentInAfter({ completedOn, submittedOn }: Completion): CalendarDate | null {
  return submittedOn !== null && submittedOn > completedOn ? submittedOn : null
}

export function lateCourses({ late }: Account): LateCourse[] {
  return [...late].flatMap(([{ id }, awards]) =>
    awards.map(({ certification }) => ({ completion: id, certification })),
  )
}
