import * as v from 'valibot'
import { addDays, type CalendarDate, isCalendarDate } from '../core/calendar-date.ts'
import { optionalLine, requiredLine } from '../core/plain-text.ts'
import type { ProgramDocument } from '../program/program.ts'

/** What can be changed by a form of its own; everything else is changed in the document itself. */
export const editKinds = ['extension', 'renewal', 'code', 'course', 'document'] as const
export type EditKind = (typeof editKinds)[number]

/** The fields of a form as they were typed. */
export type Typed = Record<string, string>

const missing = (name: string) => `program.field.${name}.missing`
/** A field that is not sent is one that is empty: only our own words may come of it. */
export const sent = v.optional(v.string(), '')
const line = (name: string) => requiredLine(50, missing(name), `program.field.${name}.unprintable`)
const date = (name: string) => v.pipe(sent, v.trim(), v.check(isCalendarDate, missing(name)))
const number = (name: string, least: number) =>
  v.pipe(
    sent,
    v.trim(),
    v.regex(/^\d{1,4}$/, missing(name)),
    v.transform(Number),
    v.minValue(least, missing(name)),
  )
const tick = v.pipe(
  sent,
  v.transform((value) => value === 'on'),
)

const ExtensionForm = v.object({
  expiresFrom: date('expiresFrom'),
  expiresUntil: date('expiresUntil'),
  months: number('months', 1),
  level: sent,
  track: sent,
  certification: sent,
})

const RenewalForm = v.object({
  /** Empty: for ever. */
  awardValidityMonths: v.pipe(
    sent,
    v.trim(),
    v.regex(/^(|[1-9]\d{0,3})$/, missing('awardValidityMonths')),
    v.transform((months) => (months === '' ? null : Number(months))),
  ),
  renewalMonths: number('renewalMonths', 1),
  graceDays: number('graceDays', 0),
  notTwiceInARow: tick,
  submittedBeforeExpiry: tick,
})

const codeForm = (head: ProgramDocument) =>
  v.object({
    exam: v.pipe(
      sent,
      v.check((exam) => head.exams.some(({ code }) => code === exam), missing('exam')),
    ),
    newCode: line('newCode'),
    from: date('from'),
  })

const CourseForm = v.object({
  course: line('course'),
  courseName: optionalLine(200, 'program.field.courseName.unprintable'),
  renews: v.pipe(
    sent,
    v.transform((lines) => lines.split(/[\s,;]+/).filter((line) => line !== '')),
    v.minLength(1, missing('renews')),
  ),
  direction: v.pipe(sent, v.picklist(['same-level', 'going-up'], missing('direction'))),
})

export type Edited =
  | { ok: true; document: unknown }
  | { ok: false; issues: readonly v.BaseIssue<unknown>[] }
  /** The text is no JSON: what the parser says of it. */
  | { ok: false; unreadable: string }

/** The document with what a form says; whether it still is a program is for parseDocument to say. */
export function editDocument(
  kind: EditKind,
  head: ProgramDocument,
  typed: Typed,
  context: { title: string; today: CalendarDate },
): Edited {
  switch (kind) {
    case 'extension':
      return edited(ExtensionForm, typed, (form) => withExtension(head, form, context))
    case 'renewal':
      return edited(RenewalForm, typed, (form) => withRenewal(head, form))
    case 'code':
      return edited(codeForm(head), typed, (form) => withCode(head, form))
    case 'course':
      return edited(CourseForm, typed, (form) => withCourse(head, form))
    case 'document':
      return parsed(typed.document ?? '')
  }
}

function edited<Schema extends v.GenericSchema>(
  schema: Schema,
  typed: Typed,
  apply: (form: v.InferOutput<Schema>) => ProgramDocument,
): Edited {
  const form = v.safeParse(schema, typed)
  return form.success ? { ok: true, document: apply(form.output) } : { ok: false, issues: form.issues }
}

