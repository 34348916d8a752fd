import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { sha256Hex } from '../../src/core/tokens.ts'
import { findFeedOfToken } from '../../src/import/feed-queries.ts'
import * as schema from '../../src/schema.ts'
import { CAND, candRow, table } from '../import/deliver.ts'
import { db, givenProgram, LONG_AGO } from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { post, send, signedInStaff } from '../support/requests.ts'
import { formOf } from './read-page.ts'

const PEARSON = '/staff/feeds/pearson'
const HOUR_MS = 3_600_000

/** The start of the import goes astray, so that it stays with the scheduler. */
const notStarting = { IMPORT_WORKFLOW: { create: async () => ({}) } as unknown as Workflow }

/** Unlike the defaults in every setting. */
const UNUSUAL = {
  dateFormats: ['DD/MM/YYYY', 'YYYY-MM-DD'],
  timeZone: 'America/New_York',
  encoding: 'windows-1252',
  decimalSign: ',',
  scoreMeaning: 'percent',
  grades: {
    bestanden: { delivery: 'delivered', grade: 'pass' },
    'n/a "<b>"': { delivery: 'no_show_excused', grade: 'none' },
  },
  notExamWords: ['practice', 'demo & trial'],
  stripsZeros: true,
  createsCandidates: false,
  fileName: 'psi_{date}-{time}*',
  fileNameZone: 'Europe/Berlin',
  maps: [{ name: 'PSI', files: 'psi*.csv', kind: 'result', columns: { grade: 'Outcome' } }],
  brakes: {
    unmatchedShare: 0.07,
    failingShare: 0.125,
    fewestRows: 5,
    emptyIsUnusual: false,
    missingFromBulkShare: 0.29,
  },
  keptDays: 400,
}

let editor: { cookie: string }
let owner: { cookie: string }

beforeEach(async () => {
  await givenProgram()
  editor = await signedInStaff('catalogue')
  owner = await signedInStaff('owner')
})

async function storedFeed(id = 'pearson') {
  const [feed] = await db.select().from(schema.feeds).where(eq(schema.feeds.id, id))
  return feed!
}

async function page(path: string, headers: { cookie: string }) {
  const response = await send(path, { headers })
  return { status: response.status, text: await response.text() }
}

const actionsTold = async () => (await db.select().from(schema.auditLog)).map(({ action }) => action)

async function untouched(path = PEARSON) {
  const { text } = await page(path, editor)
  const fields: Record<string, string[]> = {}
  for (const [name, value] of await formOf(text, path)) fields[name] = [...(fields[name] ?? []), value]
  return fields
}

function upload(token: string, feed = 'pearson', name = 'cand-20260503.dat', row = '00001234') {
  const body = table(CAND, candRow(row))
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'text/plain',
    'content-length': String(body.length),
  }
  return send(`/api/v1/feeds/${feed}/deliveries/${name}`, { method: 'PUT', body, headers }, notStarting)
}

test('a feed is made with an ID that nobody else has, and is listed', async () => {
  const asked = { id: 'psi', name: 'PSI <Services>', start: 'mapped' }

  const made = await post('/staff/feeds/new', asked, { headers: editor })
  const again = await post('/staff/feeds/new', asked, { headers: editor })

  expect([made.status, made.headers.get('location')]).toEqual([303, '/staff/feeds/psi?made'])
  expect(again.status).toBe(422)
  expect(await again.text()).toContain('A feed has this ID already')
  for (const id of ['new', 'PSI', '1st', 'a b', '../psi', 'x'.repeat(21), ''])
    expect((await post('/staff/feeds/new', { ...asked, id }, { headers: editor })).status).toBe(422)
  expect((await storedFeed('psi')).settings).toMatchObject({ createsCandidates: false })
  const list = await page('/staff/feeds', editor)
  expect(list.text).toContain('PSI &lt;Services&gt;')
  expect(list.text).toContain('None of its own')
  expect(await actionsTold()).toEqual(['feed.made'])
})

