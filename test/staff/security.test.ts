import { and, eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import * as schema from '../../src/schema.ts'
import { removePasskey } from '../../src/staff/own-method-queries.ts'
import { db, givenProgram } from '../support/builders.ts'
import { givenStaff, post, send, signedInStaff } from '../support/requests.ts'
import {
  auditActions,
  codeOf,
  cookiesOf,
  givenAppAccount,
  givenAuthenticator,
  PASSWORD,
} from './given-account.ts'

beforeEach(async () => {
  await givenProgram()
})

type Headers = { cookie: string }

async function addPasskey(headers: Headers, authenticator = givenAuthenticator(), name = 'Desk') {
  const options = await (await post('/staff/security/passkeys/challenge', {}, { headers })).json()
  const passkey = JSON.stringify(await authenticator.create(options as never))
  await post('/staff/security/passkeys', { name, passkey }, { headers })
  return authenticator.credentials.at(-1)!.id
}

const passkeysOf = (staffId: number) =>
  db.select().from(schema.passkeys).where(eq(schema.passkeys.staffId, staffId))

const sessionsOf = (staffId: number) =>
  db.select().from(schema.staffSessions).where(eq(schema.staffSessions.staffId, staffId))

async function signInByPasskey(authenticator: ReturnType<typeof givenAuthenticator>, headers?: Headers) {
  const options = await (await post('/staff/sign-in/passkey/challenge', {})).json()
  const passkey = JSON.stringify(await authenticator.get(options as never))
  return { passkey, answer: await post('/staff/sign-in/passkey', { passkey }, headers && { headers }) }
}

test('a passkey is added under a name, signs in, and its use is noted', async () => {
  const grace = await givenAppAccount()
  const authenticator = givenAuthenticator()
  const headers = await signedInStaff(grace)
  await addPasskey(headers, authenticator, ' My  desk ')

  const { answer } = await signInByPasskey(authenticator)

  expect(answer.headers.get('location')).toBe('/staff')
  expect((await send('/staff', { headers: cookiesOf(answer) })).status).toBe(200)
  expect(await passkeysOf(grace.id)).toMatchObject([{ name: 'My desk', lastUsedAt: expect.any(Date) }])
  expect(await auditActions()).toEqual([
    `staff:${grace.id} staff.method-added`,
    `staff:${grace.id} staff.session-began`,
  ])
})

test('an answer of a passkey works once', async () => {
  const grace = await givenAppAccount()
  const authenticator = givenAuthenticator()
  await addPasskey(await signedInStaff(grace), authenticator)
  const { passkey } = await signInByPasskey(authenticator)

  const replayed = await post('/staff/sign-in/passkey', { passkey })

  expect(replayed.headers.get('location')).toMatch(/^\/staff\/sign-in\?passkey-refused/)
  expect(replayed.headers.getSetCookie().join()).not.toContain('__Host-staff')
})

test('a passkey without a fingerprint or PIN, of a stranger or of somebody removed opens nothing', async () => {
  const grace = await givenAppAccount('support')
  const authenticator = givenAuthenticator()
  await addPasskey(await signedInStaff(grace), authenticator)

  authenticator.verifiesUser = false
  const unverified = await signInByPasskey(authenticator)
  authenticator.verifiesUser = true
  await db.update(schema.staff).set({ removedAt: new Date() }).where(eq(schema.staff.id, grace.id))
  const removed = await signInByPasskey(authenticator)
  await db.delete(schema.passkeys)
  const unknown = await signInByPasskey(authenticator)

  for (const { answer } of [unverified, removed, unknown])
    expect(answer.headers.get('location')).toMatch(/^\/staff\/sign-in\?passkey-refused/)
})

test('a passkey proves it once more, under a new session id', async () => {
  const grace = await givenAppAccount()
  const authenticator = givenAuthenticator()
  await addPasskey(await signedInStaff(grace), authenticator)
  const stale = await signedInStaff(grace, new Date(Date.now() - 11 * 60_000))

  const { answer } = await signInByPasskey(authenticator, stale)

  expect((await send('/staff/people/new', { headers: cookiesOf(answer) })).status).toBe(200)
  expect((await send('/staff', { headers: stale })).status).toBe(303)
})

test('the last strong way in cannot be removed, the one before it can', async () => {
  const grace = await givenAppAccount()
  const headers = await signedInStaff(grace)
  expect((await post('/staff/security/app/removal', {}, { headers })).status).toBe(422)
  const id = await addPasskey(headers)

  const removed = await post('/staff/security/app/removal', {}, { headers })
  const last = await post(`/staff/security/passkeys/${id}`, {}, { headers })

  expect(removed.headers.get('location')).toBe('/staff/security?app-removed')
  expect(last.status).toBe(422)
  expect(await last.text()).toContain('your only way to sign in')
  expect(await passkeysOf(grace.id)).toHaveLength(1)
  expect((await post('/staff/sign-in', { email: grace.email, password: PASSWORD })).status).toBe(422)
})

test('of two passkeys removed at once one stays', async () => {
  const grace = await givenStaff('support')
  const headers = await signedInStaff(grace)
  const [a, b] = [await addPasskey(headers), await addPasskey(headers)]

  const removed = await Promise.all([
    removePasskey(db, grace.id, a, new Date()),
    removePasskey(db, grace.id, b, new Date()),
  ])

  expect(removed.toSorted()).toEqual([false, true])
  expect(await passkeysOf(grace.id)).toHaveLength(1)
})

test("another's passkey is not there", async () => {
  const other = await givenAppAccount()
  const id = await addPasskey(await signedInStaff(other))
  const headers = await signedInStaff('owner')

  expect((await send(`/staff/security/passkeys/${id}`, { headers })).status).toBe(404)
  expect((await post(`/staff/security/passkeys/${id}`, {}, { headers })).status).toBe(404)
  expect(await passkeysOf(other.id)).toHaveLength(1)
})

test('a passkey whose challenge was given to a colleague is not added', async () => {
  const [mine, theirs] = [await signedInStaff('support'), await signedInStaff('support')]
  const options = await (await post('/staff/security/passkeys/challenge', {}, { headers: theirs })).json()
  const passkey = JSON.stringify(await givenAuthenticator().create(options as never))

  const refused = await post('/staff/security/passkeys', { name: 'Desk', passkey }, { headers: mine })

  expect(refused.status).toBe(422)
  expect(await db.select().from(schema.passkeys)).toEqual([])
})

test('a changed password ends other sessions and half sign-ins, and the old one opens nothing', async () => {
  const grace = await givenAppAccount()
  const [here, elsewhere] = [await signedInStaff(grace), await signedInStaff(grace)]
  const half = await post('/staff/sign-in', { email: grace.email, password: PASSWORD })
  const wanted = 'another horse battery staple'

  const changed = await post(
    '/staff/security/password',
    { current: PASSWORD, password: wanted },
    { headers: here },
  )

  expect(changed.headers.get('location')).toBe('/staff/security?password-changed')
  expect((await send('/staff', { headers: here })).status).toBe(200)
  expect((await send('/staff', { headers: elsewhere })).status).toBe(303)
  const finished = await post(
    '/staff/sign-in/code',
    { code: codeOf(grace.base32) },
    { headers: cookiesOf(half) },
  )
  expect(finished.headers.get('location')).toBe('/staff/sign-in?expired')
  expect((await post('/staff/sign-in', { email: grace.email, password: PASSWORD })).status).toBe(422)
  expect((await post('/staff/sign-in', { email: grace.email, password: wanted })).status).toBe(303)
})

test.each([
  ['a wrong current one', { current: 'wrong horse battery staple' }],
  ['a short new one', { password: 'short' }],
  ['a common new one', { password: 'passwordpassword' }],
])('the password is not changed for %s', async (_, wrong) => {
  const grace = await givenAppAccount()
  const fields = { current: PASSWORD, password: 'another horse battery staple', ...wrong }

  const refused = await post('/staff/security/password', fields, { headers: await signedInStaff(grace) })

  expect(refused.status).toBe(422)
  const [row] = await db.select().from(schema.staff).where(eq(schema.staff.id, grace.id))
  expect(row!.password).toBe(grace.password)
})

test('a new app replaces the old one with password and codes, and ends other sessions', async () => {
  const grace = await givenAppAccount()
  const [headers, elsewhere] = [await signedInStaff(grace), await signedInStaff(grace)]
  const html = await (await send('/staff/security/app', { headers })).text()
  const base32 = /<code>([A-Z2-7 ]+)<\/code>/.exec(html)![1]!.replaceAll(' ', '')
  const offer = /name="offer" value="([^"]+)"/.exec(html)![1]!
  const wanted = 'another horse battery staple'

  const set = await post(
    '/staff/security/app',
    { password: wanted, offer, code: codeOf(base32) },
    { headers },
  )
  const first = await post('/staff/sign-in', { email: grace.email, password: wanted })
  const enter = (code: string) => post('/staff/sign-in/code', { code }, { headers: cookiesOf(first) })

  expect(set.status).toBe(200)
  expect((await send('/staff', { headers: elsewhere })).status).toBe(303)
  expect((await enter(codeOf(grace.base32, 1))).status).toBe(422)
  expect((await enter(grace.codes[0]!)).status).toBe(422)
  expect((await enter(codeOf(base32, 1))).status).toBe(303)
})

