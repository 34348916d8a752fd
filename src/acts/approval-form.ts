import * as v from 'valibot'
import type { CalendarDate } from '../core/calendar-date.ts'
import { paragraphs } from '../core/plain-text.ts'
import { programOn, programsOf, type Rules } from '../program/versions.ts'
import { onField, Reason } from './act-form.ts'

export const NOTE_LIMIT = 2000

/** What is approved, from when, and a note among the staff. The rules of its day have to know it, or it counts for nothing. */
export function approvalForm(rules: Rules, today: CalendarDate) {
  return v.pipe(
    v.object({
      approval: v.pipe(
        v.optional(v.string('approvals.which.missing'), ''),
        v.check((code) => approvalsOf(rules).some((one) => one.code === code), 'approvals.which.missing'),
      ),
      on: onField(today),
      note: paragraphs(NOTE_LIMIT, 'approvals.note.refused', 'approvals.note.long'),
    }),
    v.forward(
      v.check(
        ({ approval, on }) => programOn(rules, on).approvals.some(({ code }) => code === approval),
        'approvals.on.unknown',
      ),
      ['on'],
    ),
  )
}

/** Every approval that any version knows, as the newest of those calls it. */
export function approvalsOf(rules: Rules) {
  const all = programsOf(rules).flatMap(({ approvals }) => approvals)
  return [...new Map(all.map((one) => [one.code, one])).values()]
}

export type NewApproval = v.InferOutput<ReturnType<typeof approvalForm>>

export const WithdrawalForm = v.object({ reason: Reason })
