import * as v from 'valibot'
import { type CalendarDate, isCalendarDate } from '../core/calendar-date.ts'
import { fieldErrors } from '../core/form-errors.ts'
import { ok, type Result, refuse } from '../core/result.ts'
import { type ProgramDocument, type ProgramFault, parseDocument } from '../program/program.ts'
import { type EditKind, editDocument, sent, type Typed } from './edits.ts'

/** The newest version by its date: what a change starts from. */
export type Head = { version: number; effectiveOn: CalendarDate | null; document: ProgramDocument }

export type Change = { title: string; effectiveOn: CalendarDate | null; document: ProgramDocument }

/** What is wrong with a change: fields of its form, and the document with every fault and its path. */
export type ChangeFaults = { fields: Partial<Record<string, string[]>>; faults: ProgramFault[] }

const Fields = v.object({
  title: v.pipe(
    sent,
    v.trim(),
    v.nonEmpty('program.field.title.missing'),
    v.maxLength(200, 'program.field.title.long'),
  ),
  effective: v.pipe(sent, v.picklist(['as-it-is', 'from'], 'program.field.effective.missing')),
  effectiveOn: sent,
})

/**
 * Reads a change of the newest version, or says all that is wrong with it. It takes that version's place, or applies from
 * a later day: versions follow one another, so that no day has two.
 */
export function readChange(
  kind: EditKind,
  head: Head,
  typed: Typed,
  today: CalendarDate,
): Result<Change, ChangeFaults> {
  const form = v.safeParse(Fields, typed)
  const title = form.success ? form.output.title : ''
  const edited = editDocument(kind, head.document, typed, { title, today })
  const fields = {
    ...(!form.success && fieldErrors(form.issues)),
    ...(!edited.ok && 'issues' in edited && fieldErrors(edited.issues)),
    ...(!edited.ok && 'unreadable' in edited && { document: ['program.field.document.unreadable'] }),
    ...(form.success && effectiveFaults(form.output, head)),
  }
  const unreadable = !edited.ok && 'unreadable' in edited ? [{ path: '', message: edited.unreadable }] : []
  const parsed = edited.ok ? parseDocument(edited.document) : null
  const effectiveOn =
    form.success && form.output.effective === 'from' ? form.output.effectiveOn : head.effectiveOn
  const faults = [
    ...unreadable,
    ...(parsed && !parsed.ok ? parsed.refusal : []),
    ...(parsed?.ok ? lateExtensions(parsed.value, effectiveOn) : []),
  ]
  if (Object.keys(fields).length > 0 || faults.length > 0 || !parsed?.ok) return refuse({ fields, faults })
  return ok({ title, effectiveOn, document: parsed.value })
}

function effectiveFaults({ effective, effectiveOn }: v.InferOutput<typeof Fields>, head: Head) {
  if (effective === 'as-it-is') return {}
  if (!isCalendarDate(effectiveOn)) return { effectiveOn: ['program.field.effectiveOn.missing'] }
  const isLater = head.effectiveOn === null || effectiveOn > head.effectiveOn
  return isLater ? {} : { effectiveOn: ['program.field.effectiveOn.overlaps'] }
}

/** An extension is decreed by the version of its day: before the version begins it would do nothing. */
function lateExtensions(document: ProgramDocument, effectiveOn: CalendarDate | null): ProgramFault[] {
  return (document.renewal.extensions ?? []).flatMap(({ on }, index) =>
    effectiveOn !== null && on < effectiveOn
      ? [
          {
            path: `renewal.extensions[${index}].on`,
            message: `is before ${effectiveOn}, when this version begins`,
          },
        ]
      : [],
  )
}
