import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evaluate } from '../../src/certifications/evaluate.ts'
import { anyCase, type Case, HISTORIES_PER_CASE } from './naive/any-case.ts'
import { naiveEvaluate } from './naive/evaluate.ts'
import { inWords } from './naive/in-words.ts'
import { happenedIn, type Lived } from './naive/measured.ts'
import { toldByNaive, toldByReal } from './naive/told.ts'

/** `npm run agree` asks for more. */
const { rounds, seed } = JSON.parse(process.env.TEST_AGREE ?? '{"rounds":2000,"seed":20261126}') as {
  rounds: number
  seed: number
}
const LIMIT_MS = 60_000 + rounds * 100

/** So often, or more, each happens in a thousand histories: about half of what is usual. */
const AT_LEAST_PER_1000: Record<string, number> = {
  'a later version matters': 250,
  'act that corrects': 50,
  'act that extends': 25,
  'act that reinstates': 5,
  'act that revokes': 50,
  'act that suspends': 50,
  award: 2500,
  'award for ever': 500,
  'award of an earlier date': 20,
  'award that a version brings': 25,
  'award with a prerequisite': 400,
  'award without an exam': 600,
  'awarded again': 400,
  emeritus: 500,
  milestone: 250,
  reactivation: 100,
  'renewal by a course': 400,
  'renewal by decree': 100,
  'renewal by earning': 125,
  'renewal by passing': 750,
  'renewal by the staff': 25,
  'renewal carried on': 125,
  'renewal in grace': 40,
  waits: 250,
}

test(
  'the evaluator agrees with one that does what the page of rules says, word by word',
  () => {
    const startedAt = performance.now()
    const happened: Record<string, number> = {}
    let histories = 0

    const run = fc.check(
      fc.property(anyCase, ({ rules, histories: several, today }) => {
        for (const events of several) {
          const lived = { rules, events, today }
          if (!agree(lived)) throw new Error('they disagree')
          histories += 1
          for (const what of happenedIn(lived, evaluate(rules, events, today))) {
            happened[what] = (happened[what] ?? 0) + 1
          }
        }
      }),
      { numRuns: Math.ceil(rounds / HISTORIES_PER_CASE), seed },
    )
    if (run.failed) tell(run.counterexample![0], run.errorInstance)

    const rate = Math.round((histories / (performance.now() - startedAt)) * 1000)
    console.log(`agreed on ${histories} histories, seed ${seed}, ${rate} a second`)
    for (const what of Object.keys(happened).sort()) console.log(`agreed ${what}: ${happened[what]}`)
    for (const [what, least] of Object.entries(AT_LEAST_PER_1000)) {
      expect(happened[what] ?? 0, what).toBeGreaterThanOrEqual(Math.floor((least * histories) / 1000))
    }
  },
  LIMIT_MS,
)

function agree({ rules, events, today }: Lived): boolean {
  return isDeepStrictEqual(
    toldByReal(evaluate(rules, events, today)),
    toldByNaive(naiveEvaluate(rules, events, today)),
  )
}

/** The first disagreement, made as small as it gets, in words and in what differs. */
function tell({ rules, histories, today }: Case, error: unknown): never {
  const events = histories.find((one) => !agree({ rules, events: one, today }))
  if (!events) throw error
  console.log(`disagreed until ${today}`)
  for (const line of inWords(rules, events)) console.log(`disagreed ${line}`)
  expect(toldByReal(evaluate(rules, events, today))).toEqual(toldByNaive(naiveEvaluate(rules, events, today)))
  throw error
}
