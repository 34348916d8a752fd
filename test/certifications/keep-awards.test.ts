import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { loadCandidatesById } from '../../src/certifications/award-queries.ts'
import { candidateChanges } from '../../src/certifications/award-writes.ts'
import { keepAwards } from '../../src/certifications/keep-awards.ts'
import { openDatabase } from '../../src/core/database.ts'
import { awards, candidateEmails, mailOutbox, renewals } from '../../src/schema.ts'
import { db, givenCandidate, givenProgram, givenVersion } from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import {
  bumpRevision,
  givenAct,
  givenPass,
  liveAwards,
  NOW,
  setValidity,
  stored,
  TODAY,
} from './given-passes.ts'

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

test('what came about on one day is not written again, in whatever order it is read back', async () => {
  await givenProgram((draft) => {
    const decree = {
      name: 'A decree',
      on: '2026-05-04',
      expiresFrom: '2026-01-01',
      expiresUntil: '2029-12-31',
    }
    const extensions = ['second', 'first'].map((id) => ({ id, months: 6, ...decree }))
    const counts = [{ of: { level: 'JNCIA' }, atLeast: 1 }]
    const milestones = ['two', 'one'].map((code) => ({ code, name: code, counts }))
    Object.assign(draft.renewal, { extensions })
    Object.assign(draft, { milestones })
  })
  const ada = await givenCandidate()
  await givenPass(ada, 'JNCIA-Junos', '2024-05-04')
  await keepAwards(db, TODAY, NOW)
  expect(await db.$count(renewals)).toBe(2)

  const { rules, candidates } = await loadCandidatesById(db, [ada.id])

  expect(candidateChanges(rules, candidates[0]!, TODAY)).toEqual({
    changed: [],
    renewed: [],
    created: [],
    milestones: null,
  })
})

test('a version that asks for less gives what is complete on its first day, and not before', async () => {
  await givenVersion('2026-06-01', (draft) => {
    draft.certifications.find(({ code }) => code === 'JNCIS-ENT')!.prerequisites = []
  })
  const ada = await givenCandidate()
  await givenPass(ada, 'JNCIS-ENT', '2026-02-02')

  await keepAwards(db, '2026-05-31', NOW)
  expect(await liveAwards(ada)).toEqual([])

  await bumpRevision(ada)
  await keepAwards(db, '2026-06-01', NOW)
  expect(await liveAwards(ada)).toMatchObject([{ certification: 'JNCIS-ENT', awardedOn: '2026-06-01' }])
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
  const [award] = await liveAwards(ada)
  await givenAct(award!, 'revoke', TODAY)

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

test('an award of a candidate without an address owes no mail', async () => {
  const ada = await givenCandidate()
  await db.delete(candidateEmails)
  await givenPass(ada, 'JNCIA-Junos', '2026-05-04')

  await keepAwards(db, TODAY, NOW)

  expect(await db.$count(awards)).toBe(1)
  expect(await db.$count(mailOutbox)).toBe(0)
})
