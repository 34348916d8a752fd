import * as v from 'valibot'
import { addMonths, type CalendarDate, isCalendarDate } from '../core/calendar-date.ts'
import { fieldErrors } from '../core/form-errors.ts'
import { requiredLine } from '../core/plain-text.ts'
import { ok, type Result, refuse } from '../core/result.ts'
import { type ProgramDocument, type ProgramFault, parseDocument } from '../program/program.ts'
import { type EditKind, editDocument, sent, type Typed } from './edits.ts'

/** A version that stands, and the day on which the next one begins: what a change starts from, and where it has to end. */
export type Head = {
  version: number
  effectiveOn: CalendarDate | null
  nextOn: CalendarDate | null
  document: ProgramDocument
}

export type Change = { title: string; effectiveOn: CalendarDate | null; document: ProgramDocument }

/** What is wrong with a change: fields of its form, and the document with every fault and its path. */
export type ChangeFaults = { fields: Partial<Record<string, string[]>>; faults: ProgramFault[] }

const Fields = v.object({
  // Candidates read it as the name of an extension.
  title: requiredLine(200, 'program.field.title.missing', 'program.field.title.long'),
  effective: v.pipe(sent, v.picklist(['as-it-is', 'from'], 'program.field.effective.missing')),
  effectiveOn: sent,
})

/** A year that somebody mistyped; nobody plans a program so far ahead. */
const MOST_MONTHS_AHEAD = 120

/**
 * Reads a change of a version, or says all that is wrong with it. It takes that version's place, or applies from a later
 * day on which that version still would: versions follow one another, so that no day has two.
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
    ...(form.success && effectiveFaults(form.output, head, today)),
  }
  const unreadable = !edited.ok && 'unreadable' in edited ? [{ path: '', message: edited.unreadable }] : []
  const parsed = edited.ok ? parseDocument(edited.document) : null
  const effectiveOn =
    form.success && form.output.effective === 'from' ? form.output.effectiveOn : head.effectiveOn
  const document = parsed?.ok ? withoutPast(parsed.value, head, effectiveOn) : null
  const faults = [
    ...unreadable,
    ...(parsed && !parsed.ok ? parsed.refusal : []),
    ...(document ? extensionFaults(document, head, { effectiveOn, today }) : []),
  ]
  if (Object.keys(fields).length > 0 || faults.length > 0 || !document) return refuse({ fields, faults })
  return ok({ title, effectiveOn, document })
}

function effectiveFaults(
  { effective, effectiveOn }: v.InferOutput<typeof Fields>,
  head: Head,
  today: CalendarDate,
) {
  if (effective === 'as-it-is') return {}
  const faulty = (fault: string) => ({ effectiveOn: [`program.field.effectiveOn.${fault}`] })
  if (!isCalendarDate(effectiveOn)) return faulty('missing')
  if (effectiveOn > addMonths(today, MOST_MONTHS_AHEAD)) return faulty('far')
  if (head.effectiveOn !== null && effectiveOn <= head.effectiveOn) return faulty('overlaps')
  if (head.nextOn !== null && effectiveOn >= head.nextOn) return faulty('next')
  return {}
}

/**
 * The document without the decrees of the version before it that come before its own first day: those stay that version's,
 * and would never be made by this one.
 */
function withoutPast(
  document: ProgramDocument,
  head: Head,
  effectiveOn: CalendarDate | null,
): ProgramDocument {
  const { extensions, ...renewal } = document.renewal
  if (!extensions || effectiveOn === null || effectiveOn === head.effectiveOn) return document
  const past = (head.document.renewal.extensions ?? []).filter(({ on }) => on < effectiveOn).map(sameAs)
  const left = extensions.filter((one) => !past.includes(sameAs(one)))
  return { ...document, renewal: left.length > 0 ? { ...renewal, extensions: left } : renewal }
}

/** A decree is made on its day by the version of that day, and not before: it takes effect when it is put in force. */
function extensionFaults(
  document: ProgramDocument,
  head: Head,
  { effectiveOn, today }: { effectiveOn: CalendarDate | null; today: CalendarDate },
): ProgramFault[] {
  const before = head.document.renewal.extensions ?? []
  return (document.renewal.extensions ?? []).flatMap((extension, index) => {
    const { id, on } = extension
    const at = `renewal.extensions[${index}].on`
    const known = before.find((one) => one.id === id)
    return [
      ...(effectiveOn !== null && on < effectiveOn
        ? [{ path: at, message: `is before ${effectiveOn}, when this version begins` }]
        : []),
      ...(on > today
        ? [{ path: at, message: `lies ahead: an extension is put in force on its day, or later` }]
        : []),
      ...(known && known.on !== on
        ? [{ path: at, message: `"${id}" was decreed on ${known.on}: another decree has another id` }]
        : []),
    ]
  })
}

const sameAs = (extension: unknown) => JSON.stringify(extension)
