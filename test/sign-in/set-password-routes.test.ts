import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import * as schema from '../../src/schema.ts'
import { db, givenCandidate, givenProgram, LONG_AGO } from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { post, send, signedIn } from '../support/requests.ts'
import { givenAccount, givenLink, PASSWORD, sessionCookieOf } from './given.ts'

const NEW_PASSWORD = 'an altogether different phrase'

const setPassword = (token: string, password = NEW_PASSWORD, init: RequestInit = {}) =>
  post(`/set-password/${token}`, { password }, init)

const signInAs = (account: string, password: string) => post('/sign-in', { account, password })

const verifiedAt = async (candidateId: string) => {
  const [email] = await db
    .select()
    .from(schema.candidateEmails)
    .where(eq(schema.candidateEmails.candidateId, candidateId))
  return email!.verifiedAt
}

test('an activation link leads to a password, a confirmed address and home', async () => {
  await givenProgram()
  const ada = await givenCandidate({ emailVerified: false })
  const token = await givenLink(ada, {
    purpose: 'activation',
    expiresAt: new Date(Date.now() + 6 * 86_400_000),
  })

  const page = await send(`/set-password/${token}`)
  const text = await page.text()
  const response = await setPassword(token)
  const cookie = sessionCookieOf(response)!

  expect(page.status).toBe(200)
  expect(text).toContain(`value="${ada.id}"`)
  expect(text).toContain('autocomplete="new-password"')
  expect(text).toContain('<meta name="robots" content="noindex')
  expect(response.status).toBe(303)
  expect(response.headers.get('location')).toBe('/')
  expect((await send('/exams', { headers: { cookie } })).status).toBe(200)
  expect(await verifiedAt(ada.id)).not.toBeNull()
  expect((await signInAs(ada.email, NEW_PASSWORD)).status).toBe(303)
})

test('opening a link, however often, uses nothing up', async () => {
  await givenProgram()
  const token = await givenLink(await givenCandidate())

  for (let n = 0; n < 3; n += 1) expect((await send(`/set-password/${token}`)).status).toBe(200)
  expect((await send(`/set-password/${token}`, { method: 'HEAD' })).status).toBe(200)

  expect((await setPassword(token)).status).toBe(303)
})

test('a new password replaces the old one and ends every other session', async () => {
  await givenProgram()
  const ada = await givenAccount()
  const grace = await givenAccount()
  const elsewhere = await signedIn(ada)
  const here = await signedIn(grace)
  const somebodyElse = await signedIn(grace)
  const token = await givenLink(ada)

  const response = await setPassword(token, NEW_PASSWORD, { headers: here })

  const statusOf = async (headers: Record<string, string>) => (await send('/exams', { headers })).status
  expect(await statusOf({ cookie: sessionCookieOf(response)! })).toBe(200)
  expect(await statusOf(elsewhere)).toBe(303)
  expect(await statusOf(here)).toBe(303)
  expect(await statusOf(somebodyElse)).toBe(200)
  expect((await signInAs(ada.id, PASSWORD)).status).toBe(422)
  expect((await signInAs(ada.id, NEW_PASSWORD)).status).toBe(303)
  expect((await signInAs(grace.id, PASSWORD)).status).toBe(303)
})

test('a link works once, and takes the other links of the candidate with it', async () => {
  await givenProgram()
  const ada = await givenCandidate()
  const grace = await givenCandidate()
  const [token, other, foreign] = await Promise.all([givenLink(ada), givenLink(ada), givenLink(grace)])

  expect((await setPassword(token)).status).toBe(303)

  expect((await setPassword(token, 'a third phrase for the lock')).status).toBe(404)
  expect((await setPassword(other, 'a third phrase for the lock')).status).toBe(404)
  expect((await send(`/set-password/${other}`)).status).toBe(404)
  expect((await send(`/set-password/${foreign}`)).status).toBe(200)
  expect((await signInAs(ada.id, NEW_PASSWORD)).status).toBe(303)
})

