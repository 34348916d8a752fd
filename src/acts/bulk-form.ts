import * as v from 'valibot'
import type { CalendarDate } from '../core/calendar-date.ts'
import type { Program } from '../program/program.ts'
import { bulkActKinds } from '../schema.ts'
import type { NewAct } from './act.ts'
import { OptionalDate, onField, Reason } from './act-form.ts'
import { MOST_AWARDS, type PastedLine, readLines } from './bulk-lines.ts'

export type BulkAct = NewAct & { kind: (typeof bulkActKinds)[number] }

/** The act that a proposal is about. */
export function actOf({ kind, on, toExpiresOn, reason }: Omit<BulkAct, 'toAwardedOn'>): BulkAct {
  return { kind, on, toAwardedOn: null, toExpiresOn, reason }
}

/** What is proposed for many awards: dates are looked at with each award, too. */
export function bulkForm(
  program: Program,
  today: CalendarDate,
): v.GenericSchema<unknown, { act: BulkAct; lines: PastedLine[] }> {
  return v.pipe(
    v.object({
      kind: v.pipe(
        v.optional(v.string('acts.bulk.kind.missing'), ''),
        v.picklist(bulkActKinds, 'acts.bulk.kind.missing'),
      ),
      on: onField(today),
      toExpiresOn: OptionalDate,
      reason: Reason,
      lines: v.pipe(
        v.optional(v.string('acts.bulk.lines.missing'), ''),
        v.transform((text) => readLines(text, program)),
        v.minLength(1, 'acts.bulk.lines.missing'),
        v.maxLength(MOST_AWARDS, 'acts.bulk.lines.many'),
      ),
    }),
    v.forward(
      v.check(({ kind, toExpiresOn }) => kind !== 'extend' || toExpiresOn !== '', 'acts.date.missing'),
      ['toExpiresOn'],
    ),
    v.transform(({ kind, on, toExpiresOn, reason, lines }) => ({
      act: { kind, on, toAwardedOn: null, toExpiresOn: kind === 'extend' ? toExpiresOn : null, reason },
      lines,
    })),
  )
}
