import * as v from 'valibot'
import type { ProgramFault } from './program.ts'
import {
  ApprovalSchema,
  CascadeSchema,
  CertificationSchema,
  CourseSchema,
  ExamSchema,
  ExtensionSchema,
  LevelSchema,
  MilestoneSchema,
  RenewalRuleSchema,
} from './program-document.ts'

/** A well-formed part of the document and where it stands in it. */
export type Placed<Part> = { at: string; part: Part }

type Section<Part> = {
  parts: Placed<Part>[]
  /** Of every part that has a code, well-formed or not, so that one fault never causes another. */
  codes: Placed<string>[]
  /** False when some part of the section could not be read. */
  complete: boolean
}

export type Sections = ReturnType<typeof sectionsOf>

/** The readable parts of a document that may be wrong anywhere. */
export function sectionsOf(input: unknown) {
  const renewal = entryOf(input, 'renewal')
  return {
    levels: section(input, 'levels', LevelSchema),
    tracks: section(input, 'tracks', v.looseObject({})),
    exams: section(input, 'exams', ExamSchema),
    certifications: section(input, 'certifications', CertificationSchema),
    rules: section(renewal, 'rules', RenewalRuleSchema, 'renewal.rules', 'id'),
    cascades: section(renewal, 'cascades', CascadeSchema, 'renewal.cascades', 'id'),
    courses: section(input, 'courses', CourseSchema),
    extensions: section(renewal, 'extensions', ExtensionSchema, 'renewal.extensions', 'id'),
    approvals: section(input, 'approvals', ApprovalSchema),
    milestones: section(input, 'milestones', MilestoneSchema),
  }
}

/** Says of a name that is not among those known, where it is used; nothing when it is. */
export function unknownIn(
  known: { codes: readonly Placed<string>[] },
  kind: string,
  code: string | undefined,
  at: string,
): ProgramFault[] {
  if (code === undefined || known.codes.some(({ part }) => part === code)) return []
  return [{ path: at, message: `there is no ${kind} "${code}"` }]
}

/** Says of each code that stands there already, and where. */
export function repeated(codes: readonly Placed<string>[]): ProgramFault[] {
  const firstAt = new Map<string, string>()
  return codes.flatMap(({ at, part: code }) => {
    const first = firstAt.get(code)
    if (first === undefined) firstAt.set(code, at)
    return first === undefined ? [] : [{ path: at, message: `"${code}" is used already, at ${first}` }]
  })
}

function section<Schema extends v.GenericSchema>(
  owner: unknown,
  key: string,
  schema: Schema,
  path = key,
  codeKey = 'code',
): Section<v.InferOutput<Schema>> {
  const list = entryOf(owner, key)
  const items = Array.isArray(list) ? list : []

  const parts: Placed<v.InferOutput<Schema>>[] = []
  const codes: Placed<string>[] = []
  items.forEach((item, index) => {
    const at = `${path}[${index}]`
    const read = v.safeParse(schema, item)
    if (read.success) parts.push({ at, part: read.output })
    const code = entryOf(item, codeKey)
    if (typeof code === 'string') codes.push({ at: `${at}.${codeKey}`, part: code })
  })
  return { parts, codes, complete: Array.isArray(list) && parts.length === items.length }
}

function entryOf(owner: unknown, key: string): unknown {
  return typeof owner === 'object' && owner !== null && key in owner
    ? (owner as Record<string, unknown>)[key]
    : undefined
}
