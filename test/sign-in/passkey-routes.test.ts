import { env } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import {
  readPasskeyAnswer,
  registrationOptions,
  relyingPartyOf,
  verifyRegistration,
} from '../../src/authenticators/passkeys.ts'
import { randomToken } from '../../src/core/tokens.ts'
import * as schema from '../../src/schema.ts'
import { db, givenProgram, LONG_AGO } from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { givenStaff, ORIGIN, post, send, signedIn } from '../support/requests.ts'
import { createVirtualAuthenticator } from '../support/virtual-authenticator.ts'
import { ageTries, cookieNamed, cookiesOf, entriesOf, givenAccount, givenApp, noticesOf } from './given.ts'

const party = relyingPartyOf(ORIGIN, 'Record')

let authenticator: ReturnType<typeof createVirtualAuthenticator>
beforeEach(async () => {
  await givenProgram()
  authenticator = createVirtualAuthenticator({ origin: party.origin, rpId: party.id })
})

/** A passkey in the test's authenticator. */
async function givenPasskey(holder: { candidateId: string } | { staffId: number }) {
  const userHandle = randomToken()
  const user = { handle: userHandle, name: 'x', displayName: 'Ada Byron' }
  const json = await authenticator.create(await registrationOptions(party, user, []))
  const passkey = (await verifyRegistration(party, readPasskeyAnswer(JSON.stringify(json))!))!
  await db
    .insert(schema.passkeys)
    .values({ ...passkey, ...holder, userHandle, name: 'Phone', createdAt: LONG_AGO })
}

const asked = async () =>
  (await post('/sign-in/passkey/challenge', {})).json<Parameters<typeof authenticator.get>[0]>()

const answerTo = async (options: Awaited<ReturnType<typeof asked>>) =>
  JSON.stringify(await authenticator.get(options))

async function signInByPasskey(headers: Record<string, string> = {}, return_to = '/exams', bindings = {}) {
  const passkey = await answerTo(await asked())
  return post('/sign-in/passkey', { passkey, return_to }, { headers }, bindings)
}

test('the sign-in page offers a passkey, behind a script that finds out whether there can be one', async () => {
  const text = await (await send('/sign-in?return_to=/exams')).text()

  expect(text).toMatch(/<form[^>]* action="\/sign-in\/passkey"[^>]* hidden/)
  expect(text).toContain('data-options="/sign-in/passkey/challenge"')
  expect(text).toContain('<script src="/passkeys.js" defer')
  expect((await env.ASSETS.fetch('https://assets.local/passkeys.js')).status).toBe(200)
  expect(await (await send('/verify')).text()).not.toContain('passkeys.js')
})

test('a passkey opens the account in three round trips, without name, password or code', async () => {
  const ada = await givenAccount()
  await givenApp(ada)
  await givenPasskey({ candidateId: ada.id })
  const before = await signedIn(ada)
  const { d1, cost } = countedDatabase(env.DB)

  const response = await signInByPasskey(before, '/certifications/status', { DB: d1 })
  const headers = cookiesOf(response)

  expect(response.status).toBe(303)
  expect(response.headers.get('location')).toBe('/certifications/status')
  expect(cost.roundTrips).toBe(3)
  expect((await send('/exams', { headers })).status).toBe(200)
  expect((await send('/exams', { headers: before })).status).toBe(303)
  expect(cookieNamed(headers, '__Host-browser')).toBeDefined()
  expect(await entriesOf(ada)).toMatchObject([{ action: 'session.began', method: 'passkey' }])
  const [passkey] = await db.select().from(schema.passkeys)
  expect(passkey!.lastUsedAt).not.toBeNull()
})

test('a sign-in by passkey in an unknown browser is mailed, in a known one not', async () => {
  const ada = await givenAccount()
  await givenPasskey({ candidateId: ada.id })

  const first = cookiesOf(await signInByPasskey())
  await signInByPasskey(first)
  await signInByPasskey()

  expect(await noticesOf(ada)).toEqual(['session.began-on-new-device'])
})

test('an answer works once', async () => {
  const ada = await givenAccount()
  await givenPasskey({ candidateId: ada.id })
  const passkey = await answerTo(await asked())

  const answers = await Promise.all([
    post('/sign-in/passkey', { passkey }),
    post('/sign-in/passkey', { passkey }),
  ])

  expect(answers.map(({ status }) => status).sort()).toEqual([303, 422])
  expect(await db.$count(schema.sessions)).toBe(1)
})

