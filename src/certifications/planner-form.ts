import * as v from 'valibot'
import { addMonths, type CalendarDate, isCalendarDate } from '../core/calendar-date.ts'
import { seriesCodesOn } from '../program/catalogue.ts'
import type { Program } from '../program/program.ts'

/** Nobody plans further ahead. */
const MOST_MONTHS = 60

/** Which exam on which day somebody wonders about. */
export function plannerForm(program: Program, today: CalendarDate) {
  const last = addMonths(today, MOST_MONTHS)
  return v.object({
    exam: v.pipe(
      v.optional(v.string(), ''),
      v.check(
        (code) => program.exams.some((exam) => exam.code === code && seriesCodesOn(exam, today).length > 0),
        'planner.exam.missing',
      ),
    ),
    on: v.pipe(
      v.optional(v.string(), ''),
      v.check((date) => isCalendarDate(date) && date >= today && date <= last, 'planner.on.refused'),
    ),
  })
}
