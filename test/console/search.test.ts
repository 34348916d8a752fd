import { env } from 'cloudflare:workers'
import { eq, sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { indexNames } from '../../src/console/index-names.ts'
import { paths } from '../../src/paths.ts'
import * as schema from '../../src/schema.ts'
import {
  db,
  givenAward,
  givenCandidate,
  givenProgram,
  givenRegistration,
  givenResult,
  LONG_AGO,
} from '../support/builders.ts'
import { givenBystanders } from '../support/bystanders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { send, signedInStaff } from '../support/requests.ts'

let headers: { cookie: string }

beforeEach(async () => {
  await givenProgram()
  headers = await signedInStaff('support')
})

async function search(q: string, more = '', bindings: Partial<Env> = {}) {
  const response = await send(`/staff/candidates?q=${encodeURIComponent(q)}${more}`, { headers }, bindings)
  const text = await response.text()
  expect(response.status).toBe(200)
  expect(text).not.toMatch(/undefined|NaN|\[object/)
  const ids = [...text.matchAll(/href="\/staff\/candidates\/([^"]+)"/g)].map(([, id]) => id)
  const next = /href="[^"]*(&amp;after=[^"]+)"/.exec(text)?.[1]?.replace('&amp;', '&')
  return { text, ids, next }
}

test('a candidate is found by everything that is theirs', async () => {
  const ada = await givenCandidate({ id: 'JPR00077001', fullName: 'Łucja Żółw', nativeName: '王小明' })
  await givenCandidate({ fullName: 'Somebody Else' })
  const candidateId = ada.id
  const award = await givenAward({
    candidateId,
    number: 'JNCIA-Junos-1234-5678-9012',
    verificationCode: '7K3M9Q2RXW405TBN',
  })
  const booked = await givenRegistration({ candidateId })
  const sat = await givenResult({ candidateId, registrationId: '455000111' })
  await db
    .insert(schema.candidateAliases)
    .values({ aliasId: 'OLD4711', candidateId, fullName: 'Lucy Turtle', mergedAt: LONG_AGO })
  await indexNames(env)

  const asked = [
    ada.id,
    ada.id.toLowerCase(),
    ' JPR 00077001 ',
    'JPR0007700',
    'OLD4711',
    ada.email.toUpperCase(),
    ada.email.slice(0, 5),
    'lucja zolw',
    'ŻÓŁ',
    '小明',
    'turtle',
    award.number,
    'jncia-junos 123456789012',
    award.verificationCode,
    '7k3m-9q2r-xw4o-5tbn',
    booked.registrationId,
    sat.registrationId,
  ]
  for (const text of asked) expect.soft((await search(text)).ids, text).toEqual([ada.id])
})

test('a line says who it is, safely, and by what they were found', async () => {
  const ada = await givenCandidate({ fullName: '<b>Ada</b>', nativeName: 'あだ', country: 'PL' })
  await givenAward({ candidateId: ada.id })
  await indexNames(env)

  const { text } = await search(ada.id)

  for (const shown of ['&lt;b&gt;Ada', 'あだ', ada.email, 'Poland', 'Candidate ID'])
    expect(text).toContain(shown)
})

test('what is exact comes first, and nobody stands there twice', async () => {
  const ann = await givenCandidate({ id: 'JPR1', fullName: 'Anna Annable', email: 'anna@example.org' })
  const other = await givenCandidate({ id: 'JPR12', fullName: 'Anna Other', email: 'x@example.org' })
  const mailed = await givenCandidate({ id: 'JPR13', fullName: 'Zoe', email: 'anna.z@example.org' })
  await indexNames(env)

  expect((await search('JPR1')).ids).toEqual([ann.id, other.id, mailed.id])
  expect((await search('anna')).ids).toEqual([ann.id, other.id, mailed.id])
})

test('pages go on where the one before ended, through both lists', async () => {
  const expected: string[] = []
  for (let n = 0; n < 30; n += 1)
    expected.push((await givenCandidate({ fullName: `Maria Maria${'abcdef'[n % 6]} Smith` })).id)
  for (let n = 0; n < 30; n += 1) expected.push((await givenCandidate({ email: `mariab${n}@x.example` })).id)
  await indexNames(env)

  const pages = [await search('maria')]
  while (pages.at(-1)!.next) pages.push(await search('maria', pages.at(-1)!.next))

  expect(pages.map(({ ids }) => ids.length)).toEqual([25, 25, 10])
  expect(pages.flatMap(({ ids }) => ids).toSorted()).toEqual(expected.toSorted())
})

test('nobody is lost where an exact hit stands in a full list', async () => {
  for (let n = 0; n < 60; n += 1) await givenCandidate({ id: `K${100 + n}` })
  await givenCandidate({ id: 'K1' })

  const pages = [await search('K1')]
  while (pages.at(-1)!.next) pages.push(await search('K1', pages.at(-1)!.next))

  expect(new Set(pages.flatMap(({ ids }) => ids)).size).toBe(61)
  expect(pages.flatMap(({ ids }) => ids)).toHaveLength(61)
})

test.each(['', '   '])('nothing typed (%j) asks, and writes nothing', async (q) => {
  const { text, ids } = await search(q)

  expect(text).not.toContain('Nobody found')
  expect(ids).toEqual([])
  expect(await db.select().from(schema.auditLog)).toEqual([])
})

test.each(['a', '%', '*', "' OR 1=1 --", '\u202Eabc', 'x'.repeat(900), '——', '😀'])(
  '%j is answered, whatever it is',
  async (q) => {
    const { text } = await search(q)

    expect(text).toMatch(/Nobody found|cannot be searched/)
  },
)

test('an address of a page that is none of ours shows the first page', async () => {
  const ada = await givenCandidate()

  for (const after of ['x', 'WzFd', '%00', 'bnVsbA'])
    expect((await search(ada.id, `&after=${after}`)).ids).toEqual([ada.id])
})

test('the log says that somebody searched, and how much was found, and not for whom', async () => {
  const ada = await givenCandidate()

  await search(ada.email)

  const entries = await db.select().from(schema.auditLog)
  expect(entries).toMatchObject([{ action: 'staff.candidates-searched', subject: null }])
  expect(entries[0]!.actor).toMatch(/^staff:\d+$/)
  expect(JSON.parse(entries[0]!.details)).toEqual({ kind: 'address', hits: 1, more: false })
})

test('a search costs two round trips and reads what it finds, however many others there are', async () => {
  await givenBystanders(3000)
  const ada = await givenCandidate({ id: 'JPR00077001', fullName: 'Łucja Żółw' })
  await indexNames(env)

  for (const text of [ada.id, 'JPR0007', ada.email, 'lucja zolw', 'sta by', 's', '455000111']) {
    const { d1, cost } = countedDatabase(env.DB)
    await search(text, '', { DB: d1 })
    // The third round trip is the audit entry, after the answer.
    expect.soft(cost.roundTrips, text).toBe(3)
    expect.soft(cost.rowsRead, text).toBeLessThan(400)
  }
})

test('a list of thousands goes on anywhere for the price of its beginning', async () => {
  await givenBystanders(3000)
  await indexNames(env)
  const { next } = await search('BYS1')
  const { d1, cost } = countedDatabase(env.DB)

  const { ids } = await search('BYS1', next!, { DB: d1 })

  expect(ids).toHaveLength(25)
  expect(cost.rowsRead).toBeLessThan(400)
})

test('names are due until they are indexed, and again when they change', async () => {
  const ada = await givenCandidate({ fullName: 'Ada Byron' })
  expect((await search('byron')).ids).toEqual([])
  await indexNames(env)
  expect((await search('byron')).ids).toEqual([ada.id])

  await db.update(schema.candidates).set({ fullName: 'Ada King', nativeName: '王' })
  await indexNames(env)

  expect((await search('byron')).ids).toEqual([])
  expect((await search('king 王')).ids).toEqual([ada.id])
})

test('whose account is closed has no words', async () => {
  const ada = await givenCandidate({ fullName: 'Ada Byron' })
  await indexNames(env)

  await db
    .update(schema.candidates)
    .set({ fullName: 'gone', erasedAt: LONG_AGO })
    .where(eq(schema.candidates.id, ada.id))
  await indexNames(env)

  expect(await db.select().from(schema.nameWords)).toEqual([])
})

test('thousands are indexed in one tick, and the next has nothing to do', async () => {
  await givenBystanders(2600)
  await indexNames(env)
  const { d1, cost } = countedDatabase(env.DB)

  await indexNames({ ...env, DB: d1 })

  const [words] = await db.select({ count: sql<number>`count(*)` }).from(schema.nameWords)
  expect(words!.count).toBe(5200)
  expect(cost).toMatchObject({ roundTrips: 1, rowsRead: 1 })
})

test('the search is behind the permission', async () => {
  const editor = await send(paths.staff.candidates, { headers: await signedInStaff('catalogue') })

  expect(editor.status).toBe(404)
})
