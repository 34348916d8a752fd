import { env } from 'cloudflare:workers'
import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeEach, expect, test, vi } from 'vitest'
import { keepAwards } from '../../src/certifications/keep-awards.ts'
import { openDatabase } from '../../src/core/database.ts'
import { awards, candidateEmails, candidates, mailOutbox, renewals, results } from '../../src/schema.ts'
import { db, givenCandidate, givenProgram, givenResult } from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { anyHistory } from './any-history.ts'

const TODAY = '2026-11-23'
const NOW = new Date('2026-11-23T18:00:00Z')

beforeEach(async () => {
  await givenProgram()
})

test('gives an award, says why, and owes one mail', async () => {
  const ada = await givenCandidate()
  const pass = await givenPass(ada, 'JNCIA-Junos', '2026-05-04')

  expect(await keepAwards(db, TODAY, NOW)).toBe(1)

  const [award, ...others] = await db.select().from(awards)
  expect(others).toEqual([])
  expect(award).toMatchObject({
    candidateId: ada.id,
    certification: 'JNCIA-Junos',
    awardedOn: '2026-05-04',
    expiresOn: '2029-05-04',
    number: expect.stringMatching(/^JNCIA-Junos-\d{4}-\d{4}-\d{4}$/),
    verificationCode: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{16}$/),
    suspendedOn: null,
    revokedOn: null,
    supersededBy: null,
    createdAt: NOW,
  })
  expect(JSON.parse(award!.reason)).toMatchObject({ rule: 'pass', pass: { resultId: pass.id } })
  expect(await db.select().from(mailOutbox)).toMatchObject([
    {
      dedupeKey: `award/${award!.number}`,
      template: 'award',
      candidateId: ada.id,
      payload: { certification: 'JNCIA-Junos', awardedOn: '2026-05-04', expiresOn: '2029-05-04' },
    },
  ])
})

test('only a valid pass of a delivered exam earns', async () => {
  const ada = await givenCandidate()
  await givenPass(ada, 'JNCIA-Junos', '2026-05-04', { grade: 'fail' })
  await givenPass(ada, 'JNCIA-SEC', '2026-05-04', { validity: 'held' })
  await givenPass(ada, 'JNCIA-DC', '2026-05-04', { validity: 'revoked' })

  await keepAwards(db, TODAY, NOW)

  expect(await db.select().from(awards)).toEqual([])
})

test('a second run has nothing to do, and one without news writes no award again', async () => {
  const ada = await givenCandidate()
  await givenPass(ada, 'JNCIA-Junos', '2023-05-04')
  await givenPass(ada, 'JNCIA-Junos', '2026-05-04')
  await keepAwards(db, TODAY, NOW)
  const before = await stored()

  expect(await keepAwards(db, TODAY, NOW)).toBe(0)
  await bumpRevision(ada)
  const { d1, cost } = countedDatabase(env.DB)
  expect(await keepAwards(openDatabase(d1), '2026-12-24', NOW)).toBe(1)

  expect(await stored()).toEqual(before)
  expect(cost.roundTrips).toBe(2)
})

test('a renewal moves the expiry and names its rule and result', async () => {
  const ada = await givenCandidate()
  await givenPass(ada, 'JNCIA-Junos', '2024-03-10')
  await keepAwards(db, TODAY, NOW)
  const again = await givenPass(ada, 'JNCIA-Junos', '2026-05-04')

  await keepAwards(db, TODAY, NOW)

  expect(await liveAwards(ada)).toMatchObject([{ awardedOn: '2024-03-10', expiresOn: '2029-05-04' }])
  expect(await db.select().from(renewals)).toMatchObject([
    {
      renewedOn: '2026-05-04',
      rule: 'associate-same-level',
      resultId: again.id,
      previousExpiresOn: '2027-03-10',
      expiresOn: '2029-05-04',
    },
  ])
  expect(await db.$count(mailOutbox)).toBe(1)
})

test('a late earlier pass moves the award back, and keeps its number, code and mail', async () => {
  const ada = await givenCandidate()
  await givenPass(ada, 'JNCIA-Junos', '2026-05-04')
  await keepAwards(db, TODAY, NOW)
  const [before] = await liveAwards(ada)

  await givenPass(ada, 'JNCIA-Junos', '2025-01-15')
  await keepAwards(db, TODAY, NOW)

  const [after] = await liveAwards(ada)
  expect(after).toMatchObject({
    id: before!.id,
    number: before!.number,
    verificationCode: before!.verificationCode,
    awardedOn: '2025-01-15',
    expiresOn: '2029-05-04',
  })
  expect(await db.$count(awards)).toBe(1)
  expect(await db.$count(mailOutbox)).toBe(1)
})

test('a revoked result suspends its award, and its return lifts the suspension', async () => {
  const ada = await givenCandidate()
  const pass = await givenPass(ada, 'JNCIA-Junos', '2026-05-04')
  await keepAwards(db, TODAY, NOW)
  const [before] = await liveAwards(ada)

  await setValidity(ada, pass, 'revoked')
  await keepAwards(db, '2026-11-24', NOW)
  await bumpRevision(ada)
  await keepAwards(db, '2026-11-25', NOW)
  expect(await liveAwards(ada)).toEqual([{ ...before, suspendedOn: '2026-11-24' }])

  await setValidity(ada, pass, 'valid')
  await keepAwards(db, '2026-11-26', NOW)
  expect(await liveAwards(ada)).toEqual([before])
  expect(await db.$count(mailOutbox)).toBe(1)
})

