import * as v from 'valibot'
import { ok, type Result, refuse } from '../core/result.ts'
import {
  type ApprovalSchema,
  type CascadeSchema,
  type CertificationSchema,
  type CourseRenewalSchema,
  type CourseSchema,
  type ExamSchema,
  type ExtensionSchema,
  type LevelSchema,
  type MilestoneSchema,
  ProgramSchema,
  type RenewalRuleSchema,
  type Requirement,
  type RetakesSchema,
  type TrackSchema,
} from './program-document.ts'
import { contradictionsIn } from './program-faults.ts'
import { requirementOf } from './requirement.ts'
import { BY_COURSE } from './rule-ids.ts'

export type Level = v.InferOutput<typeof LevelSchema>
export type Track = v.InferOutput<typeof TrackSchema>
export type Exam = v.InferOutput<typeof ExamSchema>
export type RenewalRule = v.InferOutput<typeof RenewalRuleSchema>
export type Cascade = v.InferOutput<typeof CascadeSchema>
export type Course = v.InferOutput<typeof CourseSchema>
export type Settings = ProgramDocument['settings']
export type ProgramDocument = v.InferOutput<typeof ProgramSchema>

/** A certification as the rules see it: what it requires is one requirement, and its validity months or null for ever. */
export type Certification = Omit<
  v.InferOutput<typeof CertificationSchema>,
  'exam' | 'prerequisites' | 'requires'
> & { requires: Requirement; validityMonths: number | null }

export type CourseRenewal = v.InferOutput<typeof CourseRenewalSchema>
export type Extension = v.InferOutput<typeof ExtensionSchema>
export type Approval = v.InferOutput<typeof ApprovalSchema>
export type Milestone = v.InferOutput<typeof MilestoneSchema>
export type Retakes = v.InferOutput<typeof RetakesSchema>

/** A document with everything said that it may leave out. */
export type Program = Omit<ProgramDocument, 'certifications' | 'renewal' | 'approvals' | 'milestones'> & {
  certifications: Certification[]
  renewal: ProgramDocument['renewal'] & { course: CourseRenewal; graceDays: number; extensions: Extension[] }
  approvals: Approval[]
  milestones: Milestone[]
}

/** What is wrong with a program, and where: `certifications[3].prerequisites[0][1]`. */
export type ProgramFault = { path: string; message: string }

/** Reads a program document, or lists every fault in it: of shape, and of one part against another. */
export function parseDocument(input: unknown): Result<ProgramDocument, ProgramFault[]> {
  const document = v.safeParse(ProgramSchema, input)
  const misshapen = (document.issues ?? []).map((issue) => ({
    path: pathOf(issue.path ?? []),
    // Of a key that we do not know valibot says that it expected never.
    message: issue.expected === 'never' ? 'is not known here' : issue.message,
  }))

  const faults = [...misshapen, ...contradictionsIn(input)]
  if (!document.success || faults.length > 0) return refuse(faults)
  return ok(document.output)
}

/** The program that a document describes; refused like the document. */
export function parseProgram(input: unknown): Result<Program, ProgramFault[]> {
  const document = parseDocument(input)
  return document.ok ? ok(programOf(document.value)) : document
}

const COURSE_RENEWAL: CourseRenewal = {
  id: BY_COURSE,
  name: 'A recertification course',
  notTwiceInARow: false,
  submittedBeforeExpiry: true,
}

/** Says what a valid document leaves out. */
export function programOf(document: ProgramDocument): Program {
  const { awardValidityMonths } = document.settings
  const { renewal } = document
  return {
    ...document,
    renewal: {
      ...renewal,
      course: renewal.course ?? COURSE_RENEWAL,
      graceDays: renewal.graceDays ?? 0,
      extensions: renewal.extensions ?? [],
    },
    certifications: document.certifications.map((certification) => {
      const { exam, prerequisites, requires, validityMonths, ...rest } = certification
      return {
        ...rest,
        requires: requirementOf(certification),
        validityMonths: validityMonths === undefined ? awardValidityMonths : validityMonths,
      }
    }),
    approvals: document.approvals ?? [],
    milestones: document.milestones ?? [],
  }
}

function pathOf(items: readonly { key?: unknown }[]): string {
  return items.reduce((path, { key }) => {
    if (typeof key === 'number') return `${path}[${key}]`
    return path === '' ? String(key) : `${path}.${String(key)}`
  }, '')
}