function parsed(text: string): Edited {
  try {
    const document = JSON.parse(text) as unknown
    if (isDeeperThan(MOST_DEPTH, document)) return { ok: false, unreadable: TOO_DEEP }
    return { ok: true, document }
  } catch (error) {
    return { ok: false, unreadable: error instanceof RangeError ? TOO_DEEP : (error as Error).message }
  }
}

/** Far more than any program needs, and far less than what brings down those who walk through it. */
const MOST_DEPTH = 50
const TOO_DEEP = `is nested more than ${MOST_DEPTH} deep`

/** Level by level: a walk that calls itself is what a deep document brings down. */
function isDeeperThan(most: number, document: unknown): boolean {
  let level = [document]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > most) return true
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    )
  }
  return false
}

function withExtension(
  head: ProgramDocument,
  form: v.InferOutput<typeof ExtensionForm>,
  { title, today }: { title: string; today: CalendarDate },
): ProgramDocument {
  const { expiresFrom, expiresUntil, months, ...places } = form
  const chosen = Object.entries(places).filter(([, code]) => code !== '')
  const extensions = head.renewal.extensions ?? []
  const taken = extensions.filter(({ id }) => id.startsWith(`extension-${today}`)).length
  const extension = {
    id: `extension-${today}${taken === 0 ? '' : `-${taken + 1}`}`,
    name: title,
    on: today,
    expiresFrom,
    expiresUntil,
    months,
    ...(chosen.length > 0 && { renews: Object.fromEntries(chosen) }),
  }
  return { ...head, renewal: { ...head.renewal, extensions: [...extensions, extension] } }
}

function withRenewal(head: ProgramDocument, form: v.InferOutput<typeof RenewalForm>): ProgramDocument {
  const { awardValidityMonths, renewalMonths, graceDays, notTwiceInARow, submittedBeforeExpiry } = form
  const course = head.renewal.course ?? { id: 'course', name: 'A recertification course' }
  return {
    ...head,
    settings: { ...head.settings, awardValidityMonths },
    renewal: {
      ...head.renewal,
      months: renewalMonths,
      graceDays,
      course: { ...course, notTwiceInARow, submittedBeforeExpiry },
    },
  }
}

/** The newest code of the exam ends the day before the new one begins, unless it says otherwise. */
function withCode(
  head: ProgramDocument,
  { exam, newCode, from }: v.InferOutput<ReturnType<typeof codeForm>>,
): ProgramDocument {
  const exams = head.exams.map((one) => {
    if (one.code !== exam) return one
    const codes = one.codes.map((code, index) =>
      index === one.codes.length - 1 && code.until === undefined
        ? { ...code, until: addDays(from, -1) }
        : code,
    )
    return { ...one, codes: [...codes, { code: newCode, from }] }
  })
  return { ...head, exams }
}

/** A course that is there already is changed. */
function withCourse(
  head: ProgramDocument,
  { course: code, courseName, renews, direction }: v.InferOutput<typeof CourseForm>,
): ProgramDocument {
  const before = head.courses.find((one) => one.code === code)
  const name = courseName ?? before?.name
  const course = { code, ...(name !== undefined && { name }), renews, direction }
  const isThere = before !== undefined
  const courses = isThere
    ? head.courses.map((one) => (one.code === code ? course : one))
    : [...head.courses, course]
  return { ...head, courses }
}

/** What a form starts from: the program as it is. */
export function startingPoint(kind: EditKind, head: ProgramDocument): Typed {
  if (kind === 'document') return { document: JSON.stringify(head, null, 2) }
  if (kind !== 'renewal') return {}
  const { renewal, settings } = head
  const { notTwiceInARow = false, submittedBeforeExpiry = true } = renewal.course ?? {}
  return {
    awardValidityMonths: settings.awardValidityMonths === null ? '' : String(settings.awardValidityMonths),
    renewalMonths: String(renewal.months),
    graceDays: String(renewal.graceDays ?? 0),
    notTwiceInARow: notTwiceInARow ? 'on' : '',
    submittedBeforeExpiry: submittedBeforeExpiry ? 'on' : '',
  }
}
