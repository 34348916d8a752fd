import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import * as schema from '../../src/schema.ts'
import { db, givenCandidate, givenProgram, LONG_AGO } from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { post, send } from '../support/requests.ts'
import { ageTries, cookiesOf, entriesOf, givenAccount, givenLink, noticesOf, PASSWORD } from './given.ts'

const MINUTE_MS = 60_000

const attempt = (account: string, password: string, headers: Record<string, string> = {}) =>
  post('/sign-in', { account, password }, { headers })

async function fail(account: string, times: number, headers: Record<string, string> = {}) {
  for (let n = 0; n < times; n += 1) expect((await attempt(account, 'wrong', headers)).status).toBe(422)
}

test('five tries are free; the sixth has to wait, though it be right', async () => {
  await givenProgram()
  const ada = await givenAccount()

  await fail(ada.id, 4)
  expect((await attempt(ada.id, PASSWORD)).status).toBe(303)
  await fail(ada.id, 5)
  const delayed = await attempt(ada.id, PASSWORD)
  const text = await delayed.text()

  expect(delayed.status).toBe(429)
  expect(Number(delayed.headers.get('retry-after'))).toBeGreaterThan(50)
  expect(Number(delayed.headers.get('retry-after'))).toBeLessThanOrEqual(60)
  expect(text).toContain('can follow in a minute, from <time datetime="')
  expect(text).toContain('href="/forgotten"')
  expect(text).toContain('action="/sign-in/passkey"')
  expect(delayed.headers.getSetCookie().join()).not.toContain('__Host-session')
})

test('each further failure doubles the wait, up to a quarter of an hour, and never for ever', async () => {
  await givenProgram()
  const ada = await givenAccount()
  const waits: number[] = []

  await fail(ada.id, 5)
  for (const minutes of [1, 2, 4, 8, 15, 15]) {
    waits.push(Number((await attempt(ada.id, 'wrong')).headers.get('retry-after')))
    await ageTries(minutes * MINUTE_MS)
    await fail(ada.id, 1)
  }

  expect(waits.map((seconds) => Math.ceil(seconds / 60))).toEqual([1, 2, 4, 8, 15, 15])
  await ageTries(15 * MINUTE_MS)
  expect((await attempt(ada.id, PASSWORD)).status).toBe(303)
  expect(await db.$count(schema.signInBrakes)).toBe(0)
})

test('what is tried during the delay neither counts nor lengthens it', async () => {
  await givenProgram()
  const ada = await givenAccount()
  await fail(ada.id, 5)
  const before = await db.select().from(schema.signInBrakes)

  for (let n = 0; n < 3; n += 1) expect((await attempt(ada.id, 'wrong')).status).toBe(429)

  expect(await db.select().from(schema.signInBrakes)).toEqual(before)
})

test('a day without failures wipes them out', async () => {
  await givenProgram()
  const ada = await givenAccount()

  await fail(ada.id, 4)
  await ageTries(24 * 60 * MINUTE_MS)
  await fail(ada.id, 4)

  expect((await attempt(ada.id, PASSWORD)).status).toBe(303)
})

test('all names of an account are one to who guesses', async () => {
  await givenProgram()
  const ada = await givenAccount({ email: 'Ada@example.org' })

  await fail(ada.id.toLowerCase(), 2)
  await fail(ada.id, 1)
  await fail('ada@EXAMPLE.org', 2)

  expect((await attempt(ada.id, PASSWORD)).status).toBe(429)
  expect((await attempt(ada.email, PASSWORD)).status).toBe(429)
})

test('an ID that was merged into another opens that account, and counts with it', async () => {
  await givenProgram()
  const ada = await givenAccount()
  const { id: aliasId } = await givenCandidate({ id: 'JPR00777777' })
  const alias = { aliasId, candidateId: ada.id, fullName: 'Ada Byron', mergedAt: LONG_AGO }
  await db.insert(schema.candidateAliases).values(alias)

  expect((await attempt('jpr 0077 7777', PASSWORD)).status).toBe(303)
  await fail(aliasId, 3)
  await fail(ada.id, 2)
  expect((await attempt(aliasId, PASSWORD)).status).toBe(429)
})

test('many tries at once get no further than one after the other', async () => {
  await givenProgram()
  const ada = await givenAccount()

  const answers = await Promise.all(Array.from({ length: 9 }, () => attempt(ada.id, 'wrong')))

  expect(answers.map(({ status }) => status).sort()).toEqual([...Array(5).fill(422), ...Array(4).fill(429)])
})

test('a stranger who keeps guessing cannot keep the holder out of a browser of theirs', async () => {
  await givenProgram()
  const ada = await givenAccount()
  const here = cookiesOf(await attempt(ada.id, PASSWORD))

  await fail(ada.id, 5)

  expect((await attempt(ada.id, PASSWORD)).status).toBe(429)
  const response = await attempt(ada.email, PASSWORD, here)
  expect(response.status).toBe(303)
  // The stranger's failures are not forgotten by it.
  expect((await attempt(ada.id, PASSWORD)).status).toBe(429)
})

