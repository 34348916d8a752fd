import * as v from 'valibot'
import { isPrintable, tidyLine } from '../core/plain-text.ts'

export const NOTE_LIMIT = 500

const Note = v.pipe(
  v.string('quarantine.note.missing'),
  v.transform(tidyLine),
  v.minLength(1, 'quarantine.note.missing'),
  v.maxLength(NOTE_LIMIT, 'quarantine.note.long'),
  v.check(isPrintable, 'quarantine.note.missing'),
)

/** What somebody decided about one row. */
export const SettleForm = v.variant('way', [
  v.object({
    way: v.literal('link'),
    candidate: v.pipe(
      v.string('quarantine.candidate.missing'),
      v.trim(),
      v.minLength(1, 'quarantine.candidate.missing'),
      v.maxLength(50, 'quarantine.candidate.unknown'),
    ),
  }),
  v.object({
    way: v.literal('map'),
    exam: v.pipe(v.string('quarantine.exam.missing'), v.minLength(1, 'quarantine.exam.missing')),
  }),
  v.object({ way: v.literal('count') }),
  v.object({ way: v.literal('again') }),
  v.object({ way: v.literal('dismiss'), note: Note }),
])

export type Decision = v.InferOutput<typeof SettleForm>