test('of two people who send the same link at once, one gets in', async () => {
  await givenProgram()
  const ada = await givenCandidate()
  const token = await givenLink(ada)

  const answers = await Promise.all([
    setPassword(token, 'the phrase of the first one'),
    setPassword(token, 'the phrase of the second one'),
  ])

  expect(answers.map(({ status }) => status).sort()).toEqual([303, 404])
  expect(answers.filter((answer) => sessionCookieOf(answer) !== undefined)).toHaveLength(1)
  expect(await db.$count(schema.sessions)).toBe(1)
  const winner = answers[0]!.status === 303 ? 'first' : 'second'
  expect((await signInAs(ada.id, `the phrase of the ${winner} one`)).status).toBe(303)
})

test('a used, an expired, an unknown and a mangled link are answered alike, with a way on', async () => {
  await givenProgram()
  const ada = await givenCandidate()
  const used = await givenLink(ada, { usedAt: LONG_AGO })
  const expired = await givenLink(ada, { expiresAt: new Date(Date.now() - 1) })
  const tokens = [used, expired, 'A'.repeat(43), 'x', '%00', 'A'.repeat(5000)]

  const answers = await Promise.all(
    tokens.flatMap((token) => [send(`/set-password/${token}`), setPassword(token)]),
  )
  const bodies = await Promise.all(answers.map((answer) => answer.text()))

  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404))
  expect(new Set(bodies).size).toBe(1)
  expect(bodies[0]).toContain('href="/forgotten"')
  expect(bodies[0]).toContain('href="/sign-in"')
  expect(await db.$count(schema.passwords)).toBe(0)
})

test('an address that somebody else has confirmed stays theirs', async () => {
  await givenProgram()
  const owner = await givenCandidate({ email: 'desk@example.org' })
  const ada = await givenCandidate({ email: 'desk@example.org', emailVerified: false })
  const token = await givenLink(ada)

  expect((await setPassword(token)).status).toBe(303)

  expect(await verifiedAt(ada.id)).toBeNull()
  expect(await verifiedAt(owner.id)).not.toBeNull()
  expect((await signInAs(ada.id, NEW_PASSWORD)).status).toBe(303)
})

test('only the address that the link went to is confirmed', async () => {
  await givenProgram()
  const ada = await givenCandidate({ emailVerified: false })
  const token = await givenLink(ada, { sentTo: 'Old@Example.org' })

  await setPassword(token)

  expect(await verifiedAt(ada.id)).toBeNull()
})

test.each([
  ['', 'Enter a new password'],
  ['short', 'too short'],
  ['x'.repeat(257), 'too long'],
])('the password %j is refused and the link still works', async (password, message) => {
  await givenProgram()
  const token = await givenLink(await givenCandidate())

  const response = await setPassword(token, password)
  const text = await response.text()

  expect(response.status).toBe(422)
  expect(text).toContain(message)
  expect(text).toContain('<title>Error: ')
  expect(text).not.toContain('value="short"')
  expect(sessionCookieOf(response)).toBeUndefined()
  expect((await setPassword(token)).status).toBe(303)
})

test('neither the address nor the candidate ID will do as a password', async () => {
  await givenProgram()
  const ada = await givenCandidate({ id: 'JPR000000012345', email: 'ada.byron@example.org' })
  const token = await givenLink(ada)

  for (const password of ['jpr000000012345', 'Ada.Byron@example.org']) {
    const response = await setPassword(token, password)

    expect(response.status).toBe(422)
    expect(await response.text()).toContain('must not be your name')
  }
})

test('two passwords at once are none', async () => {
  await givenProgram()
  const token = await givenLink(await givenCandidate())

  const response = await post(`/set-password/${token}`, { password: [NEW_PASSWORD, 'another one entirely'] })

  expect(response.status).toBe(422)
})

test('opening a link costs one round trip, using it two', async () => {
  await givenProgram()
  const token = await givenLink(await givenCandidate())
  const opening = countedDatabase(env.DB)
  const using = countedDatabase(env.DB)

  await send(`/set-password/${token}`, {}, { DB: opening.d1 })
  await post(`/set-password/${token}`, { password: NEW_PASSWORD }, {}, { DB: using.d1 })

  expect(opening.cost.roundTrips).toBe(1)
  expect(using.cost.roundTrips).toBe(2)
})