test('a known browser is counted for itself, and known to its own account only', async () => {
  await givenProgram()
  const [ada, grace] = [await givenAccount(), await givenAccount()]
  const here = cookiesOf(await attempt(ada.id, PASSWORD))

  await fail(ada.id, 5, here)
  expect((await attempt(ada.id, PASSWORD, here)).status).toBe(429)
  expect((await attempt(ada.id, PASSWORD)).status).toBe(303)

  await fail(grace.id, 5, here)
  expect((await attempt(grace.id, PASSWORD)).status).toBe(429)
})

test('a browser that nobody used for a year is a stranger again', async () => {
  await givenProgram()
  const ada = await givenAccount()
  const here = cookiesOf(await attempt(ada.id, PASSWORD))
  await fail(ada.id, 5)

  await db.update(schema.knownBrowsers).set({ lastUsedAt: new Date(Date.now() - 366 * 86_400_000) })

  expect((await attempt(ada.id, PASSWORD, here)).status).toBe(429)
})

test('a link by mail does not wait, and what it sets wipes the failures out', async () => {
  await givenProgram()
  const ada = await givenAccount()
  const here = cookiesOf(await attempt(ada.id, PASSWORD))
  await fail(ada.id, 5)
  await fail(ada.id, 5, here)

  const answer = await post(`/set-password/${await givenLink(ada)}`, { password: 'an altogether new phrase' })

  expect(answer.status).toBe(303)
  expect(await db.$count(schema.signInBrakes)).toBe(0)
  expect((await attempt(ada.id, 'an altogether new phrase')).status).toBe(303)
})

test('the log tells of each delay once', async () => {
  await givenProgram()
  const ada = await givenAccount()

  await fail(ada.id, 5)
  for (let n = 0; n < 3; n += 1) await attempt(ada.id, 'wrong')
  await ageTries(MINUTE_MS)
  await fail(ada.id, 1)
  await fail('nobody@example.org', 5)

  expect(await entriesOf(ada)).toMatchObject([
    { action: 'sign-in.delayed', failures: 5, minutes: 1 },
    { action: 'sign-in.delayed', failures: 6, minutes: 2 },
  ])
  expect(await noticesOf(ada)).toEqual([])
  expect(await db.$count(schema.auditLog)).toBe(2)
})

test('no name that somebody typed is kept', async () => {
  await givenProgram()
  const ada = await givenAccount()

  await attempt('nobody@example.org', 'wrong')
  await attempt('JPR99999999', 'wrong')

  await attempt(ada.id, 'wrong')
  await attempt(ada.email, 'wrong')

  const kept = await db.select().from(schema.signInBrakes).orderBy(schema.signInBrakes.key)
  expect(kept.map(({ failures }) => failures).sort()).toEqual([1, 1, 2])
  expect(kept.filter(({ key }) => /^[0-9a-f]{64}$/.test(key))).toHaveLength(2)
  expect(kept.filter(({ key }) => /^account:[0-9a-f]{32}0{24}$/.test(key))).toHaveLength(1)
})

test('known, unknown and half-made accounts answer alike and cost alike, before, at and during the delay', async () => {
  await givenProgram()
  const ada = await givenAccount()
  const grace = await givenAccount()
  const { id: passwordless } = await givenCandidate()
  const names = [ada.id, grace.email, passwordless, 'JPR99999999', 'nobody@example.org']

  const stories = await Promise.all(
    names.map(async (account, index) => {
      // Each from a network of its own: the limit at the edge is not told of here.
      const headers = { 'cf-connecting-ip': `192.0.2.${index}` }
      const story = []
      for (let n = 0; n < 7; n += 1) {
        const { d1, cost } = countedDatabase(env.DB)
        const response = await post('/sign-in', { account, password: 'wrong' }, { headers }, { DB: d1 })
        const text = (await response.text()).replaceAll(account, 'NAME').replace(/<time.*<\/time>/, 'TIME')
        story.push({
          status: response.status,
          headers: [...response.headers.keys()],
          text,
          roundTrips: cost.roundTrips,
        })
      }
      return story
    }),
  )

  for (const story of stories) expect(story).toEqual(stories[0])
  expect(stories[0]!.map(({ status }) => status)).toEqual([422, 422, 422, 422, 422, 429, 429])
  // The fifth failure begins a delay, which costs one more for whoever is named; a delayed try looks at nothing.
  expect(stories[0]!.map(({ roundTrips }) => roundTrips)).toEqual([1, 1, 1, 1, 2, 1, 1])
})

test('signing in costs two round trips', async () => {
  await givenProgram()
  const ada = await givenAccount()
  const { d1, cost } = countedDatabase(env.DB)

  const response = await post('/sign-in', { account: ada.id, password: PASSWORD }, {}, { DB: d1 })

  expect(response.status).toBe(303)
  expect(cost.roundTrips).toBe(2)
  expect((await send('/exams', { headers: cookiesOf(response) })).status).toBe(200)
})
