import document from '../../programs/juniper/program.json' with { type: 'json' }
import { type Program, parseProgram } from '../../src/program/program.ts'

export type Draft = typeof document
type CertificationDraft = { prerequisites: string[][]; validityMonths: number | null; exam: string }

/** The sample program, changed where a test cares. */
export function sampleProgram(change: (draft: Draft) => void = () => {}): Program {
  const parsed = parseProgram(copyOf(change))
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.refusal, null, 2))
  return parsed.value
}

/** A certification of the draft to change; the sample's own types are narrower than what may stand there. */
export function draftOfCertification(draft: Draft, code: string): Partial<CertificationDraft> {
  const found = draft.certifications.find((certification) => certification.code === code)
  if (!found) throw new Error(`the sample has no ${code}`)
  return found
}

/** The paths and messages of what is wrong with the sample program once it is changed. */
export function faultsAfter(change: (draft: Draft) => void): string[] {
  const parsed = parseProgram(copyOf(change))
  return parsed.ok ? [] : parsed.refusal.map(({ path, message }) => `${path}: ${message}`)
}

function copyOf(change: (draft: Draft) => void): Draft {
  const draft = structuredClone(document)
  change(draft)
  return draft
}
