import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { strToU8, zipSync } from 'fflate'
import { beforeEach, expect, test } from 'vitest'
import { listReports, loadReport, requestRun } from '../../src/import/delivery-queries.ts'
import { findRepeats } from '../../src/import/find-repeats.ts'
import { importChunk } from '../../src/import/import-chunk.ts'
import { openTable } from '../../src/import/open-table.ts'
import { stageChunk, stageRepeats } from '../../src/import/stage-chunk.ts'
import { markContradictions } from '../../src/import/staging-queries.ts'
import { digestOf, takeIn } from '../../src/import/take-in.ts'
import * as schema from '../../src/schema.ts'
import { db, givenProgram } from '../support/builders.ts'
import { CAND, candRow, deliver, EXAM_A, examRow, NOW, table, tick } from './deliver.ts'
import { givenFeed } from './given-feed.ts'
import { record, totals, waitingRows } from './record.ts'

beforeEach(async () => {
  await givenProgram()
})

const people = table(CAND, candRow('00001234'), candRow('00001235', { first: 'Grace', last: 'Hopper' }))
const sitting = (n: number, given: Parameters<typeof examRow>[0] = {}) =>
  examRow({ registration: `${300_000_000 + n}`, ...given })
const sittings = (count: number, given: (n: number) => Parameters<typeof examRow>[0] = () => ({})) =>
  table(EXAM_A, ...Array.from({ length: count }, (_, n) => sitting(n, given(n))))

async function newest() {
  const [report] = await listReports(db, 'pearson', 1)
  return report!
}

const reviewer = async () =>
  (
    await db
      .insert(schema.staff)
      .values({ email: 'r@example.org', name: 'Rita', role: 'reviewer', invitedAt: NOW })
      .returning()
  )[0]!.id

test.each([
  ['rows that make no sense', 'failing', (n: number) => (n % 3 === 0 ? { grade: 'great' } : {})],
  [
    'candidates that nobody knows',
    'unmatched',
    (n: number) => ({ candidate: n % 5 < 3 ? `X${n}` : '00001234' }),
  ],
  ['exams that nobody knows', 'unmatched', () => ({ code: 'XX0-000' })],
])(
  'a delivery with too many %s waits whole, until one of the staff lets it through',
  async (_, kind, given) => {
    await deliver({ 'cand-20260503.dat': people })
    const before = await record()

    await deliver({ 'exam-20260505.dat': sittings(30, given) })

    const { delivery, counts } = await newest()
    expect(delivery).toMatchObject({ state: 'needs_review', brakes: [{ kind, detail: { rows: 30 } }] })
    expect(counts.read).toBe(0)
    expect(await record()).toEqual(before)
    expect(await waitingRows()).toEqual([])
    expect(await db.$count(schema.stagedRows)).toBe(0)

    expect(await requestRun(db, delivery.id, await reviewer())).toBe(true)
    await tick()

    expect(await newest()).toMatchObject({ delivery: { state: 'imported', run: 2, brakes: null } })
    expect((await newest()).counts).toMatchObject({ read: 30, new: expect.any(Number) })
    expect((await waitingRows()).length + (await record()).results.length).toBe(30)
  },
)

test('people whom the same delivery brings are known when it is weighed', async () => {
  const crowd = Array.from({ length: 30 }, (_, n) => candRow(`C${n}`))
  const zip = zipSync({
    'exam.dat': strToU8(sittings(30, (n) => ({ candidate: `C${n}` }))),
    'cand.dat': strToU8(table(CAND, ...crowd)),
  })

  await deliver({ 'JNCP-20260505.zip': zip })

  expect((await newest()).delivery.state).toBe('imported')
  expect((await record()).results).toHaveLength(30)
})

test('a delivery without rows is a quiet day, but not where there always are some', async () => {
  await deliver({ 'exam-20260501.dat': table(EXAM_A), 'cand-20260502.dat': people })
  expect((await db.select().from(schema.deliveries)).map(({ state }) => state)).toEqual([
    'imported',
    'imported',
  ])
  for (let n = 3; n <= 7; n += 1) await deliver({ [`exam-2026050${n}.dat`]: table(EXAM_A, sitting(n)) })

  await deliver({ 'exam-20260508.dat': table(`${EXAM_A}\tMore`) })

  expect((await newest()).delivery).toMatchObject({
    state: 'needs_review',
    brakes: [{ kind: 'empty', detail: { usual: 1 } }],
  })
})

