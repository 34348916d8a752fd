import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import document from '../../programs/juniper/program.json'
import { keepAwards } from '../../src/certifications/keep-awards.ts'
import { runPiece } from '../../src/program-changes/run-piece.ts'
import { beginVersions } from '../../src/program-changes/run-queries.ts'
import * as schema from '../../src/schema.ts'
import { givenPass, NOW, TODAY } from '../certifications/given-passes.ts'
import { db, givenCandidate, givenProgram, givenVersion, LONG_AGO } from '../support/builders.ts'
import { givenStaff } from '../support/requests.ts'

beforeEach(async () => {
  await givenProgram()
})

/** A trial of a version from which JNCIS-ENT needs nothing but its exam. */
async function givenTrial(effectiveOn: string): Promise<number> {
  const { id: author } = await givenStaff('catalogue')
  const draft = structuredClone(document)
  draft.certifications.find(({ code }) => code === 'JNCIS-ENT')!.prerequisites = []
  const [change] = await db
    .insert(schema.programChanges)
    .values({
      submission: crypto.randomUUID(),
      title: 'Fewer prerequisites',
      document: JSON.stringify(draft),
      effectiveOn,
      baseVersion: 1,
      madeBy: author,
      madeAt: LONG_AGO,
      changedBy: author,
      authors: `,${author},`,
      changedAt: LONG_AGO,
    })
    .returning()
  const [run] = await db
    .insert(schema.programRuns)
    .values({
      kind: 'trial',
      changeId: change!.id,
      changeVersion: 1,
      state: 'running',
      total: 1,
      owedAt: NOW,
      movedAt: NOW,
    })
    .returning()
  return run!.id
}

test('a dry run of a version that lies ahead says what its first day gives', async () => {
  const ada = await givenCandidate()
  await givenPass(ada, 'JNCIS-ENT', '2026-02-02')
  await keepAwards(db, TODAY, NOW)

  await runPiece(db, await givenTrial('2027-01-01'), { today: TODAY, now: NOW })

  expect(await db.select().from(schema.runEffects)).toMatchObject([
    { candidateId: ada.id, certification: 'JNCIS-ENT', kind: 'earned', afterOn: '2030-01-01' },
  ])
})

test('on its first day everybody is owed what it gives, once', async () => {
  const ada = await givenCandidate()
  await givenPass(ada, 'JNCIS-ENT', '2026-02-02')
  await givenVersion('2027-01-01', (draft) => {
    draft.certifications.find(({ code }) => code === 'JNCIS-ENT')!.prerequisites = []
  })
  await db.update(schema.programVersions).set({ begunAt: null }).where(eq(schema.programVersions.version, 2))
  await keepAwards(db, TODAY, NOW)
  await beginVersions(db, '2026-12-31', NOW)
  expect(await db.select().from(schema.programRuns)).toEqual([])

  const first = { today: '2027-01-01', now: new Date('2027-01-01T20:00:00Z') }
  await beginVersions(db, first.today, first.now)
  await beginVersions(db, first.today, first.now)
  const runs = await db.select().from(schema.programRuns)
  expect(runs).toMatchObject([{ kind: 'evaluation', state: 'owed', mails: 'held', total: 1 }])
  await db.update(schema.programRuns).set({ state: 'running' })
  await runPiece(db, runs[0]!.id, first)

  expect(await db.select().from(schema.awards)).toMatchObject([
    { candidateId: ada.id, certification: 'JNCIS-ENT', awardedOn: '2027-01-01' },
  ])
})
