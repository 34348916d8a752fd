import { introspectWorkflow } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import * as schema from '../../src/schema.ts'
import { db, givenProgram } from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { send } from '../support/requests.ts'
import { CAND, candRow, EXAM_A, examRow, table, tick } from './deliver.ts'

const authorization = `Bearer ${env.FEED_TOKEN}`
const people = table(CAND, candRow('00001234'))

beforeEach(async () => {
  await givenProgram()
})

/** The start of the import goes astray, so that it stays with the scheduler. */
const notStarting = { IMPORT_WORKFLOW: { create: async () => ({}) } as unknown as Workflow }

function put(
  name: string,
  body: string,
  headers: Record<string, string> = {},
  { feed = 'pearson', bindings = notStarting as Partial<Env> } = {},
) {
  const length = String(new TextEncoder().encode(body).length)
  const usual = { authorization, 'content-type': 'text/tab-separated-values', 'content-length': length }
  return send(
    `/api/v1/feeds/${feed}/deliveries/${name}`,
    { method: 'PUT', body, headers: { ...usual, ...headers } },
    bindings,
  )
}

async function report(id: string, query = '') {
  const response = await send(`/api/v1/deliveries/${id}${query}`, { headers: { authorization } })
  return (await response.json()) as Record<string, unknown>
}

test('a delivered file is received once, whatever it is called', async () => {
  const first = await put('cand-20260503.dat', people)
  const again = await put('cand-20260504.dat', people)

  expect(first.status).toBe(201)
  const received = (await first.json()) as { id: string; sha256: string }
  expect(received).toMatchObject({ bytes: people.length, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) })
  expect(again.status).toBe(200)
  expect(await again.json()).toEqual(received)
  const objects = (await env.BUCKET.list()).objects.map(({ key }) => key)
  expect(objects).toEqual([`deliveries/pearson/${received.sha256}`])
})

test('a delivered file is imported without waiting for the scheduler, and can be watched', async () => {
  await using workflows = await introspectWorkflow(env.IMPORT_WORKFLOW)
  const rows = table(CAND, candRow('00001234'), 'too few cells')
  const { id } = (await (
    await put('cand-20260503.dat', rows, { 'content-type': 'text/plain' }, { bindings: {} })
  ).json()) as { id: string }
  for (const instance of await workflows.get()) await instance.waitForStatus('complete')

  expect(await report(id)).toMatchObject({
    id,
    feed: 'pearson',
    name: 'cand-20260503.dat',
    state: 'imported',
    counts: { read: 2, new: 1, changed: 0, unchanged: 0, superseded: 0, quarantined: 1, skipped: 0 },
    problems: [
      {
        line: 3,
        member: 'cand-20260503.dat',
        reason: 'bad_columns',
        message: 'has 1 cells, and the header has 15',
      },
    ],
    next: null,
  })
})

test('many problems come in pages', async () => {
  await db.update(schema.feeds).set({ settings: { brakes: { failingShare: 1 } } })
  const rows = Array.from({ length: 150 }, (_, n) => examRow({ registration: `${n}`, grade: 'great' }))
  const { id } = (await (await put('exam-20260505.dat', table(EXAM_A, ...rows))).json()) as { id: string }
  await tick()

  const first = await report(id)
  const second = await report(id, '?page=2')

  expect(first).toMatchObject({ next: `/api/v1/deliveries/${id}?page=2` })
  expect(first.problems).toHaveLength(100)
  expect(second).toMatchObject({ next: null })
  expect(second.problems).toHaveLength(50)
})

test('a failed delivery says why', async () => {
  const { id } = (await (await put('letter.txt', 'Dear colleagues')).json()) as { id: string }
  await tick()

  expect(await report(id)).toMatchObject({
    state: 'failed',
    failure: 'is neither a ZIP nor a table that we know',
  })
})

