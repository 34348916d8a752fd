import { env } from 'cloudflare:workers'
import { eq, sql } from 'drizzle-orm'
import { strToU8, zipSync } from 'fflate'
import { beforeEach, expect, test } from 'vitest'
import * as schema from '../../src/schema.ts'
import { CAND, candRow, deliver, EXAM_A, examRow, table } from '../import/deliver.ts'
import { db, givenProgram, LONG_AGO } from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { givenStaff, send, signedInStaff } from '../support/requests.ts'
import { givenChunk, givenDelivery } from './given-delivery.ts'

beforeEach(async () => {
  await givenProgram()
})

async function view(path: string, role: Parameters<typeof signedInStaff>[0] = 'support') {
  const response = await send(path, { headers: await signedInStaff(role) })
  const text = await response.text()
  expect(text).not.toMatch(/undefined|NaN|\[object|style=|Invalid Date/)
  return { response, text, words: text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ') }
}

const people = table(CAND, candRow('00001234'))
const rows = (count: number, given: Parameters<typeof examRow>[0] = {}) =>
  Array.from({ length: count }, (_, n) => examRow({ registration: `${300_000_000 + n}`, ...given }))

test('without deliveries the page says so', async () => {
  const { response, words } = await view('/staff/deliveries')

  expect(response.status).toBe(200)
  expect(words).toContain('Nothing was delivered yet')
  expect(words).toContain('No rows came in the last 30 days')
})

test('deliveries are listed the newest first with what came of them, and drawn by day', async () => {
  const grace = await givenStaff('reviewer', { name: 'Grace مراجعة' })
  const received = (minutesAgo: number) => new Date(Date.now() - minutesAgo * 60_000)
  await db.insert(schema.feeds).values({
    id: 'prometric',
    name: 'Prometric',
    settings: {},
    createdAt: LONG_AGO,
    changedAt: LONG_AGO,
  })
  const old = await givenDelivery({ name: 'old.dat', receivedAt: received(3 * 24 * 60), receivedBy: 'inbox' })
  const fresh = await givenDelivery({
    name: '<b>fresh.dat',
    receivedAt: received(4),
    sender: `staff:${grace.id}`,
  })
  await givenDelivery({
    name: 'other.csv',
    feed: 'prometric',
    receivedAt: received(20),
    state: 'failed',
    failure: 'is empty',
  })
  await givenChunk({ deliveryId: old.id, rowsNew: 1200, rowsQuarantined: 3 })
  await givenChunk({ deliveryId: fresh.id, rowsUnchanged: 4 })
  await givenChunk({ deliveryId: fresh.id, byteOffset: 1000, rowsChanged: 1 })

  const { text, words } = await view('/staff/deliveries')

  expect(words.indexOf('fresh.dat')).toBeLessThan(words.indexOf('other.csv'))
  expect(words.indexOf('other.csv')).toBeLessThan(words.indexOf('old.dat'))
  expect(text).toContain('<bdi>&lt;b&gt;fresh.dat</bdi>')
  expect(words).toContain('5 rows 1 changed and 4 unchanged')
  expect(words).toContain('1,203 rows 1,200 new and 3 in quarantine')
  expect(words).toContain('(4 minutes ago) Grace مراجعة')
  expect(words).toContain('(3 days ago) Vendor, inbox')
  expect(text).toContain('1,201 new or changed, 4 known already or too late, 3 in quarantine in all.')
  expect(text).toContain('standing--revoked">Failed')

  const attention = (await view('/staff/deliveries?state=attention')).words
  expect(attention).toContain('other.csv')
  expect(attention).not.toContain('old.dat')
  const prometric = (await view('/staff/deliveries?feed=prometric')).words
  expect(prometric).toContain('other.csv')
  expect(prometric).not.toContain('old.dat')
  expect((await view('/staff/deliveries?state=under-way')).words).toContain('Nothing is being imported')
  expect((await view('/staff/deliveries?feed=%27%3B--&state=x&after=y')).response.status).toBe(200)
})

test('the list costs two round trips and one page of rows, however many deliveries there are', async () => {
  const insertion = (count: number, from: number) => sql`
    INSERT INTO deliveries (id, feed, name, sha256, bytes, vendor_time, received_at, received_by, object_key, state, failure)
    WITH RECURSIVE n (n) AS (SELECT ${from} UNION ALL SELECT n + 1 FROM n WHERE n < ${from + count - 1})
    SELECT printf('%08x-0000-4000-8000-000000000000', n), 'pearson', 'd' || CAST(n AS INTEGER), printf('%064d', n), 1, n, n, 'api', 'k' || n,
      iif(n % 3 = 0, 'failed', 'imported'), iif(n % 3 = 0, 'x', NULL) FROM n`
  const cost = async (query: string) => {
    const { d1, cost } = countedDatabase(env.DB)
    const response = await send(
      `/staff/deliveries${query}`,
      { headers: await signedInStaff('support') },
      { DB: d1 },
    )
    expect(cost.roundTrips).toBe(2)
    return { read: cost.rowsRead, text: await response.text() }
  }
  const queries = [
    '',
    '?state=attention',
    '?feed=pearson',
    '?state=imported&feed=pearson',
    '?state=under-way',
    '?after=500.x',
  ]
  await db.run(insertion(400, 1))
  const few: number[] = []
  for (const query of queries) few.push((await cost(query)).read)
  await db.run(insertion(3000, 401))

  const { text } = await cost('')
  for (const [index, query] of queries.entries())
    expect((await cost(query)).read, query).toBeLessThanOrEqual(few[index]! + 5)

  const next = /href="(\/staff\/deliveries\?after=[^"]+)"/.exec(text)![1]!
  const first = [...text.matchAll(/<bdi>(d\d+)<\/bdi>/g)].map(([, name]) => name)
  const second = [...(await view(next)).text.matchAll(/<bdi>(d\d+)<\/bdi>/g)].map(([, name]) => name)
  expect(first).toEqual(Array.from({ length: 50 }, (_, n) => `d${3400 - n}`))
  expect(second).toEqual(Array.from({ length: 50 }, (_, n) => `d${3350 - n}`))
})

