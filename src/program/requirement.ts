import type { Requirement } from './program-document.ts'

/** A requirement that is one thing, not several. */
export type Demand = Pick<Requirement, 'exam' | 'certification' | 'held' | 'course' | 'approval'>

type Asking = { exam?: string; prerequisites?: readonly (readonly string[])[]; requires?: Requirement }

/** Exam, prerequisites and what else is required, as one requirement: what is to be passed first. */
export function requirementOf({ exam, prerequisites = [], requires }: Asking): Requirement {
  const parts = [
    ...(exam === undefined ? [] : [{ exam }]),
    ...(requires ? [requires] : []),
    ...prerequisites.map((group) => anyOf(group.map((certification) => ({ certification })))),
  ]
  return parts.length === 1 ? parts[0]! : { all: parts }
}

function anyOf(alternatives: Requirement[]): Requirement {
  return alternatives.length === 1 ? alternatives[0]! : { any: alternatives }
}

/** Every single thing that a requirement names, in its order, met or not. */
export function demandsOf(requirement: Requirement): Demand[] {
  const parts = requirement.all ?? requirement.any
  return parts ? parts.flatMap(demandsOf) : [requirement]
}

/** The exams that can bring somebody nearer. */
export function examsOf(requirement: Requirement): string[] {
  return demandsOf(requirement).flatMap(({ exam }) => exam ?? [])
}

/**
 * What fulfils it: of alternatives the first that is met by something new, else the first that is met; null when something
 * is missing. Where nobody says what is new, everything is.
 */
export function fulfilment<Met>(
  requirement: Requirement,
  meets: (demand: Demand) => Met | null,
  isNew: (met: Met) => boolean = () => true,
): Met[] | null {
  const { all, any } = requirement
  if (any) {
    let first: Met[] | null = null
    for (const part of any) {
      const met = fulfilment(part, meets, isNew)
      if (met?.some(isNew)) return met
      first ??= met
    }
    return first
  }
  if (!all) {
    const met = meets(requirement)
    return met === null ? null : [met]
  }
  const met: Met[] = []
  for (const part of all) {
    const one = fulfilment(part, meets, isNew)
    if (!one) return null
    met.push(...one)
  }
  return met
}

/** What is left of it: the groups of which one alternative each is still needed; none when it is met. */
export function stillMissing(requirement: Requirement, isMet: (demand: Demand) => boolean): Requirement[] {
  if (fulfilment(requirement, (demand) => (isMet(demand) ? true : null))) return []
  return requirement.all ? requirement.all.flatMap((part) => stillMissing(part, isMet)) : [requirement]
}

/** Where each single thing stands in a certification of the document: the path from the certification on. */
export function placedDemands({
  exam,
  prerequisites = [],
  requires,
}: Asking): { at: string; demand: Demand }[] {
  return [
    ...(exam === undefined ? [] : [{ at: '.exam', demand: { exam } }]),
    ...prerequisites.flatMap((group, groupIndex) =>
      group.map((certification, index) => ({
        at: `.prerequisites[${groupIndex}][${index}]`,
        demand: { certification },
      })),
    ),
    ...(requires ? placedIn(requires, '.requires') : []),
  ]
}

function placedIn(requirement: Requirement, at: string): { at: string; demand: Demand }[] {
  for (const kind of ['all', 'any'] as const) {
    const parts = requirement[kind]
    if (parts) return parts.flatMap((part, index) => placedIn(part, `${at}.${kind}[${index}]`))
  }
  const kind = (['exam', 'certification', 'course', 'approval'] as const).find((one) => requirement[one])
  return kind ? [{ at: `${at}.${kind}`, demand: requirement }] : []
}

/** What a demand for something to be done is called, and a credit that meets it: `exam A`, `course B`, `approval C`. */
export function keyOfDemand({ exam, course, approval }: Demand): string | null {
  if (exam !== undefined) return `exam ${exam}`
  if (course !== undefined) return `course ${course}`
  return approval === undefined ? null : `approval ${approval}`
}
