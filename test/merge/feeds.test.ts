import { env } from 'cloudflare:workers'
import { eq, sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { importChunk } from '../../src/import/import-chunk.ts'
import { openTable } from '../../src/import/open-table.ts'
import { digestOf, takeIn } from '../../src/import/take-in.ts'
import { mergeRecords } from '../../src/merge/merge-queries.ts'
import * as schema from '../../src/schema.ts'
import { CAND, candRow, deliver, EXAM_A, examRow, NOW, table, tick } from '../import/deliver.ts'
import { givenFeed } from '../import/given-feed.ts'
import { record, waitingRows } from '../import/record.ts'
import { db, givenProgram } from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'

const OLD = '00001234'
const NEW = '00001235'

beforeEach(async () => {
  await givenProgram()
})

const people = table(CAND, candRow(OLD, { last: 'Byron' }), candRow(NEW, { last: 'Lovelace' }))

async function merge() {
  const merge = { keptId: NEW, mergedId: OLD, actor: 'candidate' as const }
  expect(await mergeRecords(db, merge, NOW, sql`true`)).toBe(true)
}

test('a result under the old ID goes to the record that stayed, and its awards follow', async () => {
  await deliver({ 'cand-20260503.dat': people })
  await merge()

  await deliver({ 'exam-20260505.dat': table(EXAM_A, examRow({ candidate: OLD })) })

  expect((await record()).awards).toMatchObject([{ candidateId: NEW, certification: 'JNCIA-Junos' }])
  expect(await waitingRows()).toEqual([])
})

test('a later version of a result under the old ID is a version of the same', async () => {
  await deliver({
    'cand-20260503.dat': people,
    'exam-20260505.dat': table(EXAM_A, examRow({ candidate: OLD, score: '742' })),
  })
  await merge()

  await deliver({ 'exam-20260506.dat': table(EXAM_A, examRow({ candidate: OLD, score: '750' })) })

  expect((await record()).results).toMatchObject([{ score: '750' }])
  expect((await record()).mails.filter((key) => key.startsWith('result/'))).toHaveLength(1)
  expect(await waitingRows()).toEqual([])
})

test('people under the old ID change nobody, and make nobody', async () => {
  await deliver({ 'cand-20260503.dat': people })
  await merge()

  await deliver({
    'cand-20260510.dat': table(CAND, candRow(OLD, { last: 'King', email: 'elsewhere@example.org' })),
  })

  expect((await record()).people).toEqual([{ id: NEW, name: 'Ada Lovelace' }])
  const addresses = (await db.select().from(schema.candidateEmails)).map(({ address }) => address)
  expect(addresses).not.toContain('elsewhere@example.org')
  expect(await waitingRows()).toMatchObject([{ reason: 'merged', resolvedAt: NOW }])
})

test('a row that waited under the old ID counts for the record that stayed', async () => {
  await deliver({
    'cand-20260503.dat': people,
    'exam-20260505.dat': table(EXAM_A, examRow({ candidate: OLD, code: 'JN0-999' })),
  })
  await merge()
  await givenProgram((program) => {
    program.exams[0]!.codes.push({ code: 'JN0-999' })
  })

  await tick()

  expect((await record()).awards).toMatchObject([{ candidateId: NEW }])
})

test('a chunk asks the database once more where records were merged', async () => {
  await deliver({ 'cand-20260503.dat': people })
  const importing = async (name: string, registration: string) => {
    const content = table(EXAM_A, examRow({ candidate: OLD, registration }))
    const objectKey = `uploads/${name}`
    await env.BUCKET.put(objectKey, content)
    const { delivery } = await takeIn(db, env.BUCKET, givenFeed(), {
      name,
      objectKey,
      bytes: content.length,
      sha256: await digestOf(env.BUCKET, objectKey),
      receivedAt: NOW,
      receivedBy: 'api',
    })
    const member = { member: name, bytes: content.length, number: 0, inZip: false }
    const opened = await openTable(env.BUCKET, givenFeed(), delivery, member)
    if (!opened.ok || !opened.value) throw new Error('not a table')
    const { d1, cost } = countedDatabase(env.DB)
    await importChunk({ ...env, DB: d1 }, delivery, opened.value, opened.value.start, NOW)
    return cost.roundTrips
  }

  const before = await importing('exam-20260505.dat', '300000001')
  await merge()
  expect(await importing('exam-20260506.dat', '300000002')).toBe(before + 1)
  const results = await db.select().from(schema.results).where(eq(schema.results.candidateId, NEW))
  expect(results).toHaveLength(2)
})
