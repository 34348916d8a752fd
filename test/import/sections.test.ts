import { eq } from 'drizzle-orm'
import { strToU8, zipSync } from 'fflate'
import { beforeEach, expect, test } from 'vitest'
import { listReports, requestRun } from '../../src/import/delivery-queries.ts'
import * as schema from '../../src/schema.ts'
import { db, givenCandidate, givenProgram, LONG_AGO } from '../support/builders.ts'
import { deliver, EXAM_A, examRow, NOW, table, tick } from './deliver.ts'
import { totals, waitingRows } from './record.ts'

beforeEach(async () => {
  await givenProgram()
  await givenCandidate({ id: '00001234' })
})

const HEADER = 'registration_id,section_code,section_name,percent'
const part = (percent = 80, registration = '300000001') => `${registration},1,Routing,${percent}`
const sections = (...rows: string[]) => table(HEADER, ...rows)
const results = table(EXAM_A, examRow())

async function parts() {
  const stored = await db.select().from(schema.resultSections)
  return stored.map(({ registrationId, sectionCode, percent }) => [registrationId, sectionCode, percent])
}

/** What each delivery came to in its last run, by the vendor's time. */
async function balances() {
  const reports = await listReports(db, 'pearson', 10)
  return reports.toReversed().map(({ counts, delivery: { state } }) => ({ state, ...counts }))
}

test('sections that come after their result, or beside it, are stored at once', async () => {
  const zip = zipSync({
    'sections.csv': strToU8(sections(part(75, '300000002'), part(60, '300000002'))),
    'exam-20260507.dat': strToU8(table(EXAM_A, examRow({ registration: '300000002' }))),
  })

  await deliver({
    'exam-20260505.dat': results,
    'sections-20260506.csv': sections(part()),
    'ORG-20260507.zip': zip,
  })

  expect(await parts()).toEqual([['300000001', '1', '80']])
  expect((await waitingRows()).map(({ reason }) => reason)).toEqual([
    'duplicate_in_file',
    'duplicate_in_file',
  ])
  expect(await totals()).toMatchObject({ new: 3, quarantined: 2 })
})

test('sections that come before their result wait for it, and then count by themselves, in the vendor’s order', async () => {
  await deliver({
    'sections-20260504.csv': sections(part(10), part(10, '300000009')),
    'sections-20260503.csv': sections(part(20)),
  })

  expect(await parts()).toEqual([])
  expect(await waitingRows()).toMatchObject([
    { reason: 'orphan_section', resolvedAt: null },
    { reason: 'orphan_section', resolvedAt: null },
    { reason: 'orphan_section', resolvedAt: null },
  ])
  expect(await balances()).toMatchObject([
    { state: 'imported', read: 1, new: 0, quarantined: 1 },
    { state: 'imported', read: 2, new: 0, quarantined: 2 },
  ])

  await deliver({ 'exam-20260505.dat': results })

  expect(await parts()).toEqual([['300000001', '1', '10']])
  expect(await balances()).toMatchObject([
    { read: 1, new: 1, quarantined: 0 },
    { read: 2, changed: 1, quarantined: 1 },
    { read: 1, new: 1 },
  ])
  const rows = await db.select().from(schema.quarantinedRows).orderBy(schema.quarantinedRows.registrationId)
  expect(rows.map(({ registrationId, settlement }) => [registrationId, settlement])).toEqual([
    ['300000001', 'replayed'],
    ['300000001', 'replayed'],
    ['300000009', null],
  ])
})

test('a result that waits itself keeps its sections from waiting, also when the delivery is imported again', async () => {
  const zip = zipSync({
    'sections.csv': strToU8(sections(part())),
    'exam-20260505.dat': strToU8(table(EXAM_A, examRow({ candidate: '00005678' }))),
  })
  await deliver({ 'ORG-20260505.zip': zip })
  expect((await waitingRows()).map(({ reason }) => reason)).toEqual(['unknown_candidate'])
  expect(await parts()).toEqual([['300000001', '1', '80']])

  // Dismissed, it is no reason for its sections to wait either.
  await db
    .update(schema.quarantinedRows)
    .set({ resolvedAt: LONG_AGO, settlement: 'dismissed' })
    .where(eq(schema.quarantinedRows.reason, 'unknown_candidate'))
  const [delivery] = await db.select().from(schema.deliveries)
  await requestRun(db, delivery!.id, null)
  await tick()

  expect(await balances()).toMatchObject([{ read: 2, unchanged: 1, skipped: 1, quarantined: 0 }])
})

test('a delivery of sections that is imported again after their result settles what waited', async () => {
  await deliver({ 'sections-20260504.csv': sections(part(), part(70, '300000002')) })
  const [delivery] = await db.select().from(schema.deliveries)
  await deliver({ 'exam-20260505.dat': results })

  await requestRun(db, delivery!.id, null)
  await tick()

  expect(await balances()).toMatchObject([
    { read: 2, unchanged: 1, quarantined: 1 },
    { read: 1, new: 1 },
  ])
  expect(await parts()).toEqual([['300000001', '1', '80']])
})

test('sections whose registration was in a column that nobody had named wait for their result once it is', async () => {
  const map = (registrationId: string) => ({
    maps: [
      {
        name: 'Sections',
        files: 'SECT*',
        kind: 'section',
        columns: { registrationId, code: 'No', name: 'Section' },
      },
    ],
    brakes: { failingShare: 1 },
  })
  await db.update(schema.feeds).set({ settings: map('Old') })
  await deliver({
    'sect-20260504.csv': table('Old,New,No,Section', ',300000001,1,Routing'),
    'sect-20260505.csv': table('Old,New,No,Section', '7,300000001,2,Switching'),
  })
  expect((await waitingRows()).map(({ reason }) => reason).toSorted()).toEqual([
    'missing_required',
    'orphan_section',
  ])

  await db.update(schema.feeds).set({ settings: map('New'), version: 2 })
  await tick()
  expect(await db.select().from(schema.quarantinedRows)).toMatchObject([
    { reason: 'orphan_section', registrationId: '300000001', resolvedAt: null },
    { reason: 'orphan_section', registrationId: '300000001', resolvedAt: null },
  ])

  // The next trigger: what was tried in vain is not tried again at the same time.
  await deliver({ 'exam-20260506.dat': results }, new Date(NOW.getTime() + 300_000))
  expect((await parts()).map(([registration, code]) => [registration, code])).toEqual([
    ['300000001', '1'],
    ['300000001', '2'],
  ])
  expect(await totals()).toMatchObject({ quarantined: 0 })
})
