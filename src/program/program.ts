import * as v from 'valibot'
import { ok, type Result, refuse } from '../core/result.ts'
import {
  type CascadeSchema,
  type CertificationSchema,
  type CourseRenewalSchema,
  type CourseSchema,
  type ExamSchema,
  type LevelSchema,
  ProgramSchema,
  type RenewalRuleSchema,
  type TrackSchema,
} from './program-document.ts'
import { contradictionsIn } from './program-faults.ts'

export type Level = v.InferOutput<typeof LevelSchema>
export type Track = v.InferOutput<typeof TrackSchema>
export type Exam = v.InferOutput<typeof ExamSchema>
export type RenewalRule = v.InferOutput<typeof RenewalRuleSchema>
export type Cascade = v.InferOutput<typeof CascadeSchema>
export type Course = v.InferOutput<typeof CourseSchema>
export type Settings = ProgramDocument['settings']
export type ProgramDocument = v.InferOutput<typeof ProgramSchema>

/** A certification as the rules see it: its validity is always said, in months or null for ever. */
export type Certification = v.InferOutput<typeof CertificationSchema> & { validityMonths: number | null }

export type CourseRenewal = v.InferOutput<typeof CourseRenewalSchema>

export type Program = Omit<ProgramDocument, 'certifications' | 'renewal'> & {
  certifications: Certification[]
  renewal: ProgramDocument['renewal'] & { course: CourseRenewal }
}

/** What is wrong with a program, and where: `certifications[3].prerequisites[0][1]`. */
export type ProgramFault = { path: string; message: string }

/** Reads a program document, or lists every fault in it: of shape, and of one part against another. */
export function parseProgram(input: unknown): Result<Program, ProgramFault[]> {
  const document = v.safeParse(ProgramSchema, input)
  const misshapen = (document.issues ?? []).map((issue) => ({
    path: pathOf(issue.path ?? []),
    // Of a key that we do not know valibot says that it expected never.
    message: issue.expected === 'never' ? 'is not known here' : issue.message,
  }))

  const faults = [...misshapen, ...contradictionsIn(input)]
  if (!document.success || faults.length > 0) return refuse(faults)
  return ok(withDefaults(document.output))
}

const COURSE_RENEWAL: CourseRenewal = {
  id: 'course',
  name: 'A recertification course',
  notTwiceInARow: false,
  submittedBeforeExpiry: true,
}

function withDefaults(document: ProgramDocument): Program {
  const { awardValidityMonths } = document.settings
  return {
    ...document,
    renewal: { ...document.renewal, course: document.renewal.course ?? COURSE_RENEWAL },
    certifications: document.certifications.map((certification) => ({
      ...certification,
      validityMonths:
        certification.validityMonths === undefined ? awardValidityMonths : certification.validityMonths,
    })),
  }
}

function pathOf(items: readonly { key?: unknown }[]): string {
  return items.reduce((path, { key }) => {
    if (typeof key === 'number') return `${path}[${key}]`
    return path === '' ? String(key) : `${path}.${String(key)}`
  }, '')
}
