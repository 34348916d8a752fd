import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { keepAwards } from '../../src/certifications/keep-awards.ts'
import { openDatabase } from '../../src/core/database.ts'
import { awards, mailOutbox, renewals } from '../../src/schema.ts'
import { db, givenCandidate, givenProgram } from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { anyHistory } from './any-history.ts'
import {
  beforeSecondBatch,
  givenManyPasses,
  givenPass,
  holdingsOf,
  liveAwards,
  NOW,
  TODAY,
} from './given-passes.ts'

beforeEach(async () => {
  await givenProgram()
})

test('a change that arrives while awards are being stored is not lost', async () => {
  const [ada, grace] = [await givenCandidate(), await givenCandidate()]
  await givenPass(ada, 'JNCIA-Junos', '2026-05-04')
  await givenPass(grace, 'JNCIA-Junos', '2026-05-04')
  const overtaken = openDatabase(
    beforeSecondBatch(async () => {
      await givenPass(ada, 'JNCIA-Junos', '2026-04-01')
    }),
  )

  expect(await keepAwards(overtaken, TODAY, NOW)).toBe(1)
  expect(await liveAwards(ada)).toEqual([])
  expect(await liveAwards(grace)).toHaveLength(1)
  expect(await db.$count(mailOutbox, eq(mailOutbox.candidateId, ada.id))).toBe(0)

  expect(await keepAwards(db, TODAY, NOW)).toBe(1)
  expect(await liveAwards(ada)).toMatchObject([{ awardedOn: '2026-04-01' }])
})

test('two runs at once give one award and one mail', async () => {
  const ada = await givenCandidate()
  await givenPass(ada, 'JNCIA-Junos', '2026-05-04')
  const overtaken = openDatabase(
    beforeSecondBatch(async () => {
      await keepAwards(db, TODAY, NOW)
    }),
  )

  expect(await keepAwards(overtaken, TODAY, NOW)).toBe(0)

  expect(await db.$count(awards)).toBe(1)
  expect(await db.$count(mailOutbox)).toBe(1)
})

test('two hundred candidates cost two round trips', async () => {
  await givenManyPasses(450)
  const { d1, cost } = countedDatabase(env.DB)
  const counted = openDatabase(d1)

  expect(await keepAwards(counted, TODAY, NOW)).toBe(200)

  expect(cost.roundTrips).toBe(2)
  expect(await keepAwards(counted, TODAY, NOW)).toBe(200)
  expect(await keepAwards(counted, TODAY, NOW)).toBe(50)
  expect(await keepAwards(counted, TODAY, NOW)).toBe(0)
  expect(await db.$count(awards)).toBe(450)
  expect(await db.$count(renewals)).toBe(450)
})

test('results that arrive in any order, in any steps, end in the same awards', async () => {
  const program = await givenProgram()
  const arrivals = anyHistory(program).chain((passes) =>
    fc.record({
      arriving: fc.shuffledSubarray(passes.slice(0, 8), { minLength: Math.min(passes.length, 8) }),
      steps: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
    }),
  )

  await fc.assert(
    fc.asyncProperty(arrivals, async ({ arriving, steps }) => {
      const [atOnce, inSteps] = [await givenCandidate(), await givenCandidate()]
      for (const { exam, passedOn } of arriving) await givenPass(atOnce, exam, passedOn)
      await keepAwards(db, TODAY, NOW)
      for (let next = 0, step = 0; next < arriving.length; step += 1) {
        const count = steps[step % steps.length]!
        for (const { exam, passedOn } of arriving.slice(next, next + count)) {
          await givenPass(inSteps, exam, passedOn)
        }
        await keepAwards(db, TODAY, NOW)
        next += count
      }

      expect(await holdingsOf(inSteps)).toEqual(await holdingsOf(atOnce))
    }),
    { numRuns: 15, seed: 7 },
  )
}, 60_000)
