import * as v from 'valibot'
import { type CalendarDate, isCalendarDate } from '../core/calendar-date.ts'
import { paragraphs } from '../core/plain-text.ts'
import type { Course } from '../program/program.ts'

export const NOTES_LIMIT = 1000

/** What a candidate says of a course. `today` is the program's date: nobody has completed anything later. */
export function attendanceForm(courses: readonly Course[], today: CalendarDate) {
  return v.object({
    course: v.pipe(
      v.optional(v.string('recertification.course.missing'), ''),
      v.check((code) => courses.some((course) => course.code === code), 'recertification.course.missing'),
    ),
    completedOn: v.pipe(
      v.optional(v.string('recertification.date.missing'), ''),
      v.trim(),
      v.nonEmpty('recertification.date.missing'),
      v.check((date) => date === '' || isCalendarDate(date), 'recertification.date.refused'),
      v.check((date) => !isCalendarDate(date) || date <= today, 'recertification.date.future'),
    ),
    notes: paragraphs(NOTES_LIMIT, 'recertification.notes.refused', 'recertification.notes.long'),
  })
}
