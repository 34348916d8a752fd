import { beforeEach, describe, expect, test } from 'vitest'
import * as schema from '../../src/schema.ts'
import { sessionHandle } from '../../src/security/session-handle.ts'
import { givenAccount, PASSWORD, sessionCookieOf } from '../sign-in/given.ts'
import { db, givenProgram, LONG_AGO } from '../support/builders.ts'
import { post, send, signedIn } from '../support/requests.ts'
import { actionsOf, hashOf, sessionsOf } from './given.ts'

const SECURITY = '/profile/security'
const OTHERS = `${SECURITY}/sessions/others/end`

beforeEach(async () => {
  await givenProgram()
})

async function endPath(headers: { cookie: string }) {
  return `${SECURITY}/sessions/${sessionHandle(await hashOf(headers))}/end`
}

const statusOf = async (headers: { cookie: string }) => (await send(SECURITY, { headers })).status

describe('End a session', () => {
  test('signs that browser out, and no other', async () => {
    const ada = await givenAccount()
    const [here, phone, work] = [await signedIn(ada), await signedIn(ada), await signedIn(ada)]

    const page = await send(await endPath(phone), { headers: here })
    const response = await post(await endPath(phone), {}, { headers: here })

    expect(await page.text()).toContain('Firefox, Linux')
    expect(response.headers.get('location')).toBe('/profile/security?done=session-ended')
    expect(await statusOf(phone)).toBe(303)
    expect(await statusOf(here)).toBe(200)
    expect(await statusOf(work)).toBe(200)
    expect(await actionsOf(ada)).toEqual(['session.ended'])
  })

  test('lets its cookie open nothing ever after', async () => {
    const ada = await givenAccount()
    const [here, phone] = [await signedIn(ada), await signedIn(ada)]
    await post(await endPath(phone), {}, { headers: here })

    for (const path of ['/', '/profile', '/exams', '/transcripts', SECURITY, '/profile/activity']) {
      const response = await send(path, { headers: phone })
      expect(await response.text()).not.toContain(ada.fullName)
    }
    await post(OTHERS, {}, { headers: phone })
    expect(await statusOf(here)).toBe(200)
  })

  test('takes this one back where it is this one', async () => {
    const ada = await givenAccount()
    const here = await signedIn(ada)

    const response = await post(await endPath(here), {}, { headers: here })

    expect(response.headers.get('location')).toBe('/sign-in?signed-out')
    expect(sessionCookieOf(response)).toBe('__Host-session=')
    expect(await sessionsOf(ada)).toEqual([])
  })

  test("finds nobody else's, and nothing twice", async () => {
    const ada = await givenAccount()
    const [here, phone] = [await signedIn(ada), await signedIn(ada)]
    const grace = await signedIn(await givenAccount())
    const path = await endPath(phone)

    expect((await send(path, { headers: grace })).status).toBe(404)
    expect((await post(path, {}, { headers: grace })).status).toBe(404)
    expect(await statusOf(phone)).toBe(200)

    await post(path, {}, { headers: here })
    const again = await post(path, {}, { headers: here })
    expect(again.status).toBe(404)
    expect(await again.text()).toContain('no longer in your list')
    expect(await actionsOf(ada)).toEqual(['session.ended'])
  })

  test('knows a session by its whole handle only', async () => {
    const ada = await givenAccount()
    const [here, phone] = [await signedIn(ada), await signedIn(ada)]
    const hash = await hashOf(phone)

    for (const handle of [hash.slice(0, 15), hash.slice(0, 17), hash, '_'.repeat(16), '%25'.repeat(16)])
      expect((await post(`${SECURITY}/sessions/${handle}/end`, {}, { headers: here })).status).toBe(404)
    expect(await sessionsOf(ada)).toHaveLength(2)
  })
})

describe('End all other sessions', () => {
  test('leaves this one, and those of others', async () => {
    const ada = await givenAccount()
    const [here, phone, work] = [await signedIn(ada), await signedIn(ada), await signedIn(ada)]
    const grace = await signedIn(await givenAccount())
    await db.insert(schema.pendingSignIns).values({
      idHash: '0'.repeat(64),
      candidateId: ada.id,
      returnTo: '/',
      createdAt: LONG_AGO,
      expiresAt: new Date('2099-01-01'),
    })

    const response = await post(OTHERS, {}, { headers: here })

    expect(response.headers.get('location')).toBe('/profile/security?done=others-ended')
    expect(await statusOf(here)).toBe(200)
    expect(await statusOf(phone)).toBe(303)
    expect(await statusOf(work)).toBe(303)
    expect(await statusOf(grace)).toBe(200)
    expect(await db.select().from(schema.pendingSignIns)).toEqual([])
    expect(await actionsOf(ada)).toEqual(['session.others-ended'])
  })

  test('tells of nothing where there was none', async () => {
    const ada = await givenAccount()
    const here = await signedIn(ada)

    await post(OTHERS, {}, { headers: here })

    expect(await actionsOf(ada)).toEqual([])
  })

  test('asks who signed in a while ago to do so again', async () => {
    const ada = await givenAccount()
    const old = await signedIn(ada, new Date(Date.now() - 11 * 60_000))
    const phone = await signedIn(ada)

    for (const path of [OTHERS, await endPath(phone)])
      for (const response of [await send(path, { headers: old }), await post(path, {}, { headers: old })])
        expect(response.headers.get('location')).toBe(`/sign-in/again?return_to=${encodeURIComponent(path)}`)
    expect(await sessionsOf(ada)).toHaveLength(2)
  })
})

test('a planted cookie is never adopted', async () => {
  const ada = await givenAccount()
  const planted = { cookie: `__Host-session=1.${'A'.repeat(43)}` }

  const response = await post('/sign-in', { account: ada.id, password: PASSWORD }, { headers: planted })

  const cookie = sessionCookieOf(response)!
  expect(cookie).not.toBe(planted.cookie)
  expect(await statusOf({ cookie })).toBe(200)
  expect(await statusOf(planted)).toBe(303)
})
