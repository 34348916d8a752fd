import { introspectWorkflow } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import { findDelivery, forgetInstances } from '../../src/import/delivery-queries.ts'
import { importChunk } from '../../src/import/import-chunk.ts'
import { openTable } from '../../src/import/open-table.ts'
import { startDeliveries } from '../../src/import/start-deliveries.ts'
import { digestOf, takeIn } from '../../src/import/take-in.ts'
import { runImportTick } from '../../src/import/tick.ts'
import * as schema from '../../src/schema.ts'
import { db, givenProgram } from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { CAND, candRow, EXAM_A, examRow, NOW, putInInbox, table, tick } from './deliver.ts'
import { givenFeed } from './given-feed.ts'
import { record, totals } from './record.ts'

beforeEach(async () => {
  await givenProgram()
})

/** Registers a table as a delivery under way, and opens it. */
async function given(name: string, content: string | Uint8Array) {
  const objectKey = `uploads/${name}`
  const { size } = (await env.BUCKET.put(objectKey, content))!
  const { delivery } = await takeIn(db, env.BUCKET, givenFeed(), {
    name,
    objectKey,
    bytes: size,
    sha256: await digestOf(env.BUCKET, objectKey),
    receivedAt: NOW,
    receivedBy: 'api',
  })
  const opened = await openTable(env.BUCKET, givenFeed(), delivery, {
    member: name,
    bytes: size,
    number: 0,
    inZip: false,
  })
  if (!opened.ok || !opened.value) throw new Error('not a table')
  return { delivery, table: opened.value }
}

async function importInChunksOf(bytes: number, { delivery, table }: Awaited<ReturnType<typeof given>>) {
  let position = table.start
  let chunks = 0
  while (position.offset < table.bytes) {
    position = await importChunk(env, delivery, table, position, NOW, bytes)
    chunks += 1
  }
  return chunks
}

const crowd = Array.from({ length: 30 }, (_, n) =>
  candRow(`${n}`, { first: n % 3 === 0 ? '"Zoë\r\nÅsa 李"' : 'Ada', last: `Łukasz${n}` }),
)

test.each([64, 97, 128, 1000, 100_000])('chunks of %i bytes make the same record', async (bytes) => {
  await importInChunksOf(bytes, await given('cand.dat', table(CAND, ...crowd)))

  const people = (await record()).people
  expect(people).toHaveLength(30)
  expect(people.find(({ id }) => id === '3')!.name).toBe('Zoë Åsa 李 Łukasz3')
  const lines = await db.select({ line: schema.candidates.deliveryLine }).from(schema.candidates)
  expect(
    lines
      .map(({ line }) => line)
      .sort((a, b) => a - b)
      .at(-1),
  ).toBe(41)
  expect(await totals()).toMatchObject({ new: 30, quarantined: 0 })
})

test('a windows-1252 table is cut at bytes, too', async () => {
  const text = table(CAND, ...Array.from({ length: 9 }, (_, n) => candRow(`${n}`, { first: 'José' })))

  const chunks = await importInChunksOf(
    150,
    await given(
      'cand.dat',
      Uint8Array.from(text, (c) => c.charCodeAt(0)),
    ),
  )

  expect(chunks).toBeGreaterThan(3)
  expect(new Set((await record()).people.map(({ name }) => name))).toEqual(new Set(['José Byron']))
})

test('a step that is run again after its batch was written changes nothing', async () => {
  await importInChunksOf(100_000, await given('cand.dat', table(CAND, candRow('00001234'))))
  const exam = await given(
    'exam-20260505.dat',
    table(EXAM_A, examRow(), examRow({ registration: '300000002' })),
  )
  const first = await importChunk(env, exam.delivery, exam.table, exam.table.start, NOW)
  const before = [await record(), await totals(), await db.select().from(schema.candidates)]

  const again = await importChunk(env, exam.delivery, exam.table, exam.table.start, NOW)

  expect(again).toEqual(first)
  expect([await record(), await totals(), await db.select().from(schema.candidates)]).toEqual(before)
})

test('two instances at once apply a chunk once', async () => {
  const { delivery, table: opened } = await given('cand.dat', table(CAND, ...crowd))

  const ends = await Promise.all([1, 2].map(() => importChunk(env, delivery, opened, opened.start, NOW)))

  expect(ends[0]).toEqual(ends[1])
  expect(await totals()).toMatchObject({ new: 30, unchanged: 0 })
})

