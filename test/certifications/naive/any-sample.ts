import fc from 'fast-check'
import document from '../../../programs/juniper/program.json' with { type: 'json' }
import type { Program } from '../../../src/program/program.ts'
import type { Rules } from '../../../src/program/versions.ts'
import { sampleProgram } from '../../program/sample-program.ts'
import { anyDate } from './any-date.ts'

export function sampleDocument() {
  return document
}

const anyVariation = fc.record({
  awardedOn: fc.constantFrom('completion', 'exam'),
  notTwiceInARow: fc.boolean(),
  submittedBeforeExpiry: fc.boolean(),
  graceDays: fc.constantFrom(0, 30, 60),
  months: fc.constantFrom(12, 36),
  emeritus: fc.constantFrom(null, 'JNCIE', 'JNCIA'),
  isShort: fc.boolean(),
})
type Variation = typeof anyVariation extends fc.Arbitrary<infer One> ? One : never

/** The sample program, as it is and in variations, one after the other. */
export const anySampleRules: fc.Arbitrary<Rules> = fc
  .record({ variation: fc.option(anyVariation), later: fc.option(anyVariation), effectiveOn: anyDate })
  .map(({ variation, later, effectiveOn }) => {
    const first = variation ? varied(variation) : sample
    return later
      ? [
          { effectiveOn: null, program: first },
          { effectiveOn, program: varied(later) },
        ]
      : first
  })

const sample = sampleProgram()
const programs = new Map<string, Program>()

function varied(variation: Variation): Program {
  const key = JSON.stringify(variation)
  const program =
    programs.get(key) ?? sampleProgram((draft) => Object.assign(draft, changed(draft, variation)))
  programs.set(key, program)
  return program
}

function changed({ settings, renewal }: typeof document, variation: Variation) {
  const { awardedOn, notTwiceInARow, submittedBeforeExpiry, graceDays, months, emeritus, isShort } = variation
  return {
    settings: { ...settings, awardedOn, awardValidityMonths: isShort ? 12 : 36 },
    renewal: {
      ...renewal,
      months,
      graceDays,
      course: { id: 'course', name: 'A course', notTwiceInARow, submittedBeforeExpiry },
    },
    milestones: [{ code: 'two', name: 'Two', counts: [{ of: { level: 'JNCIA' }, atLeast: 2 }] }],
    ...(emeritus && { emeritus: { level: emeritus, afterMonths: 24 } }),
  }
}
