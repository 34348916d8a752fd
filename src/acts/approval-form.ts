import * as v from 'valibot'
import type { CalendarDate } from '../core/calendar-date.ts'
import { paragraphs } from '../core/plain-text.ts'
import type { Program } from '../program/program.ts'
import { onField } from './act-form.ts'

export const NOTE_LIMIT = 2000

/** What is approved, from when, and a note among the staff. */
export function approvalForm({ approvals }: Program, today: CalendarDate) {
  return v.object({
    approval: v.pipe(
      v.optional(v.string('approvals.which.missing'), ''),
      v.check((code) => approvals.some((one) => one.code === code), 'approvals.which.missing'),
    ),
    on: onField(today),
    note: paragraphs(NOTE_LIMIT, 'approvals.note.refused', 'approvals.note.long'),
  })
}

export type NewApproval = v.InferOutput<ReturnType<typeof approvalForm>>