test('an import that was killed half-way is gone on with by the next tick', async () => {
  const { delivery, table: opened } = await given('cand.dat', table(CAND, ...crowd))
  await importChunk(env, delivery, opened, opened.start, NOW, 1000)
  await db
    .update(schema.deliveries)
    .set({ state: 'importing', instanceId: 'an-instance-that-is-gone', startedAt: NOW })

  await tick()

  expect((await findDelivery(db, delivery.id))!.state).toBe('imported')
  expect((await record()).people).toHaveLength(30)
  expect((await record()).mails).toHaveLength(30)
})

test('an import that stands still gets a second instance, and one that gets on does not', async () => {
  const { delivery } = await given('cand.dat', table(CAND, ...crowd))
  const created: string[] = []
  const workflow = {
    get: async () => ({ status: async () => ({ status: 'running' }) }),
    create: async ({ id }: { id: string }) => created.push(id),
  }
  const bindings = { DB: env.DB, IMPORT_WORKFLOW: workflow as unknown as Workflow }
  await startDeliveries(bindings, NOW)
  await startDeliveries(bindings, NOW)
  const instance = `${delivery.sha256}-pearson`
  expect(created).toEqual([instance])

  await db.update(schema.deliveries).set({ startedAt: new Date(0) })
  await startDeliveries(bindings, NOW)

  expect(created).toEqual([instance, `${instance}_a2`])
})

test('on a machine that starts anew, what was under way is gone on with at once', async () => {
  const { delivery, table: opened } = await given('cand.dat', table(CAND, ...crowd))
  await importChunk(env, delivery, opened, opened.start, NOW, 1000)
  await db.update(schema.deliveries).set({ state: 'importing', instanceId: delivery.id, startedAt: NOW })

  await forgetInstances(db)
  await tick()

  const found = await findDelivery(db, delivery.id)
  expect(found!.state).toBe('imported')
  expect(found!.instanceId).not.toBe(delivery.id)
  expect((await record()).people).toHaveLength(30)
})

test('a delivery whose import keeps failing is given up, and the next one is taken', async () => {
  await putInInbox({ 'cand-20260502.dat': table(CAND, candRow('2')) })
  const { delivery } = await given('cand-20260501.dat', table(CAND, candRow('1')))
  await env.BUCKET.delete(delivery.objectKey)

  await using workflows = await introspectWorkflow(env.IMPORT_WORKFLOW)
  await workflows.modifyAll((instance) => instance.disableRetryDelays())
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    await runImportTick(env, NOW)
    for (const instance of await workflows.get()) await instance.waitForStatus('errored')
  }
  await runImportTick(env, NOW)
  await (await workflows.get()).at(-1)!.waitForStatus('complete')

  expect(await findDelivery(db, delivery.id)).toMatchObject({
    state: 'failed',
    failure: expect.stringMatching(/^the import stopped 3 times: .* is gone$/),
  })
  expect((await record()).people).toMatchObject([{ id: '2' }])
})

test('rows that say nothing new cost the same however many results there are', async () => {
  await importInChunksOf(100_000, await given('cand.dat', table(CAND, candRow('00001234'))))
  const costs: number[] = []
  for (const [day, count] of [100, 1000].entries()) {
    const first = (day + 1) * 1_000_000
    const rows = Array.from({ length: count }, (_, n) => examRow({ registration: `${first + n}` }))
    await importInChunksOf(1_000_000, await given(`exam-2026051${day}.dat`, table(EXAM_A, ...rows)))
    const again = await given(`exam-2026052${day}.dat`, table(EXAM_A, ...rows.slice(0, 100).reverse()))
    const { d1, cost } = countedDatabase(env.DB)
    await importChunk({ ...env, DB: d1 }, again.delivery, again.table, again.table.start, NOW)
    costs.push(cost.rowsRead)
  }

  expect(await totals()).toMatchObject({ new: 1101, unchanged: 200 })
  expect(costs[1]).toBe(costs[0])
})

test('a million cells in a line without an end are set aside, not swallowed', async () => {
  const endless = `x${'\t'.repeat(5_000_000)}`

  await importInChunksOf(
    500_000,
    await given('cand.dat', `${CAND}\r\n${candRow('1')}\r\n${endless}\r\n${candRow('2')}\r\n`),
  )

  expect((await record()).people).toHaveLength(2)
})
