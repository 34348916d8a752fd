import { certificationsUpward, needsNothingDone } from '../program/catalogue.ts'
import type { Certification, Program } from '../program/program.ts'
import { type Demand, fulfilment } from '../program/requirement.ts'

/** What is known of somebody at a moment. */
export type Known = {
  isActive: (certification: string) => boolean
  wasHeld: (certification: string) => boolean
  /** Whether something has been done for a certification that it needs. */
  isBegun: (certification: string) => boolean
  isDone: (certification: Certification, demand: Demand) => boolean
  /** Whether `held` was awarded since the certification was last held. */
  isNewFor: (certification: string, held: string) => boolean
}

/**
 * The lowest certification that is earned at this moment and none of `given`: not held, everything done that it asks for,
 * and every certification held. One that asks for certifications alone is not earned twice by the same ones.
 */
export function nextCompleted(
  program: Program,
  known: Known,
  given: ReadonlySet<string>,
): Certification | null {
  const open = ({ code }: Certification) =>
    !given.has(code) && !known.isActive(code) && (known.isBegun(code) || needsNothingDone(program, code))
  return certificationsUpward(program).find((one) => open(one) && isEarned(one, known)) ?? null
}

function isEarned(certification: Certification, known: Known): boolean {
  const met = fulfilment<'new' | 'old'>(
    certification.requires,
    (demand) => {
      const code = demand.certification
      if (code === undefined) return known.isDone(certification, demand) ? 'new' : null
      if (!known.isActive(code) && !(demand.held === 'ever' && known.wasHeld(code))) return null
      return known.isNewFor(certification.code, code) ? 'new' : 'old'
    },
    (age) => age === 'new',
  )
  return met?.includes('new') === true
}