describe('refused', () => {
  test.each([
    ['without a token', { authorization: '' }, 401],
    ['with a wrong token', { authorization: 'Bearer wrong' }, 401],
    ['of another type', { 'content-type': 'application/pdf' }, 415],
    ['without a length', { 'content-length': '' }, 411],
    ['larger than 100 MB', { 'content-length': String(100 * 1024 * 1024 + 1) }, 413],
    ['shorter than it says', { 'content-length': '5000' }, 400],
  ])('%s', async (_, headers, status) => {
    const given = { ...headers }
    const response = await put('exam.dat', 'some bytes', given)

    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await response.json()).toMatchObject({ status, detail: expect.any(String) })
    expect(await db.$count(schema.deliveries)).toBe(0)
    expect((await env.BUCKET.list()).objects).toEqual([])
  })

  test('without a token, no database is asked and the way in is named', async () => {
    const { d1, cost } = countedDatabase(env.DB)

    const response = await send(
      '/api/v1/feeds/pearson/deliveries/exam.dat',
      { method: 'PUT', body: people },
      { DB: d1 },
    )

    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="feeds"')
    expect(cost.roundTrips).toBe(0)
  })

  test('of whoever tries many tokens, each time another', async () => {
    const keys = new Set<string>()
    const limit = async ({ key }: { key: string }) => ({ success: keys.add(key).size > 1 })
    const bindings = { API_LIMITER: { limit } as RateLimit }

    const answers = await Promise.all(
      ['one', 'two'].map((token) =>
        put('exam.dat', people, { authorization: `Bearer ${token}` }, { bindings }),
      ),
    )

    expect(answers.map(({ status }) => status)).toEqual([429, 429])
    expect(answers[0]!.headers.get('content-type')).toBe('application/problem+json')
  })

  test('to a feed that is not configured', async () => {
    expect((await put('exam.dat', people, {}, { feed: 'prometric' })).status).toBe(404)
    expect(
      (await put('exam.dat', people, { authorization: 'Bearer wrong' }, { feed: 'prometric' })).status,
    ).toBe(401)
  })

  test.each(['..%2Fexam.dat', '.hidden', 'a%00b', 'x'.repeat(201)])('by the name %s', async (name) => {
    const response = await put(name, people)

    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ detail: expect.stringContaining('name') })
  })

  test('when it is empty', async () => {
    expect((await put('exam.dat', '')).status).toBe(400)
  })

  test('for a delivery that is not there, and without the token for one that is', async () => {
    const { id } = (await (await put('cand.dat', people)).json()) as { id: string }

    expect((await send('/api/v1/deliveries/nothing', { headers: { authorization } })).status).toBe(404)
    expect((await send(`/api/v1/deliveries/${id}`)).status).toBe(401)
    expect((await send(`/api/v1/deliveries/${id}?page=0`, { headers: { authorization } })).status).toBe(400)
  })
})

test("a feed's deliveries are listed the newest by the vendor's clock first, with what became of each", async () => {
  await put('cand-2026-03-02a.dat', people)
  await put('cand-2026-03-01a.dat', table(CAND, candRow('00001235')))
  const { id } = (await (await put('cand-2026-03-03a.dat', table(CAND, candRow('00001236')))).json()) as {
    id: string
  }
  await db.insert(schema.deliveryChunks).values(
    [0, 100].map((byteOffset) => ({
      deliveryId: id,
      run: 1,
      member: 'm',
      byteOffset,
      nextOffset: 200,
      nextLine: 3,
      rowsRead: 3,
      rowsNew: 2,
      rowsChanged: 0,
      rowsUnchanged: 0,
      rowsSuperseded: 0,
      rowsQuarantined: 1,
      rowsSkipped: 0,
      appliedAt: new Date(0),
    })),
  )

  const response = await send('/api/v1/feeds/pearson/deliveries', { headers: { authorization } })

  const { deliveries } = (await response.json()) as { deliveries: { name: string; counts: object }[] }
  expect(deliveries.map(({ name }) => name)).toEqual([
    'cand-2026-03-03a.dat',
    'cand-2026-03-02a.dat',
    'cand-2026-03-01a.dat',
  ])
  expect(deliveries[0]!.counts).toMatchObject({ read: 6, new: 4, quarantined: 2 })
  expect(deliveries[1]!.counts).toMatchObject({ read: 0, new: 0 })
})
