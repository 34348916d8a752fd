import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lastDayOf } from '../../src/certifications/account.ts'
import { evaluate } from '../../src/certifications/evaluate.ts'
import type { EvaluatedAward, Events } from '../../src/certifications/evaluated-award.ts'
import type { Rules } from '../../src/program/versions.ts'
import { anyCase } from './naive/any-case.ts'
import { inWords } from './naive/in-words.ts'

const RUNS = { seed: 20261127, numRuns: 150 }
/** Thousands of histories take seconds, and minutes on a busy machine. */
const LIMIT_MS = 120_000
const EVER = '9999-12-31'

test(
  'the same comes of the same, in whichever order it arrives',
  () => {
    forAll((rules, events) => {
      const once = evaluate(rules, events)

      expect(evaluate(rules, events)).toEqual(once)
      expect(evaluate(rules, turnedRound(events))).toEqual(once)
    })
  },
  LIMIT_MS,
)

test(
  'nothing that is judged is changed by it',
  () => {
    forAll((rules, events) => {
      const before = structuredClone({ rules, events })
      evaluate(rules, events)

      expect({ rules, events }).toEqual(before)
    })
  },
  LIMIT_MS,
)

test(
  'a renewal only ever moves an expiry later, and each goes on from the one before',
  () => {
    forAll((rules, events) => {
      for (const award of evaluate(rules, events).awards) {
        award.renewals.forEach(({ previousExpiresOn, expiresOn }, index) => {
          expect(expiresOn > previousExpiresOn).toBe(true)
          const before = award.renewals[index - 1]
          if (before && !isCorrected(award, events)) expect(previousExpiresOn).toBe(before.expiresOn)
        })
        const last = award.renewals.at(-1)
        if (last && award.expiresOn !== null && !isCorrected(award, events)) {
          expect(award.expiresOn).toBe(last.expiresOn)
        }
      }
    })
  },
  LIMIT_MS,
)

test(
  'no two awards of one certification count on the same day, unless an act corrected them',
  () => {
    forAll((rules, events) => {
      const awards = evaluate(rules, events).awards.filter((award) => !isCorrected(award, events))
      for (const [index, award] of awards.entries()) {
        const later = awards
          .slice(index + 1)
          .find(({ certification }) => certification === award.certification)
        if (later) expect(later.awardedOn > (lastDayOf(award) ?? EVER)).toBe(true)
      }
    })
  },
  LIMIT_MS,
)

function forAll(holds: (rules: Rules, events: Events) => void) {
  const run = fc.check(
    fc.property(anyCase, ({ rules, histories }) => {
      for (const events of histories) holds(rules, events)
    }),
    RUNS,
  )
  if (!run.failed) return
  const { rules, histories } = run.counterexample![0]
  for (const events of histories) {
    try {
      holds(rules, events)
    } catch (error) {
      console.log(inWords(rules, events).join('\n'))
      throw error
    }
  }
  throw run.errorInstance
}

function turnedRound({ passes, completions, approvals, acts }: Events): Events {
  return {
    passes: passes.toReversed(),
    completions: completions.toReversed(),
    approvals: approvals.toReversed(),
    acts: acts.toReversed(),
  }
}

function isCorrected({ certification }: EvaluatedAward, { acts }: Events): boolean {
  return acts.some((act) => act.kind === 'correct' && act.certification === certification)
}