test('every setting is shown in the form as it is stored, and stays so when the form is sent as it is', async () => {
  await db.update(schema.feeds).set({ settings: UNUSUAL })

  const saved = await post(PEARSON, await untouched(), { headers: editor })

  expect(saved.headers.get('location')).toBe(`${PEARSON}?saved`)
  expect(await storedFeed()).toMatchObject({ settings: UNUSUAL, version: 2 })
  expect(await actionsTold()).toEqual(['feed.changed'])
  const shown = await page(PEARSON, await signedInStaff('reviewer'))
  expect(shown.text).not.toContain(`<form class="form form--wide"`)
  for (const word of [
    'DD/MM/YYYY, YYYY-MM-DD',
    '12.5 %',
    'Did not come, excused',
    'practice, demo &amp; trial',
  ])
    expect(shown.text).toContain(word)
})

test('a wrong setting is told of beside its field, with everything that was typed', async () => {
  const fields = { ...(await untouched()), timeZone: 'Middle/Earth', notExamWords: '<i>retake' }

  const refused = await post(PEARSON, fields, { headers: editor })

  const text = await refused.text()
  expect(refused.status).toBe(422)
  expect(text).toContain('Enter a time zone as it stands in the IANA list')
  expect(text).toContain('Middle/Earth')
  expect(text).toContain('&lt;i&gt;retake')
  expect((await storedFeed()).version).toBe(1)
})

test('of two who change a feed at once the second sees both, and decides', async () => {
  const fields = await untouched()
  await post(PEARSON, { ...fields, keptDays: '30' }, { headers: owner })

  const late = await post(PEARSON, { ...fields, keptDays: '60' }, { headers: editor })
  const text = await late.text()

  expect(late.status).toBe(409)
  expect(text).toContain('Somebody else saved in between')
  expect(text).toMatch(/data-label="Saved by now"><bdi>30<\/bdi>.*data-label="Yours"><bdi>60<\/bdi>/s)
  expect(await storedFeed()).toMatchObject({ version: 2, settings: { keptDays: 30 } })

  const again: Record<string, string[]> = {}
  for (const [name, value] of await formOf(text, PEARSON)) again[name] = [...(again[name] ?? []), value]
  await post(PEARSON, again, { headers: editor })
  expect(await storedFeed()).toMatchObject({ version: 3, settings: { keptDays: 60 } })
})

test('a stopped feed takes nothing in until it is started again', async () => {
  const told = await page(`${PEARSON}/stop`, editor)
  await post(`${PEARSON}/stop`, { to: 'stopped' }, { headers: editor })
  await post(`${PEARSON}/stop`, { to: 'stopped' }, { headers: editor })
  const refused = await upload(env.FEED_TOKEN)
  await post(`${PEARSON}/stop`, { to: 'in-use' }, { headers: editor })
  const taken = await upload(env.FEED_TOKEN)

  expect(told.text).toContain('An upload is answered with 409')
  expect([refused.status, taken.status]).toEqual([409, 201])
  expect(await actionsTold()).toEqual(['feed.stopped', 'feed.started'])
})

async function newToken(fields: Record<string, string>, feed = 'pearson') {
  const response = await post(`/staff/feeds/${feed}/token`, fields, { headers: owner })
  const text = await response.text()
  return { status: response.status, token: /value="([\w-]{43})"/.exec(text)?.[1] ?? '' }
}

test('a token is shown once and opens its own feed only', async () => {
  await db.insert(schema.feeds).values({
    id: 'psi',
    name: 'PSI',
    settings: {},
    createdAt: LONG_AGO,
    changedAt: LONG_AGO,
  })
  const { token } = await newToken({ madeAt: '' }, 'psi')
  const others = (await (await upload(env.FEED_TOKEN)).json()) as { id: string }
  const authorization = `Bearer ${token}`

  expect((await upload(token, 'psi')).status).toBe(201)
  expect((await upload(token, 'pearson')).status).toBe(404)
  expect((await send('/api/v1/feeds/pearson/deliveries', { headers: { authorization } })).status).toBe(404)
  expect((await send(`/api/v1/deliveries/${others.id}`, { headers: { authorization } })).status).toBe(404)
  expect((await storedFeed('psi')).tokenHash).toBe(await sha256Hex(token))
  for (const path of ['/staff/feeds/psi', '/staff/feeds/psi/token', '/staff/feeds'])
    expect((await page(path, owner)).text).not.toContain(token)
  expect(await actionsTold()).toEqual(['feed.token-made'])
})