test.each<[string, () => Promise<unknown>]>([
  [
    'a challenge that is too old',
    () => db.update(schema.passkeyChallenges).set({ expiresAt: new Date(Date.now() - 1) }),
  ],
  [
    'a challenge for something else',
    () => db.update(schema.passkeyChallenges).set({ purpose: 'staff_sign_in' }),
  ],
  ['a challenge that was never ours', () => db.delete(schema.passkeyChallenges)],
  ['a passkey that was removed', () => db.delete(schema.passkeys)],
  ['a passkey with another key', () => db.update(schema.passkeys).set({ publicKey: 'pQECAyYgASFYIA' })],
])('%s opens nothing', async (_, spoil) => {
  const ada = await givenAccount()
  await givenPasskey({ candidateId: ada.id })
  const passkey = await answerTo(await asked())
  await spoil()

  const response = await post('/sign-in/passkey', { passkey })

  expect(response.status).toBe(422)
  expect(await response.text()).toContain('did not open an account')
  expect(response.headers.getSetCookie().join()).not.toContain('__Host-session')
  expect(await db.$count(schema.sessions)).toBe(0)
})

test.each([
  ['another site', { origin: 'https://evil.example' }],
  ['another host', { rpId: 'evil.example' }],
  ['nobody but the device', { verifiesUser: false }],
])('an answer that was given to %s opens nothing', async (_, lie) => {
  const ada = await givenAccount()
  await givenPasskey({ candidateId: ada.id })
  Object.assign(authenticator, lie)

  expect((await signInByPasskey()).status).toBe(422)
  expect(await db.$count(schema.sessions)).toBe(0)
})

test('a copy of a passkey shows by its counter and opens nothing', async () => {
  const ada = await givenAccount()
  authenticator.isSynced = false
  await givenPasskey({ candidateId: ada.id })
  await db.update(schema.passkeys).set({ counter: 7 })

  expect((await signInByPasskey()).status).toBe(422)
  expect(await db.$count(schema.sessions)).toBe(0)
})

test('a passkey of staff opens no candidate account', async () => {
  const { id } = await givenStaff('owner')
  await givenPasskey({ staffId: id })

  expect((await signInByPasskey()).status).toBe(422)
})

test('a passkey does not wait while a stranger guesses at the password', async () => {
  const ada = await givenAccount()
  await givenPasskey({ candidateId: ada.id })
  for (let n = 0; n < 5; n += 1) await post('/sign-in', { account: ada.id, password: 'wrong' })

  expect((await signInByPasskey()).status).toBe(303)
  expect((await post('/sign-in', { account: ada.id, password: 'wrong' })).status).toBe(429)
  await ageTries(60_000)
})

test('challenges are limited by network, since each is kept', async () => {
  const limiter: RateLimit = { limit: async ({ key }) => ({ success: !key.startsWith('network:') }) }

  const answers = await Promise.all(
    ['/sign-in/passkey/challenge', '/sign-in/passkey'].map((path) =>
      post(path, {}, {}, { SIGN_IN_LIMITER: limiter }),
    ),
  )

  expect(answers.map(({ status }) => status)).toEqual([429, 429])
  expect(await db.$count(schema.passkeyChallenges)).toBe(0)
})

/** Signed in long enough ago to be asked again. */
async function signedInLongAgo(candidate: { id: string }) {
  const headers = await signedIn(candidate)
  const before = new Date(Date.now() - 11 * 60_000)
  await db.update(schema.sessions).set({ createdAt: before, authenticatedAt: before })
  return headers
}

const SENSITIVE = '/profile/security/passkeys'

test('a passkey proves once more who one is, and brings a new session', async () => {
  const ada = await givenAccount()
  await givenApp(ada)
  await givenPasskey({ candidateId: ada.id })
  const before = await signedInLongAgo(ada)
  expect((await send(SENSITIVE, { headers: before })).status).toBe(303)

  const passkey = await answerTo(await asked())
  const response = await post('/sign-in/again', { passkey, return_to: SENSITIVE }, { headers: before })
  const after = cookiesOf(response)
  const again = await post('/sign-in/again', { passkey, return_to: SENSITIVE }, { headers: after })

  expect(response.status).toBe(303)
  expect(response.headers.get('location')).toBe(SENSITIVE)
  expect((await send(SENSITIVE, { headers: after })).status).toBe(200)
  expect((await send('/exams', { headers: before })).status).toBe(303)
  expect(again.status).toBe(422)
  expect(await db.$count(schema.sessions)).toBe(1)
})

test.each(['another candidate', 'one of the staff'])(
  'a passkey of %s proves nothing of who is signed in, and opens nothing',
  async (whose) => {
    const ada = await givenAccount()
    const holder =
      whose === 'one of the staff'
        ? { staffId: (await givenStaff('owner')).id }
        : { candidateId: (await givenAccount()).id }
    await givenPasskey(holder)
    const before = await signedInLongAgo(ada)

    const passkey = await answerTo(await asked())
    const response = await post('/sign-in/again', { passkey, return_to: SENSITIVE }, { headers: before })

    expect(response.status).toBe(422)
    expect(response.headers.getSetCookie().join()).not.toContain('__Host-session')
    expect((await send(SENSITIVE, { headers: before })).status).toBe(303)
    expect((await db.select().from(schema.sessions)).map(({ candidateId }) => candidateId)).toEqual([ada.id])
  },
)