test('rows of one registration that say different things wait, however far apart they stand', async () => {
  await deliver({ 'cand-20260503.dat': people })
  const text = table(
    EXAM_A,
    sitting(1, { score: '700' }),
    sitting(2),
    ...Array.from({ length: 20 }, (_, n) => sitting(10 + n)),
    sitting(1, { score: '800' }),
    sitting(2),
  )
  await env.BUCKET.put('uploads/exam', text)
  const arrival = {
    name: 'exam-20260505.dat',
    objectKey: 'uploads/exam',
    bytes: text.length,
    sha256: await digestOf(env.BUCKET, 'uploads/exam'),
    receivedAt: NOW,
    receivedBy: 'api' as const,
  }
  const { delivery } = await takeIn(db, env.BUCKET, givenFeed(), arrival)
  const source = { member: delivery.name, bytes: text.length, number: 0, inZip: false }
  const opened = await openTable(env.BUCKET, givenFeed(), delivery, source)
  if (!opened.ok || !opened.value) throw new Error('not a table')

  for (let at = opened.value.start; at.offset < text.length; )
    at = await stageChunk(env, delivery, opened.value, at, 400, [])
  const repeated = await findRepeats(db, delivery, opened.value, 0)
  expect(repeated).toHaveLength(2)
  for (let at = opened.value.start; at.offset < text.length; )
    at = await stageRepeats(env, delivery, opened.value, at, 400, new Set(repeated))
  await markContradictions(db, delivery.id)
  for (let at = opened.value.start; at.offset < text.length; )
    at = await importChunk(env, delivery, opened.value, at, NOW, 400)

  expect(await db.$count(schema.stagedRows)).toBe(4)
  expect(await totals()).toMatchObject({ new: 2 + 21, unchanged: 1, quarantined: 2 })
  expect(await waitingRows()).toMatchObject([
    { line: 2, reason: 'duplicate_in_file' },
    { line: 24, reason: 'duplicate_in_file' },
  ])
})

test('a delivery that is imported again has no second effect, and its balance is its own', async () => {
  await deliver({
    'cand-20260503.dat': people,
    'exam-20260505.dat': sittings(3),
    'exam-20260506.dat': sittings(1, () => ({ grade: 'fail', score: '1' })),
  })
  const before = await record()
  const [older] = await db
    .select()
    .from(schema.deliveries)
    .where(eq(schema.deliveries.name, 'exam-20260505.dat'))

  expect(await requestRun(db, older!.id, null)).toBe(true)
  expect(await requestRun(db, older!.id, null)).toBe(false)
  await tick()

  expect(await record()).toEqual(before)
  const report = (await loadReport(db, older!.id, { limit: 10, offset: 0 }))!
  expect(report.delivery).toMatchObject({ state: 'imported', run: 2 })
  expect(report.counts).toMatchObject({ read: 3, new: 0, changed: 0, unchanged: 2, superseded: 1 })
  expect(await db.$count(schema.resultVersions)).toBe(1)
})

test('a row that made no sense counts when its feed is set right and the delivery is imported again', async () => {
  await deliver({
    'cand-20260503.dat': people,
    'exam-20260505.dat': sittings(2, (n) => ({ grade: n === 0 ? 'P' : 'pass' })),
  })
  expect(await waitingRows()).toMatchObject([{ line: 2, reason: 'unknown_grade', resolvedAt: null }])
  await db.update(schema.feeds).set({
    settings: {
      grades: { p: { delivery: 'delivered', grade: 'pass' }, pass: { delivery: 'delivered', grade: 'pass' } },
    },
  })

  await requestRun(db, (await newest()).delivery.id, null)
  await tick()

  expect((await record()).results).toHaveLength(2)
  expect(await waitingRows()).toMatchObject([{ line: 2, resolvedAt: expect.any(Date) }])
  expect((await newest()).counts).toMatchObject({ read: 2, new: 1, unchanged: 1, quarantined: 0 })
})

test('a pass that is lost opens a review and tells the candidate once; hold and release hide and show it', async () => {
  await deliver({ 'cand-20260503.dat': people, 'exam-20260505.dat': sittings(1) })
  const csv = (...rows: string[]) =>
    table('result_id,client_candidate_id,exam_code,delivered_at,delivery,grade,validity,score', ...rows)
  const said = (grade: string, validity: string) =>
    csv(`300000000,00001234,JN0-106,2026-05-04 12:30,delivered,${grade},${validity},742`)
  const changes = async () =>
    (await db.select().from(schema.mailOutbox))
      .filter(({ template }) => template === 'result_changed')
      .map(({ payload }) => (payload as { change: string }).change)

  await db.update(schema.mailOutbox).set({ queuedAt: NOW, sentAt: NOW })

  await deliver({ 'results-20260506.csv': said('pass', 'held') })
  expect(await changes()).toEqual(['held'])
  await deliver({ 'results-20260507.csv': said('pass', 'valid') })
  expect(await changes()).toEqual(['held', 'released'])
  await deliver({ 'results-20260508.csv': said('fail', 'valid') })
  await deliver({ 'results-20260509.csv': said('fail', 'revoked') })

  expect(await changes()).toEqual(['held', 'released', 'grade', 'revoked'])
  expect(await db.select().from(schema.resultReviews)).toMatchObject([
    { kind: 'pass_lost', registrationId: '300000000', closedAt: null },
    { kind: 'revoked', registrationId: '300000000', closedAt: null },
  ])
  const [award] = await db.select().from(schema.awards)
  expect(award).toMatchObject({ suspendedOn: expect.any(String), revokedOn: null })
})
