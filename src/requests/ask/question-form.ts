import * as v from 'valibot'
import { type CalendarDate, isCalendarDate } from '../../core/calendar-date.ts'
import { optionalLine, requiredLine } from '../../core/plain-text.ts'
import type { Program } from '../../program/program.ts'
import { messageField } from '../thread/message-form.ts'

export const SUBJECT_LIMIT = 120
export const SITE_LIMIT = 120
export const NUMBER_LIMIT = 50

const emptyForNull = v.transform((text: string | null) => text ?? '')

/** A sitting whose result is missing: of which exam, when, and where or under which number. */
export function missingResultForm(program: Program, today: CalendarDate) {
  const isExam = (code: string) => program.exams.some((exam) => exam.code === code)
  return v.object({
    exam: v.pipe(
      v.optional(v.string('questions.exam.missing'), ''),
      v.check(isExam, 'questions.exam.missing'),
    ),
    examOn: v.pipe(
      v.optional(v.string('questions.exam-on.missing'), ''),
      v.check(isCalendarDate, 'questions.exam-on.missing'),
      v.check((date) => date <= today, 'questions.exam-on.ahead'),
    ),
    site: v.pipe(optionalLine(SITE_LIMIT, 'questions.site.refused'), emptyForNull),
    registrationId: v.pipe(optionalLine(NUMBER_LIMIT, 'questions.registration.refused'), emptyForNull),
    message: messageField,
  })
}

/** Which of the candidate's own results is looked up by whoever reads the form. */
export const ResultQuestionForm = v.object({
  result: v.pipe(
    v.optional(v.string('questions.result.missing'), ''),
    v.nonEmpty('questions.result.missing'),
  ),
  message: messageField,
})

export const OtherForm = v.object({
  subject: requiredLine(SUBJECT_LIMIT, 'questions.subject.missing', 'questions.subject.refused'),
  message: messageField,
})