test('an old token counts for a day more, unless it is stopped at once', async () => {
  const madeAt = async () => String((await storedFeed()).tokenMadeAt?.getTime() ?? '')
  const opens = async (token: string, at = new Date()) => findFeedOfToken(db, await sha256Hex(token), at)
  const first = await newToken({ madeAt: '' })
  const sentTwice = await newToken({ madeAt: '' })
  const second = await newToken({ madeAt: await madeAt() })
  const inADay = new Date(Date.now() + 25 * HOUR_MS)

  expect([sentTwice.status, sentTwice.token]).toEqual([409, ''])
  expect(await Promise.all([opens(first.token), opens(second.token)])).toEqual(['pearson', 'pearson'])
  expect(await Promise.all([opens(first.token, inADay), opens(second.token, inADay)])).toEqual([
    null,
    'pearson',
  ])
  expect((await upload(first.token)).status).toBe(201)
  expect((await page(PEARSON, editor)).text).toContain('The one before it still works until')

  const third = await newToken({ madeAt: await madeAt(), atOnce: 'on' })
  expect(await Promise.all([opens(first.token), opens(second.token), opens(third.token)])).toEqual([
    null,
    null,
    'pearson',
  ])
  expect((await upload(second.token)).status).toBe(401)
})

test('who signed in a while ago proves themselves before a token is made', async () => {
  const earlier = await signedInStaff('owner', new Date(Date.now() - HOUR_MS / 3))

  const sent = await post(`${PEARSON}/token`, { madeAt: '' }, { headers: earlier })

  expect(sent.headers.get('location')).toBe(
    '/staff/sign-in/again?return_to=%2Fstaff%2Ffeeds%2Fpearson%2Ftoken',
  )
  expect((await storedFeed()).tokenHash).toBeNull()
})

async function givenDeliveries(count: number) {
  for (let n = 0; n < count; n += 1) {
    const id = crypto.randomUUID()
    await env.DB.batch([
      env.DB.prepare(
        `INSERT INTO deliveries (id, feed, name, sha256, bytes, vendor_time, received_at, received_by, object_key, state)
         VALUES (?1, 'pearson', 'exam.dat', substr(?1 || ?1, 1, 64), 1, ?2, 0, 'api', 'k', 'imported')`,
      ).bind(id, n),
      env.DB.prepare(
        `WITH RECURSIVE lines (line) AS (SELECT 1 UNION ALL SELECT line + 1 FROM lines WHERE line < 50)
         INSERT INTO quarantined_rows (delivery_id, member, line, kind, reason, message, raw, quarantined_at, resolved_at)
         SELECT ?1, 'm', line, 'result', 'bad_date', '', '', 0, iif(line <= 2, NULL, 1) FROM lines`,
      ).bind(id),
    ])
  }
}

test.each(['/staff/feeds', PEARSON])('%s costs two round trips, however much was delivered', async (path) => {
  const cost = async () => {
    const counted = countedDatabase(env.DB)
    const response = await send(path, { headers: editor }, { DB: counted.d1 })
    return { ...counted.cost, text: await response.text() }
  }
  await givenDeliveries(110)
  const before = await cost()
  await givenDeliveries(60)
  const after = await cost()

  expect(before.roundTrips).toBe(2)
  expect(before.text).toContain('100 rows or more')
  expect(after.rowsRead).toBeLessThanOrEqual(before.rowsRead + 5)
})
