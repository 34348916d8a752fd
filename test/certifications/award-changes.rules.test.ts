import fc from 'fast-check'
import { expect, test } from 'vitest'
import { awardChanges, type KeptHolding, keptRenewals } from '../../src/certifications/award-changes.ts'
import type { Pass } from '../../src/certifications/evaluated-award.ts'
import { sampleProgram } from '../program/sample-program.ts'
import { anyHistory } from './any-history.ts'
import { awardsOf } from './histories.ts'

const TODAY = '2026-11-23'
const program = sampleProgram()

const anyArrival = anyHistory(program).chain((passes) =>
  fc.record({
    arriving: fc.shuffledSubarray(passes, { minLength: passes.length }),
    steps: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }),
  }),
)

test('however passes arrive, the same awards are live, and one more look changes nothing', () => {
  fc.assert(
    fc.property(anyArrival, ({ arriving, steps }) => {
      const atOnce = keptAfter([], arriving)
      let inSteps: KeptHolding[] = []
      for (let count = 0, step = 0; count < arriving.length; step += 1) {
        count += steps[step % steps.length]!
        inSteps = keptAfter(inSteps, arriving.slice(0, count))
      }

      expect(liveTerms(inSteps)).toEqual(liveTerms(atOnce))
      expect(inSteps.filter((award) => award.suspendedOn && atOnce.some(isOfSame(award)))).toEqual([])
      expect(keptAfter(inSteps, arriving)).toEqual(inSteps)
    }),
  )
})

test('results that are revoked and come back leave everything as it was', () => {
  fc.assert(
    fc.property(anyArrival, fc.nat(), ({ arriving }, until) => {
      const kept = keptAfter([], arriving)
      const without = keptAfter(kept, arriving.slice(0, until % (arriving.length + 1)))

      expect(liveTerms(keptAfter(without, arriving))).toEqual(liveTerms(kept))
    }),
  )
})

/** What is on record after one more look at a candidate's passes. */
function keptAfter(kept: readonly KeptHolding[], passes: readonly Pass[]): KeptHolding[] {
  const changes = awardChanges(awardsOf(program, passes), kept, { passes, acts: [] }, TODAY)
  const changed = kept.map((award) => {
    const change = changes.changed.find(({ id }) => id === award.id)
    const renewed = changes.renewed.find(({ number }) => number === award.number)
    const after = { ...award, ...change, ...renewed }
    return { ...after, passId: passIdOf(after.reason) }
  })
  const created = changes.created.map((award, index) => {
    const id = kept.length + index + 1
    const reason = JSON.stringify(award.reason)
    const renewals = keptRenewals(award.renewals)
    const { certification, awardedOn, expiresOn } = award
    const standing = { suspendedOn: null, revokedOn: null, emeritusOn: null, supersededBy: null }
    return {
      id,
      number: `A-${id}`,
      certification,
      awardedOn,
      expiresOn,
      reason,
      renewals,
      passId: passIdOf(reason),
      ...standing,
    }
  })
  return [...changed, ...created]
}

function isOfSame({ certification }: KeptHolding) {
  return (other: KeptHolding) => other.certification === certification
}

function passIdOf(reason: string): number {
  return JSON.parse(reason).pass.resultId
}

/** Live awards and their renewals, without what differs by arrival. */
function liveTerms(kept: readonly KeptHolding[]): string[] {
  return kept
    .filter(({ supersededBy, suspendedOn }) => supersededBy === null && suspendedOn === null)
    .map(({ certification, awardedOn, expiresOn, reason, renewals }) =>
      JSON.stringify({ certification, awardedOn, expiresOn, reason, renewals }),
    )
    .sort()
}