test('what a person revoked stays revoked while its dates follow the results', async () => {
  const ada = await givenCandidate()
  await givenPass(ada, 'JNCIA-Junos', '2026-05-04')
  await keepAwards(db, TODAY, NOW)
  await db.update(awards).set({ revokedOn: TODAY })

  await givenPass(ada, 'JNCIA-Junos', '2026-06-04')
  await keepAwards(db, TODAY, NOW)

  expect(await liveAwards(ada)).toMatchObject([{ revokedOn: TODAY, expiresOn: '2029-06-04' }])
  expect(await db.$count(awards)).toBe(1)
})

test('two holdings that a late result joins become one, and part again with it', async () => {
  const ada = await givenCandidate()
  await givenPass(ada, 'JNCIA-Junos', '2020-05-04')
  await givenPass(ada, 'JNCIA-Junos', '2024-05-04')
  await keepAwards(db, TODAY, NOW)
  const apart = await stored()
  const [first, second] = await liveAwards(ada)

  const late = await givenPass(ada, 'JNCIA-Junos', '2022-05-04')
  await keepAwards(db, TODAY, NOW)
  expect(await liveAwards(ada)).toMatchObject([{ id: first!.id, expiresOn: '2027-05-04' }])
  expect(await db.select().from(awards).where(eq(awards.id, second!.id))).toMatchObject([
    { supersededBy: first!.id, suspendedOn: null, verificationCode: second!.verificationCode },
  ])

  await setValidity(ada, late, 'revoked')
  await keepAwards(db, TODAY, NOW)
  expect(await stored()).toEqual(apart)
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

test('an award of a candidate without an address owes no mail', async () => {
  const ada = await givenCandidate()
  await db.delete(candidateEmails)
  await givenPass(ada, 'JNCIA-Junos', '2026-05-04')

  await keepAwards(db, TODAY, NOW)

  expect(await db.$count(awards)).toBe(1)
  expect(await db.$count(mailOutbox)).toBe(0)
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

async function givenPass(
  candidate: { id: string },
  exam: string,
  examOn: string,
  change: Partial<typeof results.$inferInsert> = {},
) {
  const result = await givenResult({ candidateId: candidate.id, exam, examOn, ...change })
  await bumpRevision(candidate)
  return result
}

async function setValidity(candidate: { id: string }, { id }: { id: number }, validity: 'valid' | 'revoked') {
  await db.update(results).set({ validity }).where(eq(results.id, id))
  await bumpRevision(candidate)
}

async function bumpRevision({ id }: { id: string }) {
  await db
    .update(candidates)
    .set({ revision: sql`${candidates.revision} + 1` })
    .where(eq(candidates.id, id))
}

function liveAwards({ id }: { id: string }) {
  return db
    .select()
    .from(awards)
    .where(and(eq(awards.candidateId, id), isNull(awards.supersededBy)))
    .orderBy(asc(awards.awardedOn))
}

/** Live awards with their renewals, without what is random about them. */
async function holdingsOf(candidate: { id: string }) {
  const renewedBy = await db.select().from(renewals).orderBy(asc(renewals.renewedOn))
  return (await liveAwards(candidate))
    .filter(({ suspendedOn }) => suspendedOn === null)
    .map(({ id, certification, awardedOn, expiresOn }) => ({
      certification,
      awardedOn,
      expiresOn,
      renewals: renewedBy
        .filter(({ awardId }) => awardId === id)
        .map(({ renewedOn, rule, expiresOn }) => ({ renewedOn, rule, expiresOn })),
    }))
    .sort((a, b) => `${a.certification}${a.awardedOn}`.localeCompare(`${b.certification}${b.awardedOn}`))
}

async function stored() {
  return { awards: await db.select().from(awards), renewals: await db.select().from(renewals) }
}

/** The database, in which something happens between reading and writing. */
function beforeSecondBatch(happen: () => Promise<void>): D1Database {
  const batch = vi.fn(async (statements: D1PreparedStatement[]) => {
    if (batch.mock.calls.length === 2) await happen()
    return env.DB.batch(statements)
  })
  return { prepare: (query: string) => env.DB.prepare(query), batch } as unknown as D1Database
}

/** Candidates by the hundred, each with a pass and another that renews. */
async function givenManyPasses(count: number) {
  const each = sql`json_each(${JSON.stringify(Array.from({ length: count }, (_, n) => n))})`
  await db.run(sql`
    INSERT INTO candidates (id, full_name, given_name, family_name, vendor_time, row_hash, delivery_id,
      delivery_line, revision, created_at)
    SELECT 'MANY' || value, 'Ada Byron', 'Ada', 'Byron', 0, '-', '-', 0, 1, 0 FROM ${each}`)
  for (const examOn of ['2024-05-04', '2026-05-04']) {
    await db.run(sql`
      INSERT INTO results (feed, registration_id, candidate_id, exam, exam_code, exam_on, delivery, grade,
        validity, vendor_time, row_hash, delivery_id, delivery_line, first_imported_at)
      SELECT 'pearson', ${examOn} || value, 'MANY' || value, 'JNCIA-Junos', 'JN0-106', ${examOn},
        'delivered', 'pass', 'valid', 0, '-', '-', 0, 0 FROM ${each}`)
  }
}
