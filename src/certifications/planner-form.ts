import * as v from 'valibot'
import { addMonths, type CalendarDate, isCalendarDate } from '../core/calendar-date.ts'
import { findExam, seriesCodesOn } from '../program/catalogue.ts'
import type { Exam, Program } from '../program/program.ts'
import { programOn, type Rules } from '../program/versions.ts'
import { type Attempt, bookableFrom, maySitFrom } from './retakes.ts'

/** Nobody plans further ahead. */
const MOST_MONTHS = 60

/** What the form is decided from. */
export type PlannerTerms = { rules: Rules; today: CalendarDate; attempts: readonly Attempt[] }

/** Which exam on which day somebody wonders about: one that can be booked then, and may be sat. */
export function plannerForm({ rules, today, attempts }: PlannerTerms) {
  const program = programOn(rules, today)
  const last = addMonths(today, MOST_MONTHS)
  const offered = offeredExams(program, attempts, today)
  const isDay = (date: string) => isCalendarDate(date) && date >= today && date <= last
  const ofBoth =
    (holds: (exam: Exam, on: CalendarDate) => boolean) => (asked: { exam: string; on: string }) => {
      const exam = offered.find(({ code }) => code === asked.exam)
      return exam === undefined || !isDay(asked.on) || holds(exam, asked.on)
    }
  return v.pipe(
    v.object({
      exam: v.pipe(
        v.optional(v.string(), ''),
        v.check((code) => offered.some((exam) => exam.code === code), 'planner.exam.missing'),
      ),
      on: v.pipe(v.optional(v.string(), ''), v.check(isDay, 'planner.on.refused')),
    }),
    v.forward(
      v.check(
        ofBoth((exam, on) => maySitFrom(program, exam, attempts, today) <= on),
        'planner.on.too-early',
      ),
      ['on'],
    ),
    v.forward(
      v.check(
        ofBoth(({ code }, on) => {
          const exam = findExam(programOn(rules, on), code)
          return exam !== null && seriesCodesOn(exam, on).length > 0
        }),
        'planner.on.not-offered',
      ),
      ['on'],
    ),
  )
}

/** The exams that can be booked from some day on. */
export function offeredExams(program: Program, attempts: readonly Attempt[], today: CalendarDate): Exam[] {
  return program.exams.filter((exam) => bookableFrom(program, exam, attempts, today) !== null)
}
