import * as v from 'valibot'
import type { CalendarDate } from '../../core/calendar-date.ts'
import { fieldErrors } from '../../core/form-errors.ts'
import type { FormFields } from '../../core/posted-form.ts'
import { ok, type Result, refuse } from '../../core/result.ts'
import type { FieldErrors } from '../../layout/form.tsx'
import type { Program } from '../../program/program.ts'
import type { QuestionFor } from '../request.ts'
import { missingResultForm, OtherForm, ResultQuestionForm } from './question-form.ts'
import type { OwnSitting } from './question-queries.ts'

/** What a form chose from depends on: the exams of the program, and the candidate's own results. */
export type Choices = { program: Program; today: CalendarDate; sittings: readonly OwnSitting[] }

export type AskedQuestion = QuestionFor & { message: string }

/** What is asked, or what is wrong with it. A result is one of the candidate's own. */
export function readQuestion(
  kind: QuestionFor['kind'],
  fields: FormFields,
  { program, today, sittings }: Choices,
): Result<AskedQuestion, FieldErrors> {
  switch (kind) {
    case 'missing_result': {
      const form = v.safeParse(missingResultForm(program, today), fields)
      if (!form.success) return refuse(fieldErrors(form.issues))
      const { message, ...details } = form.output
      return ok({ kind, details, message })
    }
    case 'result_question': {
      const form = v.safeParse(ResultQuestionForm, fields)
      if (!form.success) return refuse(fieldErrors(form.issues))
      const { result, message } = form.output
      const sitting = sittings.find((one) => sittingKey(one) === result)
      if (!sitting) return refuse({ result: ['questions.result.missing'] })
      return ok({ kind, details: sitting, message })
    }
    case 'other': {
      const form = v.safeParse(OtherForm, fields)
      if (!form.success) return refuse(fieldErrors(form.issues))
      const { subject, message } = form.output
      return ok({ kind, details: { subject }, message })
    }
  }
}

/** A result as a form names it. */
export function sittingKey({ feed, registrationId }: Pick<OwnSitting, 'feed' | 'registrationId'>): string {
  return `${feed}/${registrationId}`
}
