import { env } from 'cloudflare:workers'
import { strFromU8, unzipSync } from 'fflate'
import { beforeEach, expect, test, vi } from 'vitest'
import { randomToken, sha256Hex } from '../../src/core/tokens.ts'
import { privacy as words } from '../../src/i18n/en/privacy.ts'
import { makeDataExport, makeDataExports } from '../../src/privacy/make-copies.ts'
import { listKeys, type PersonRecord } from '../../src/privacy/record.ts'
import { writeByStaff } from '../../src/requests/thread/staff-queries.ts'
import * as schema from '../../src/schema.ts'
import { givenAsked } from '../requests/given-question.ts'
import { db, givenAward, givenCandidate, givenProgram, givenResult, LONG_AGO } from '../support/builders.ts'
import { givenStaff, post, send, signedIn } from '../support/requests.ts'
import { givenTranscript } from '../transcripts/given-transcript.ts'

vi.setConfig({ testTimeout: 30_000 })

const DATA = '/profile/privacy/data'
const HOUR = 3_600_000

beforeEach(async () => {
  await givenProgram()
})

async function givenAda() {
  const ada = await givenCandidate({
    fullName: 'Ada <b>Byron</b>',
    company: '"Engines" & Co',
    nativeName: 'Áda',
  })
  await givenResult({ candidateId: ada.id, validity: 'held', score: '999', registrationId: 'HELD1' })
  await givenResult({ candidateId: ada.id, score: '742' })
  const award = await givenAward({ candidateId: ada.id })
  await givenTranscript({
    candidateId: ada.id,
    awards: [award],
    remarks: '2026-99-99 <script>alert(1)</script>',
  })
  await db
    .insert(schema.passwords)
    .values({ candidateId: ada.id, encoded: '$scrypt$very-secret', setAt: LONG_AGO })
  const other = await givenCandidate({ fullName: 'Somebody Else' })
  return { ada, other, headers: await signedIn(ada) }
}

/** The link as the mail would bring it. */
async function givenLink(candidateId: string) {
  const [copy] = await db.select().from(schema.dataExports)
  const token = randomToken()
  await db.insert(schema.accessLinks).values({
    tokenHash: await sha256Hex(token),
    candidateId,
    purpose: 'data_export',
    sentTo: 'ada@example.org',
    data: { exportId: copy!.id, expiresOn: '2099-01-01' },
    createdAt: LONG_AGO,
    expiresAt: new Date('2099-01-01'),
  })
  return { path: `${DATA}/${token}`, copy: copy! }
}

const mails = async (template: string) =>
  (await db.select().from(schema.mailOutbox)).filter((mail) => mail.template === template)

test('a copy is made at once, holds what the record knows, and nothing secret or of others', async () => {
  const { ada, other, headers } = await givenAda()

  const asked = await post(DATA, {}, { headers })

  expect(asked.status).toBe(303)
  expect(await mails('data_ready')).toHaveLength(1)
  const { path } = await givenLink(ada.id)
  const response = await post(path, {}, { headers })
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="my-data.zip"')
  expect(response.headers.get('cache-control')).toContain('no-store')
  const files = unzipSync(new Uint8Array(await response.arrayBuffer()))
  expect(Object.keys(files).toSorted()).toEqual(['README.txt', 'record.html', 'record.json'])

  const json = strFromU8(files['record.json']!)
  const record = JSON.parse(json) as PersonRecord
  expect(record).toMatchObject({
    format: 'testamur-record-1',
    profile: { candidateId: ada.id, fullName: 'Ada <b>Byron</b>', nativeName: 'Áda', wantsResults: true },
    addresses: [{ address: ada.email, isPrimary: true, confirmedAt: LONG_AGO.toISOString() }],
    transcripts: [{ remarks: '2026-99-99 <script>alert(1)</script>' }],
    sessions: [{ device: 'Firefox, Linux', method: 'password' }],
    activity: [{ action: 'data.asked', who: 'candidate' }],
  })
  expect(Object.keys(record)).toEqual(['format', 'madeAt', 'profile', ...listKeys])
  expect(record.results.map(({ grade, score }) => ({ grade, score }))).toContainEqual({
    grade: null,
    score: null,
  })
  for (const secret of ['very-secret', '999', other.id, 'Somebody Else']) expect(json).not.toContain(secret)

  const html = strFromU8(files['record.html']!)
  expect(html).toContain('Ada &lt;b&gt;Byron&lt;/b&gt;')
  expect(html).not.toMatch(/<script|<b>|javascript:|http/i)
  expect(html).toContain('<style>\nbody {')
})

test('a copy has what was said about requests, but not what staff noted among themselves', async () => {
  const { ada, headers } = await givenAda()
  const request = await givenAsked(ada)
  const { id: staffId } = await givenStaff('support', { name: 'Grace Hopper' })
  const said = { request, staffId, seen: 0 }
  const write = (act: 'note' | 'reply', body: string, seen: number) =>
    writeByStaff(db, { ...said, act, body, seen, submission: crypto.randomUUID() }, [], new Date())
  await write('note', 'INTERNAL: a fraud?', 0)
  const [first] = await db.select().from(schema.requestMessages).orderBy(schema.requestMessages.id)
  await write('reply', 'We post it', first!.id)
  await post(DATA, {}, { headers })

  const { path } = await givenLink(ada.id)
  const files = unzipSync(new Uint8Array(await (await post(path, {}, { headers })).arrayBuffer()))
  const all = Object.values(files)
    .map((bytes) => strFromU8(bytes))
    .join()

  const record = JSON.parse(strFromU8(files['record.json']!)) as PersonRecord
  expect(record.requestMessages).toMatchObject([
    { requestId: request.id, who: 'candidate', isByLink: false },
    { who: 'staff', body: 'We post it' },
  ])
  expect(all).toContain('We post it')
  expect(all).not.toMatch(/INTERNAL|Hopper|noted/)
})

