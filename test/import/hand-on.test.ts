import { env } from 'cloudflare:workers'
import { strToU8, zipSync } from 'fflate'
import { beforeEach, expect, test } from 'vitest'
import { UNITS_AN_INSTANCE } from '../../src/core/instance-steps.ts'
import { handOn } from '../../src/import/start-deliveries.ts'
import * as schema from '../../src/schema.ts'
import { givenDelivery } from '../deliveries/given-delivery.ts'
import { db, givenProgram } from '../support/builders.ts'
import { CAND, candRow, deliver, EXAM_A, examRow, NOW, table } from './deliver.ts'
import { record, totals } from './record.ts'

beforeEach(async () => {
  await givenProgram()
})

test('a run that is too much for one instance is gone on with by others, to the same end', async () => {
  const tables = UNITS_AN_INSTANCE + 5
  const numbers = Array.from({ length: tables }, (_, n) => String(1000 + n))
  const zip = zipSync({
    ...Object.fromEntries(
      numbers.map((id) => [`cand-${id}.dat`, strToU8(table(CAND, candRow(id), candRow(id)))]),
    ),
    'exam.dat': strToU8(table(EXAM_A, ...numbers.map((id) => examRow({ candidate: id, registration: id })))),
  })

  await deliver({ 'ORG-20260505.zip': zip })

  const [delivery] = await db.select().from(schema.deliveries)
  // Staging and applying are more than one instance may do each, and awards come after.
  expect(delivery).toMatchObject({ state: 'imported', instanceId: `${delivery!.sha256}-pearson_p3` })
  expect(await totals()).toMatchObject({ new: 2 * tables, unchanged: tables, quarantined: 0 })
  const { people, awards } = await record()
  expect(people.map(({ id }) => id)).toEqual(numbers)
  expect(awards).toHaveLength(tables)
  expect(await db.$count(schema.stagedChunks)).toBe(tables + 1)
})

test('the next instance is created once, also where handing on is tried again, and by nobody who was passed', async () => {
  const { id } = await givenDelivery({ state: 'importing', instanceId: 'x' })
  const created: { id: string; params: unknown }[] = []
  let fails = true
  const workflow = {
    create: async (options: { id: string; params: unknown }) => {
      if (fails) throw new Error('the engine is away')
      created.push(options)
    },
  }
  const bindings = { DB: env.DB, IMPORT_WORKFLOW: workflow as unknown as Workflow }
  const params = {
    deliveryId: id,
    at: NOW.getTime(),
    reached: { phase: 'settling' as const, end: { state: 'imported' as const } },
  }

  await expect(handOn(bindings, 'x', params)).rejects.toThrow('the engine is away')
  fails = false
  await handOn(bindings, 'x', params)
  await handOn(bindings, 'y', params)

  expect(created).toEqual([{ id: 'x_p2', params }])
})

test('a table that repeats itself is compared over several instances, and only what it contradicts waits', async () => {
  const sittings = Array.from({ length: 30 }, (_, n) => examRow({ registration: `${300_000_000 + n}` }))
  const [first, second] = [examRow({ registration: '300000000', score: '800' }), sittings[1]!]
  const tables = UNITS_AN_INSTANCE - 3
  const zip = zipSync({
    'cand.dat': strToU8(table(CAND, candRow('00001234'))),
    'exam.dat': strToU8(table(EXAM_A, ...sittings, first, second)),
    ...Object.fromEntries(
      Array.from({ length: tables }, (_, n) => [
        `exam-${n}.dat`,
        strToU8(table(EXAM_A, examRow({ registration: `${400_000_000 + n}` }))),
      ]),
    ),
  })

  await deliver({ 'ORG-20260505.zip': zip })

  const [delivery] = await db.select().from(schema.deliveries)
  expect(delivery).toMatchObject({ state: 'imported', instanceId: `${delivery!.sha256}-pearson_p4` })
  expect(await totals()).toMatchObject({ new: 1 + 29 + tables, unchanged: 1, quarantined: 2 })
  expect(await db.$count(schema.stagedRows)).toBe(0)
  const digests = await db.select({ digests: schema.stagedChunks.digests }).from(schema.stagedChunks)
  expect(digests.every((chunk) => chunk.digests === null)).toBe(true)
})

test('however many tables are looked through for what they repeat, the run gets on', async () => {
  const tables = 2 * UNITS_AN_INSTANCE + 3
  const zip = zipSync({
    'cand.dat': strToU8(table(CAND, candRow('00001234'))),
    ...Object.fromEntries(
      Array.from({ length: tables }, (_, n) => [
        `exam-${n}.dat`,
        strToU8(table(EXAM_A, examRow({ registration: `${400_000_000 + n}` }))),
      ]),
    ),
  })

  await deliver({ 'ORG-20260505.zip': zip })

  expect(await db.select().from(schema.deliveries)).toMatchObject([{ state: 'imported' }])
  expect(await totals()).toMatchObject({ new: 1 + tables, quarantined: 0 })
})
