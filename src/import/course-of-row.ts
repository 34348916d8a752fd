import type { CalendarDate } from '../core/calendar-date.ts'

/** A course, and the days on which a version of the program has it; `before`: the first on which it has no more. */
export type KnownCourse = { code: string; from: CalendarDate | ''; before: CalendarDate | null }

/**
 * Today's courses for all days, and for its own days what each version has, the oldest first: a course counts by the rules of
 * its last day.
 */
export function knownCourses(
  versions: readonly { effectiveOn: CalendarDate | null; courses: readonly string[] }[],
): KnownCourse[] {
  const today = (versions.at(-1)?.courses ?? []).map(
    (code): KnownCourse => ({ code, from: '', before: null }),
  )
  const dated = versions.flatMap(({ effectiveOn, courses }, index) => {
    // What comes before the first version is judged by the first.
    const from = index === 0 ? '' : (effectiveOn ?? '')
    const before = versions[index + 1]?.effectiveOn ?? null
    return courses.map((code) => ({ code, from, before }))
  })
  return [...today, ...dated]
}

/** The course that a feed means by a code, in any case, of what was completed on a day. */
export function courseOfRow(
  { courses }: { courses: readonly KnownCourse[] },
  { courseCode, completedOn }: { courseCode: string; completedOn: CalendarDate },
): KnownCourse | null {
  const said = courseCode.trim().toUpperCase()
  const isKnown = ({ code, from, before }: KnownCourse) =>
    code.toUpperCase() === said && from <= completedOn && (before === null || completedOn < before)
  return courses.find(isKnown) ?? null
}