test('one delivery tells its parts, its balance, its problems and the versions that it made', async () => {
  const zip = zipSync({
    'exam-20260505.dat': strToU8(
      table(
        EXAM_A,
        ...rows(30),
        examRow({ registration: '99', grade: 'great' }),
        examRow({ registration: '98', candidate: 'X1' }),
      ),
    ),
    'cand.dat': strToU8(people),
    'notes.txt': strToU8('Dear colleagues'),
  })
  await deliver({ 'JNCP-20260505.zip': zip })
  expect((await env.BUCKET.list({ prefix: 'deliveries/' })).objects).toHaveLength(1)
  const [delivery] = await db.select().from(schema.deliveries)
  const namesake = await givenDelivery({ name: 'JNCP-20260505.zip', bytes: 7 })
  const path = `/staff/deliveries/${delivery!.id}`

  const { text, words } = await view(path, 'reviewer')

  expect(words).toContain('Imported')
  expect(words).toContain(
    '33 read = 31 new + 0 changed + 0 unchanged + 0 too late + 2 in quarantine + 0 passed over',
  )
  expect(words).toContain('It balances: 33 rows')
  expect(words).toContain('is of no kind that is imported')
  expect(words).toContain('Kept, not imported')
  expect(words).toContain(delivery!.sha256)
  expect(words).toContain('line 32')
  expect(words).toContain('Unknown candidate')
  expect(text).toContain(`href="/staff/deliveries/${namesake.id}"`)
  expect(text.match(/href="\/staff\/results\/\d+"/g)).toHaveLength(25)
  expect(text).toContain(`href="${path}/file"`)
  expect(text).toContain(`action="${path}/run"`)
  const more = /href="([^"]*versions-after=[^"]*)"/.exec(text)![1]!.replaceAll('&amp;', '&')
  const second = (await view(more)).text
  expect(second.match(/href="\/staff\/results\/\d+"/g)).toHaveLength(5)
  expect(second).not.toContain('versions-after')
  // Who may only look sees neither the file nor the forms.
  expect(second).not.toMatch(/\/file"|\/run"|set-aside"/)

  const { d1, cost } = countedDatabase(env.DB)
  await send(path, { headers: await signedInStaff('support') }, { DB: d1 })
  expect(cost.roundTrips).toBe(2)
  expect(cost.rowsRead).toBeLessThan(260)
})

test('what is to be told of a row that counts is told in words, beside the delivery and on the row’s own page', async () => {
  await deliver({
    'cand-20260503.dat': people,
    'exam-20260505.dat': table(EXAM_A, examRow({ grade: 'fail' })),
  })
  const [, delivery] = await db.select().from(schema.deliveries)

  const { words } = await view(`/staff/deliveries/${delivery!.id}?rows=all`)
  const row = await view(`/staff/quarantine/${delivery!.id}/2?member=exam-20260505.dat`)

  expect(words).toContain('Grade and score disagree')
  expect(row.text).toContain('<h1>Grade and score disagree</h1>')
  expect(row.words).toContain('The vendor’s grade counts.')
})

test('many rows that wait come in pages, in the order of the file', async () => {
  await db.update(schema.feeds).set({ settings: { brakes: { failingShare: 1 } } })
  await deliver({ 'exam-20260505.dat': table(EXAM_A, ...rows(40, { grade: 'great' })) })
  const [delivery] = await db.select().from(schema.deliveries)
  await db.run(sql`UPDATE quarantined_rows SET resolved_at = 1 WHERE line = 3`)

  const first = await view(`/staff/deliveries/${delivery!.id}`)
  const next = /href="([^"]*rows-after=[^"#]*)/.exec(first.text)![1]!.replaceAll('&amp;', '&')
  const second = await view(next)
  const all = await view(`/staff/deliveries/${delivery!.id}?rows=all`)

  const lines = ({ text }: { text: string }) =>
    [...text.matchAll(/>line (\d+)</g)].map(([, line]) => Number(line))
  expect(lines(first)).toEqual([2, ...Array.from({ length: 24 }, (_, n) => n + 4)])
  expect(lines(second)).toEqual(Array.from({ length: 14 }, (_, n) => n + 28))
  expect(lines(all).slice(0, 3)).toEqual([2, 3, 4])
  expect(all.words).toContain('Settled since')
})

test('a name of 200 characters, in any script, stays a name', async () => {
  const name = `${'نتائج'.repeat(39)}.dat`.slice(0, 200)
  const { id } = await givenDelivery({ name, state: 'received' })

  expect((await view('/staff/deliveries')).text).toContain(`<bdi>${name}</bdi>`)
  expect((await view(`/staff/deliveries/${id}`)).text).toContain(`<bdi>${name}</bdi>`)
})

test('an import under way says how far it is, on its page and to the script', async () => {
  const { id } = await givenDelivery({ state: 'importing', instanceId: 'x', run: 2 })
  await db.insert(schema.deliveryMembers).values([
    { deliveryId: id, number: 0, name: 'exam.dat', kind: 'result', bytes: 1000 },
    { deliveryId: id, number: 1, name: 'x.txt', kind: 'other', bytes: 5000 },
  ])
  const staged = { deliveryId: id, number: 0, rowsRead: 40, rowsFailing: 0, rowsUnmatched: 0 }
  await db.insert(schema.stagedChunks).values(
    [50, 500].map((byteOffset) => ({
      ...staged,
      run: 2,
      byteOffset,
      nextOffset: byteOffset === 50 ? 500 : 1000,
      nextLine: 1,
      totals: '{}',
      examples: '[]',
      stagedAt: LONG_AGO,
    })),
  )
  await givenChunk({ deliveryId: id, run: 1, rowsNew: 80 })
  await givenChunk({ deliveryId: id, run: 2, byteOffset: 50, nextOffset: 500, rowsUnchanged: 40 })

  const { text, words } = await view(`/staff/deliveries/${id}`)
  const { d1, cost } = countedDatabase(env.DB)
  const answer = await send(
    `/staff/deliveries/${id}/progress`,
    { headers: await signedInStaff('support') },
    { DB: d1 },
  )

  expect(text).toContain('<progress max="1" value="0.75"')
  expect(text).toContain('delivery-progress.js')
  expect(words).toContain('Applying: 40 of 80 rows, 75% of the whole import.')
  expect(answer.headers.get('cache-control')).toContain('no-store')
  expect(await answer.json()).toMatchObject({
    state: 'importing',
    stage: 'applying',
    stagedBytes: 1000,
    appliedBytes: 500,
    totalBytes: 1000,
    rows: 80,
    counts: { read: 40, unchanged: 40, new: 0 },
    text: expect.stringContaining('Applying'),
  })
  expect(cost.roundTrips).toBe(2)
  await db.update(schema.deliveries).set({ state: 'imported' }).where(eq(schema.deliveries.id, id))
  const ended = await send(`/staff/deliveries/${id}/progress`, { headers: await signedInStaff('support') })
  expect(await ended.json()).toMatchObject({ stage: 'ended' })
})

test('what is not there has no page', async () => {
  const nobody = '00000000-0000-4000-8000-000000000000'
  const ids = [nobody, 'x', '..%2f', `${nobody}0`, '%00']
  for (const id of ids)
    for (const page of ['', '/progress', '/file', '/problems.csv'])
      expect((await view(`/staff/deliveries/${id}${page}`, 'owner')).response.status, id + page).toBe(404)
  for (const id of ['0', '-1', 'x', '999999', '9'.repeat(20)])
    expect((await view(`/staff/results/${id}`)).response.status).toBe(404)
})
