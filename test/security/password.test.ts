import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { sha256Hex } from '../../src/core/tokens.ts'
import * as schema from '../../src/schema.ts'
import { isPassword } from '../../src/sign-in/password.ts'
import { givenAccount, givenLink, PASSWORD, sessionCookieOf } from '../sign-in/given.ts'
import { db, givenCandidate, givenProgram, LONG_AGO } from '../support/builders.ts'
import { post, send, signedIn } from '../support/requests.ts'
import { actionsOf, entriesOf, hashOf, noticesOf, sessionsOf } from './given.ts'

const PATH = '/profile/security/password'
const NEW = 'seven grey herons by the weir'
const form = { current: PASSWORD, password: NEW }

beforeEach(async () => {
  await givenProgram()
})

async function keptPassword({ id }: { id: string }) {
  const [row] = await db.select().from(schema.passwords).where(eq(schema.passwords.candidateId, id))
  return row?.encoded ?? null
}

describe('Change password', () => {
  test('keeps the new one and tells of it', async () => {
    const ada = await givenAccount()

    const response = await post(PATH, form, { headers: await signedIn(ada) })

    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe('/profile/security?done=password')
    expect(await isPassword(NEW, await keptPassword(ada))).toBe(true)
    expect(await entriesOf(ada)).toEqual([
      { action: 'password.changed', actor: 'candidate', details: { device: '' } },
    ])
    expect(await noticesOf(ada)).toEqual(['password.changed'])
  })

  test('goes on in a session with a new id, and ends every other', async () => {
    const ada = await givenAccount()
    const here = await signedIn(ada)
    const elsewhere = await signedIn(ada)
    const grace = await signedIn(await givenAccount())

    const response = await post(PATH, form, { headers: here })

    const cookie = sessionCookieOf(response)!
    expect(cookie).not.toBe(here.cookie)
    expect((await send('/profile/security', { headers: { cookie } })).status).toBe(200)
    expect((await send('/profile/security', { headers: here })).status).toBe(303)
    expect((await send('/profile/security', { headers: elsewhere })).status).toBe(303)
    expect((await send('/profile/security', { headers: grace })).status).toBe(200)
    expect(await sessionsOf(ada)).toMatchObject([{ idHash: await hashOf({ cookie }) }])
  })

  test('ends sign-ins that wait for a second factor, and links that choose a password', async () => {
    const ada = await givenAccount()
    const token = await givenLink(ada)
    await db.insert(schema.pendingSignIns).values({
      idHash: '0'.repeat(64),
      candidateId: ada.id,
      returnTo: '/',
      createdAt: LONG_AGO,
      expiresAt: new Date('2099-01-01'),
    })

    await post(PATH, form, { headers: await signedIn(ada) })

    expect(await db.select().from(schema.pendingSignIns)).toEqual([])
    expect((await send(`/set-password/${token}`)).status).toBe(404)
  })

  test.each([
    ['no current password', { ...form, current: '' }, 'Enter your current password'],
    ['a wrong current password', { ...form, current: 'not my password' }, 'not your current password'],
    ['the same again', { ...form, password: PASSWORD }, 'Both passwords are the same'],
    ['a short one', { ...form, password: 'short' }, 'too short'],
    ['nothing', {}, 'Enter your current password'],
    ['a current password twice', { ...form, current: [PASSWORD, PASSWORD] }, 'Enter your current password'],
    ['a huge one', { ...form, password: 'x'.repeat(300) }, 'too long'],
  ])('refuses %s and changes nothing', async (_, fields, words) => {
    const ada = await givenAccount()
    const before = await keptPassword(ada)
    const here = await signedIn(ada)

    const response = await post(PATH, fields as Record<string, string>, { headers: here })

    expect(response.status).toBe(422)
    const html = await response.text()
    expect(html).toContain(words)
    expect(html).toContain('error-summary')
    expect(html).not.toContain(PASSWORD)
    expect(sessionCookieOf(response)).toBeUndefined()
    expect(await keptPassword(ada)).toBe(before)
    expect(await sessionsOf(ada)).toHaveLength(1)
    expect(await actionsOf(ada)).toEqual([])
  })

  test.each(['name', 'address'])('refuses the %s of the candidate', async (kind) => {
    const ada = await givenAccount({
      fullName: 'Augusta Ada Lovelace',
      email: `augusta.${kind}@example.org`,
    })
    const password = kind === 'name' ? 'augusta ada lovelace' : ada.email

    const response = await post(PATH, { ...form, password }, { headers: await signedIn(ada) })

    expect(response.status).toBe(422)
  })

  test('counts wrong passwords as signing in does, and makes whoever guesses wait', async () => {
    const ada = await givenAccount()
    const headers = await signedIn(ada)
    const wrong = { ...form, current: 'not my password' }
    for (let count = 0; count < 5; count++) expect((await post(PATH, wrong, { headers })).status).toBe(422)

    const response = await post(PATH, form, { headers })

    expect(response.status).toBe(429)
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await isPassword(PASSWORD, await keptPassword(ada))).toBe(true)
    expect(await actionsOf(ada)).toEqual(['sign-in.delayed'])
    expect((await post('/sign-in', { account: ada.id, password: PASSWORD })).status).toBe(429)
  })

  test('does not count new passwords that are refused', async () => {
    const ada = await givenAccount()
    const headers = await signedIn(ada)
    for (let count = 0; count < 6; count++) await post(PATH, { ...form, password: 'short' }, { headers })

    expect((await post(PATH, form, { headers })).status).toBe(303)
  })

  test('forgets wrong tries and other browsers, and keeps this one known', async () => {
    const ada = await givenAccount()
    const { cookie } = await signedIn(ada)
    const token = 'B'.repeat(43)
    const dates = { createdAt: LONG_AGO, lastUsedAt: new Date() }
    const here = await sha256Hex(token)
    await db.insert(schema.knownBrowsers).values([
      { tokenHash: here, candidateId: ada.id, ...dates },
      { tokenHash: '1'.repeat(64), candidateId: ada.id, ...dates },
    ])
    await post('/sign-in', { account: ada.id, password: 'a guess at it' })

    await post(PATH, form, { headers: { cookie: `${cookie}; __Host-browser=${token}` } })

    expect(await db.select().from(schema.knownBrowsers)).toMatchObject([{ tokenHash: here }])
    expect(await db.select().from(schema.signInBrakes)).toEqual([])
  })

  test('is limited at the edge for each network', async () => {
    const ada = await givenAccount()
    const limit = async ({ key }: { key: string }) => ({ success: !key.startsWith('network:') })

    const response = await post(PATH, form, { headers: await signedIn(ada) }, {
      SIGN_IN_LIMITER: { limit },
    } as Partial<Env>)

    expect(response.status).toBe(429)
    expect(await isPassword(PASSWORD, await keptPassword(ada))).toBe(true)
  })

  test('happens once, however often it is sent at once', async () => {
    const ada = await givenAccount()
    const headers = await signedIn(ada)

    const answers = await Promise.all([post(PATH, form, { headers }), post(PATH, form, { headers })])

    expect(await actionsOf(ada)).toEqual(['password.changed'])
    const cookies = answers.map(sessionCookieOf).filter((cookie) => cookie !== undefined)
    expect(cookies).toHaveLength(1)
    expect(await sessionsOf(ada)).toMatchObject([{ idHash: await hashOf({ cookie: cookies[0]! }) }])
  })

  test('asks who signed in a while ago to do so again', async () => {
    const ada = await givenAccount()
    const headers = await signedIn(ada, new Date(Date.now() - 11 * 60_000))

    const get = await send(PATH, { headers })
    const sent = await post(PATH, form, { headers })

    expect(get.headers.get('location')).toBe('/sign-in/again?return_to=%2Fprofile%2Fsecurity%2Fpassword')
    expect(sent.headers.get('location')).toBe('/sign-in/again?return_to=%2Fprofile%2Fsecurity%2Fpassword')
    expect(await isPassword(PASSWORD, await keptPassword(ada))).toBe(true)
  })
})

describe('Choose a password', () => {
  test('needs none where there is none', async () => {
    const ada = await givenCandidate()
    const headers = await signedIn(ada)

    const page = await (await send(PATH, { headers })).text()
    const response = await post(PATH, { password: NEW }, { headers })

    expect(page).not.toContain('current-password')
    expect(response.status).toBe(303)
    expect(await isPassword(NEW, await keptPassword(ada))).toBe(true)
    expect(await noticesOf(ada)).toEqual(['password.changed'])
  })
})