test('new recovery codes are shown once, and the old ones work no more', async () => {
  const grace = await givenAppAccount()
  const headers = await signedInStaff(grace)

  const html = await (await post('/staff/security/recovery-codes', {}, { headers })).text()
  const shown = html.match(/(?:[0-9A-Z]{4}-){5}[0-9A-Z]{4}/g)!
  const first = await post('/staff/sign-in', { email: grace.email, password: PASSWORD })
  const enter = (code: string) => post('/staff/sign-in/code', { code }, { headers: cookiesOf(first) })

  expect(shown).toHaveLength(10)
  expect((await enter(grace.codes[0]!)).status).toBe(422)
  expect((await enter(shown[0]!)).status).toBe(303)
})

test('who has no app gets no recovery codes', async () => {
  const headers = await signedInStaff('support')

  expect((await post('/staff/security/recovery-codes', {}, { headers })).status).toBe(303)
  expect(await db.select().from(schema.recoveryCodes)).toEqual([])
})

test("one session ends, or all others; a colleague's stays", async () => {
  const grace = await givenAppAccount()
  const [here, there] = [await signedInStaff(grace), await signedInStaff(grace)]
  const colleague = await givenStaff('support')
  const theirs = await signedInStaff(colleague)
  const [their] = await sessionsOf(colleague.id)

  await post('/staff/security/sessions', { session: their!.idHash }, { headers: here })
  await post('/staff/security/sessions', {}, { headers: here })

  expect((await send('/staff', { headers: theirs })).status).toBe(200)
  expect((await send('/staff', { headers: there })).status).toBe(303)
  expect((await send('/staff', { headers: here })).status).toBe(200)
  expect(await sessionsOf(grace.id)).toHaveLength(1)
})

test.each(['passkeys', 'app', 'app/removal', 'password', 'recovery-codes', 'sessions'])(
  'changing %s asks a session that is not fresh to prove itself',
  async (what) => {
    const grace = await givenAppAccount()
    const headers = await signedInStaff(grace, new Date(Date.now() - 11 * 60_000))

    const asked = await post(`/staff/security/${what}`, {}, { headers })

    expect(asked.headers.get('location')).toMatch(/^\/staff\/sign-in\/again\?return_to=/)
    const kept = await db
      .select()
      .from(schema.totpSecrets)
      .where(and(eq(schema.totpSecrets.staffId, grace.id)))
    expect(kept).toHaveLength(1)
  },
)
