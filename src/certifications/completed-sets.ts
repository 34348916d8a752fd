import { certificationsUpward } from '../program/catalogue.ts'
import type { Certification, Program } from '../program/program.ts'

type Asks = (certification: string) => boolean

/** For each group of alternatives the first that is held, or null when some group has none. */
export function prerequisitesMet(certification: Certification, isHeld: Asks): string[] | null {
  const met = certification.prerequisites.map((group) => group.find(isHeld))
  return met.every((code) => code !== undefined) ? met : null
}

/**
 * The certifications that are earned at this moment: not held, their exam passed, and every
 * prerequisite held or earned in the same breath. Ordered so that each comes after what it needs.
 */
export function completedSets(program: Program, isHeld: Asks, isPassed: Asks): Certification[] {
  const completed: Certification[] = []
  const counts = (code: string) =>
    isHeld(code) || completed.some((certification) => certification.code === code)
  const open = certificationsUpward(program).filter(({ code }) => isPassed(code) && !isHeld(code))

  for (let before = -1; before < completed.length; ) {
    before = completed.length
    for (const certification of open) {
      if (!counts(certification.code) && prerequisitesMet(certification, counts))
        completed.push(certification)
    }
  }
  return completed
}
