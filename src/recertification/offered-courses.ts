import type { CalendarDate } from '../core/calendar-date.ts'
import { findCourse } from '../program/catalogue.ts'
import type { Course } from '../program/program.ts'
import { programOn, type Rules, versionsOf } from '../program/versions.ts'

/** `isOfToday`: whether the program still has it; else it counts if its last day lies in an earlier version. */
export type OfferedCourse = Course & { isOfToday: boolean }

/** The courses that may be sent in: today's, then those that earlier versions had, as the latest of them had it. */
export function offeredCourses(rules: Rules, today: CalendarDate): OfferedCourse[] {
  const program = programOn(rules, today)
  const earlier = versionsOf(rules)
    .filter(({ effectiveOn }) => effectiveOn === null || effectiveOn <= today)
    .flatMap(({ program: { courses } }) => courses)
    .filter(({ code }) => findCourse(program, code) === null)
  const latest = new Map(earlier.map((course) => [course.code, course]))
  return [
    ...program.courses.map((course) => ({ ...course, isOfToday: true })),
    ...[...latest.values()].map((course) => ({ ...course, isOfToday: false })),
  ]
}
