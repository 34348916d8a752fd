import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import * as schema from '../../src/schema.ts'
import { isOutdated } from '../../src/sign-in/password.ts'
import { db, givenCandidate, givenProgram, LONG_AGO } from '../support/builders.ts'
import { post, send } from '../support/requests.ts'
import { cookieNamed, cookiesOf, entriesOf, givenAccount, givenLink, noticesOf, PASSWORD } from './given.ts'

const FIREFOX = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' }

const signIn = (account: string, headers: Record<string, string> = {}) =>
  post('/sign-in', { account, password: PASSWORD }, { headers })

test('the log has every sign-in with its method and device; the first frightens nobody', async () => {
  await givenProgram()
  const ada = await givenAccount()

  const first = await signIn(ada.id, FIREFOX)
  await signIn(ada.id, { ...FIREFOX, ...cookiesOf(first) })

  const entry = { action: 'session.began', method: 'password', device: 'Firefox, Linux' }
  expect(await entriesOf(ada)).toEqual([entry, entry])
  expect(await noticesOf(ada)).toEqual([])
})

test('a sign-in in a browser that the account does not know is mailed to every address of the holder', async () => {
  await givenProgram()
  const ada = await givenAccount()
  const grace = await givenAccount()
  await signIn(ada.id)
  const ofGrace = cookiesOf(await signIn(grace.id))

  await signIn(ada.id, FIREFOX)
  await signIn(ada.id, ofGrace)

  expect((await entriesOf(ada)).map(({ action }) => action)).toEqual([
    'session.began',
    'session.began-on-new-device',
    'session.began-on-new-device',
  ])
  expect(await noticesOf(ada)).toEqual(['session.began-on-new-device', 'session.began-on-new-device'])
  expect(await noticesOf(grace)).toEqual([])
})

test('a browser keeps its mark from one sign-in to the next, and is marked anew for another account', async () => {
  await givenProgram()
  const [ada, grace] = [await givenAccount(), await givenAccount()]
  const mark = (headers: { cookie: string }) => cookieNamed(headers, '__Host-browser')

  const first = await signIn(ada.id)
  const again = await signIn(ada.id, cookiesOf(first))
  const another = await signIn(grace.id, cookiesOf(first))

  expect(first.headers.getSetCookie().join('\n')).toMatch(
    /__Host-browser=[\w-]{43}; Max-Age=31536000; Path=\/; HttpOnly; Secure; SameSite=Strict/,
  )
  expect(mark(cookiesOf(again))).toBe(mark(cookiesOf(first)))
  expect(mark(cookiesOf(another))).not.toBe(mark(cookiesOf(first)))
  expect(await db.$count(schema.knownBrowsers)).toBe(2)
})

test('a refused sign-in marks no browser and begins nothing', async () => {
  await givenProgram()
  const ada = await givenAccount()

  const response = await post('/sign-in', { account: ada.id, password: 'wrong' })

  expect(response.headers.getSetCookie().join()).not.toMatch(/__Host-(session|browser|pending)/)
  expect(await db.$count(schema.knownBrowsers)).toBe(0)
  expect(await entriesOf(ada)).toEqual([])
})

test('signing out is in the log, once', async () => {
  await givenProgram()
  const ada = await givenAccount()
  const headers = cookiesOf(await signIn(ada.id))

  await post('/sign-out', {}, { headers })
  await post('/sign-out', {}, { headers })

  expect((await entriesOf(ada)).map(({ action }) => action)).toEqual(['session.began', 'session.ended'])
})

test('a password chosen by a link is in the log and in the mail, and makes every other browser a stranger', async () => {
  await givenProgram()
  const ada = await givenAccount()
  const before = cookiesOf(await signIn(ada.id))
  const token = await givenLink(ada)

  const response = await post(`/set-password/${token}`, { password: 'an altogether new phrase' })
  const headers = cookiesOf(response)

  expect((await entriesOf(ada)).slice(1)).toMatchObject([
    { action: 'password.set' },
    { action: 'session.began', method: 'link' },
  ])
  expect(await noticesOf(ada)).toEqual(['password.set'])
  expect((await send('/exams', { headers })).status).toBe(200)
  const [known] = await db.select().from(schema.knownBrowsers)
  expect(await db.$count(schema.knownBrowsers)).toBe(1)
  expect(known!.candidateId).toBe(ada.id)
  const body = { account: ada.id, password: 'an altogether new phrase' }
  await post('/sign-in', body, { headers: before })
  expect((await noticesOf(ada)).at(-1)).toBe('session.began-on-new-device')
})

test('a first password makes no mail about a browser', async () => {
  await givenProgram()
  const ada = await givenCandidate()
  const token = await givenLink(ada, { purpose: 'activation' })

  await post(`/set-password/${token}`, { password: 'an altogether new phrase' })

  expect((await entriesOf(ada)).map(({ action }) => action)).toEqual(['password.set', 'session.began'])
  expect(await noticesOf(ada)).toEqual(['password.set'])
})

test('a dead link writes nothing at all', async () => {
  await givenProgram()
  const ada = await givenAccount()
  const token = await givenLink(ada, { usedAt: LONG_AGO })

  const response = await post(`/set-password/${token}`, { password: 'an altogether new phrase' })

  expect(response.status).toBe(404)
  expect(await entriesOf(ada)).toEqual([])
  expect(await noticesOf(ada)).toEqual([])
})

test('a password that was kept with older parameters is kept with those of today after it was used', async () => {
  await givenProgram()
  const ada = await givenAccount()
  // PASSWORD with N = 2^10, r = 4, p = 2.
  const { scryptSync } = await import('node:crypto')
  const salt = Buffer.from('a salt of 16 by.')
  const bare = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
  const key = scryptSync(PASSWORD, salt, 32, { N: 1024, r: 4, p: 2 })
  const encoded = `$scrypt$ln=10,r=4,p=2$${bare(salt)}$${bare(key)}`
  await db.update(schema.passwords).set({ encoded }).where(eq(schema.passwords.candidateId, ada.id))

  const wrong = await post('/sign-in', { account: ada.id, password: 'wrong' })
  const [unchanged] = await db.select().from(schema.passwords)
  const right = await signIn(ada.id)
  const [renewed] = await db.select().from(schema.passwords)

  expect([wrong.status, right.status]).toEqual([422, 303])
  expect(unchanged!.encoded).toBe(encoded)
  expect(isOutdated(renewed!.encoded)).toBe(false)
  expect(renewed!.setAt).toEqual(LONG_AGO)
  expect((await signIn(ada.id)).status).toBe(303)
})
