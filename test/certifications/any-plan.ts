import { evaluate } from '../../src/certifications/evaluate.ts'
import type { Events } from '../../src/certifications/evaluated-award.ts'
import { withSteps } from '../../src/certifications/planned-step.ts'
import { type Attempt, maySitFrom } from '../../src/certifications/retakes.ts'
import type { CalendarDate } from '../../src/core/calendar-date.ts'
import { findCourse, findExam, seriesCodesOn } from '../../src/program/catalogue.ts'
import { programOn, type Rules } from '../../src/program/versions.ts'

export type Doable = { exam: string } | { course: string }

/** Whether an exam can be booked and sat, or a course taken, on a day. */
export function isDoable(rules: Rules, step: Doable, on: CalendarDate, attempts: readonly Attempt[] = []) {
  const program = programOn(rules, on)
  if ('course' in step) return findCourse(program, step.course) !== null
  const exam = findExam(program, step.exam)
  return exam !== null && seriesCodesOn(exam, on).length > 0 && maySitFrom(program, exam, attempts, on) === on
}

/** What a step on a day renews, found out by evaluating everything anew with it and without it. */
export function renewedBy(rules: Rules, events: Events, step: Doable, on: CalendarDate): string[] {
  const before = evaluate(rules, events, on).awards
  const after = evaluate(rules, withSteps(events, [{ ...step, on }]), on).awards
  return after.flatMap(({ certification, awardedOn, expiresOn }) => {
    const old = before.find((one) => one.certification === certification && one.awardedOn === awardedOn)
    return old && old.expiresOn !== null && (expiresOn === null || expiresOn > old.expiresOn)
      ? [certification]
      : []
  })
}