test('every field of a copy has a name', async () => {
  const { ada, headers } = await givenAda()
  await post(DATA, {}, { headers })
  const sources = import.meta.glob('../../src/privacy/record*queries.ts', {
    query: '?raw',
    import: 'default',
    eager: true,
  }) as Record<string, string>
  const aliases = Object.values(sources).flatMap((source) =>
    [...source.matchAll(/\bAS ([a-z]+[A-Za-z]*)\b(?! (?:other|live|own))/g)].map(([, name]) => name!),
  )
  const skipped = new Set(['own', 'live', 'version', 'part'])

  expect(ada.id).toBeTruthy()
  expect(aliases.length).toBeGreaterThan(80)
  expect(aliases.filter((name) => !skipped.has(name) && !(`record.field.${name}` in words))).toEqual([])
})

test('a link works once, for its candidate alone', async () => {
  const { ada, other, headers } = await givenAda()
  await post(DATA, {}, { headers })
  const { path } = await givenLink(ada.id)

  expect((await send(path)).status).toBe(303)
  for (const method of ['GET', 'POST']) {
    const theirs = await send(path, {
      method,
      headers: { ...(await signedIn(other)), origin: 'http://localhost:8787' },
    })
    expect(theirs.status).toBe(404)
    expect(await theirs.text()).toContain('Ask for a copy')
  }
  expect((await send(path, { headers })).status).toBe(200)
  expect((await send(path, { headers })).status).toBe(200)

  const both = await Promise.all([post(path, {}, { headers }), post(path, {}, { headers })])
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 404])
  await Promise.all(both.map((response) => response.arrayBuffer()))
  expect((await send(path, { headers })).status).toBe(404)
  expect(await mails('security_notice')).toHaveLength(1)
})

test('a link ends with the address that it went to', async () => {
  const { ada, headers } = await givenAda()
  const old = { normalized: 'old@example.org', address: 'old@example.org', verifiedAt: LONG_AGO }
  await db.insert(schema.candidateEmails).values({ candidateId: ada.id, isPrimary: false, ...old })
  await post(DATA, {}, { headers })
  const { path } = await givenLink(ada.id)
  await db.update(schema.accessLinks).set({ sentTo: old.address })

  const removed = await post('/profile/addresses/removal', { address: old.normalized }, { headers })

  expect(removed.headers.get('location')).toBe('/profile/addresses?removed')
  expect((await send(path, { headers })).status).toBe(404)
  expect((await post(path, {}, { headers })).status).toBe(404)
})

test('a second copy is not begun while one is pending, and no fourth within a day', async () => {
  const { ada, headers } = await givenAda()
  const past = (hours: number) => new Date(Date.now() - hours * HOUR)
  const given = { candidateId: ada.id, expiresAt: new Date('2099-01-01') }
  await db.insert(schema.dataExports).values({ ...given, askedAt: past(2) })
  await post(DATA, {}, { headers })
  expect(await db.select().from(schema.dataExports)).toHaveLength(1)
  expect(await (await send('/profile/privacy', { headers })).text()).toContain('is being made')

  const done = { ...given, readyAt: past(1) }
  await db.update(schema.dataExports).set({ readyAt: past(1), objectKey: 'data-exports/a' })
  await db.insert(schema.dataExports).values({ ...done, askedAt: past(3), objectKey: 'data-exports/b' })
  await db.insert(schema.dataExports).values({ ...done, askedAt: past(25), objectKey: 'data-exports/c' })
  await post(DATA, {}, { headers })
  expect(await db.select().from(schema.dataExports)).toHaveLength(4)
  await post(DATA, {}, { headers })
  expect(await db.select().from(schema.dataExports)).toHaveLength(4)
  expect(await (await send('/profile/privacy', { headers })).text()).toContain('wait until tomorrow')
})

test('who has not proved lately who they are is asked to', async () => {
  const { ada } = await givenAda()
  const headers = await signedIn(ada, new Date(Date.now() - 11 * 60_000))

  const asked = await post(DATA, {}, { headers })

  expect(asked.headers.get('location')).toContain('/sign-in/again')
  expect(await db.select().from(schema.dataExports)).toHaveLength(0)
})

test('of two that make a copy one does; what a killed one left is made good, and spent copies go', async () => {
  const { ada } = await givenAda()
  const now = new Date('2099-06-01T12:00:00Z')
  const later = (hours: number) => new Date(now.getTime() + hours * HOUR)
  await db.insert(schema.dataExports).values({ candidateId: ada.id, askedAt: now, expiresAt: later(24 * 7) })

  expect(await Promise.all([makeDataExport(env, now), makeDataExport(env, now)])).toEqual([true, false])
  expect(await mails('data_ready')).toHaveLength(1)

  await db.update(schema.dataExports).set({ readyAt: null, objectKey: null })
  await makeDataExports(env, later(0.1))
  expect(await db.select().from(schema.dataExports)).toMatchObject([{ readyAt: null }])
  await makeDataExports(env, later(1.5))
  const [copy] = await db.select().from(schema.dataExports)
  expect(copy).toMatchObject({ readyAt: later(1.5) })
  expect((await env.BUCKET.list()).objects.map(({ key }) => key)).toEqual([copy!.objectKey])

  await makeDataExports(env, later(24 * 8))
  expect((await env.BUCKET.list()).objects).toEqual([])
  expect(await db.select().from(schema.dataExports)).toMatchObject([{ goneAt: later(24 * 8) }])
})
