import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lastDayOf } from '../../src/certifications/account.ts'
import { evaluate } from '../../src/certifications/evaluate.ts'
import type { EvaluatedAward, Events } from '../../src/certifications/evaluated-award.ts'
import { addDays, addMonths } from '../../src/core/calendar-date.ts'
import type { Program } from '../../src/program/program.ts'
import { versionsOf } from '../../src/program/versions.ts'
import { anyCase } from './naive/any-case.ts'
import { inWords } from './naive/in-words.ts'
import type { Lived } from './naive/measured.ts'

const RUNS = { seed: 20261127, numRuns: 150 }
/** Thousands of histories take seconds, and minutes on a busy machine. */
const LIMIT_MS = 120_000
const EVER = '9999-12-31'

test(
  'the same comes of the same, in whichever order it arrives',
  () => {
    forAll(({ rules, events, today }) => {
      const once = evaluate(rules, events, today)

      expect(evaluate(rules, events, today)).toEqual(once)
      expect(evaluate(rules, turnedRound(events), today)).toEqual(once)
    })
  },
  LIMIT_MS,
)

test(
  'nothing that is judged is changed by it',
  () => {
    forAll(({ rules, events, today }) => {
      const before = structuredClone({ rules, events })
      evaluate(rules, events, today)

      expect({ rules, events }).toEqual(before)
    })
  },
  LIMIT_MS,
)

test(
  'a renewal only ever moves an expiry later, and each goes on from the one before',
  () => {
    forAll(({ rules, events, today }) => {
      for (const award of evaluate(rules, events, today).awards) {
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
    forAll(({ rules, events, today }) => {
      const awards = evaluate(rules, events, today).awards.filter((award) => !isCorrected(award, events))
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

// Acts look for their award, and what grace or a decree brought back may use up what waited, on the next day of any kind.
test(
  'what happens to one certification changes no award of another that has nothing to do with it',
  () => {
    forAll(({ rules, events, today }) => {
      const both = versionsOf(rules).map(({ effectiveOn, program }) => ({
        effectiveOn,
        program: withUnrelated(program),
      }))
      const alone = { ...events, acts: [] }
      const passes = [...alone.passes, ...UNRELATED_PASSES.filter(({ passedOn }) => passedOn <= today)]

      const { awards } = evaluate(both, { ...alone, passes }, today)

      expect(awards.filter(({ certification }) => certification !== UNRELATED)).toEqual(
        evaluate(both, alone, today).awards,
      )
    })
  },
  LIMIT_MS,
)

const UNRELATED = 'U'
const UNRELATED_PASSES = Array.from({ length: 24 }, (_, quarter) => ({
  exam: UNRELATED,
  passedOn: addDays(addMonths('2020-01-31', 3 * quarter), quarter % 3),
  resultId: 1000 + quarter,
  seriesCode: UNRELATED,
}))

/** With a certification at a level and in a track of its own, which nothing speaks of. */
function withUnrelated({ levels, tracks, exams, certifications, renewal, ...rest }: Program): Program {
  const place = { code: UNRELATED, level: UNRELATED, tracks: [UNRELATED] }
  const validity = { requires: { exam: UNRELATED }, validityMonths: 12 }
  return {
    ...rest,
    levels: [...levels, { code: UNRELATED, name: UNRELATED, rank: 99 }],
    tracks: [...tracks, { code: UNRELATED, name: UNRELATED, hue: 0 }],
    exams: [...exams, { ...place, title: UNRELATED, kind: 'written', codes: [{ code: UNRELATED }] }],
    certifications: [
      ...certifications,
      { ...place, name: UNRELATED, seal: [UNRELATED, UNRELATED], ...validity },
    ],
    renewal: { ...renewal, graceDays: 0, extensions: [] },
  }
}

function forAll(holds: (lived: Lived) => void) {
  const run = fc.check(
    fc.property(anyCase, ({ rules, histories, today }) => {
      for (const events of histories) holds({ rules, events, today })
    }),
    RUNS,
  )
  if (!run.failed) return
  const { rules, histories, today } = run.counterexample![0]
  for (const events of histories) {
    try {
      holds({ rules, events, today })
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
