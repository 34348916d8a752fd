import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import * as schema from '../../src/schema.ts'
import { db, givenCandidate, givenProgram } from '../support/builders.ts'
import { givenStaff, post, send, signedIn, signedInStaff } from '../support/requests.ts'
import { auditActions, codeOf, cookiesOf, givenAppAccount, PASSWORD } from './given-account.ts'

beforeEach(async () => {
  await givenProgram()
})

const giveDetails = (email: string, password = PASSWORD, more = {}, init: RequestInit = {}) =>
  post('/staff/sign-in', { email, password, ...more }, init)

const sessionsOf = (staffId: number) =>
  db.select().from(schema.staffSessions).where(eq(schema.staffSessions.staffId, staffId))

test('password and code together sign in, and each step is told', async () => {
  const grace = await givenAppAccount('auditor')

  const first = await giveDetails(grace.email.toUpperCase(), PASSWORD, { return_to: '/staff/people' })
  const second = await post(
    '/staff/sign-in/code',
    { code: codeOf(grace.base32) },
    { headers: cookiesOf(first) },
  )
  const page = await send('/staff/people', { headers: cookiesOf(second) })

  expect(first.headers.get('location')).toBe('/staff/sign-in/code')
  expect(second.headers.get('location')).toBe('/staff/people')
  expect(page.status).toBe(200)
  expect(await auditActions()).toEqual([`staff:${grace.id} staff.session-began`])
  expect((await sessionsOf(grace.id))[0]).toMatchObject({ method: 'totp' })
})

test('the password alone opens nothing', async () => {
  const grace = await givenAppAccount()

  const first = await giveDetails(grace.email)
  const page = await send('/staff', { headers: cookiesOf(first) })

  expect(page.status).toBe(303)
  expect(page.headers.get('location')).toMatch(/^\/staff\/sign-in\?/)
  expect(await sessionsOf(grace.id)).toEqual([])
})

test('a code without the password before it opens nothing, in another browser either', async () => {
  const grace = await givenAppAccount()
  await giveDetails(grace.email)

  const other = await post('/staff/sign-in/code', { code: codeOf(grace.base32) })

  expect(other.headers.get('location')).toBe('/staff/sign-in?expired')
  expect(await sessionsOf(grace.id)).toEqual([])
})

test('a code works once', async () => {
  const grace = await givenAppAccount()
  const code = codeOf(grace.base32)
  const first = await giveDetails(grace.email)
  await post('/staff/sign-in/code', { code }, { headers: cookiesOf(first) })

  const again = await giveDetails(grace.email)
  const replayed = await post('/staff/sign-in/code', { code }, { headers: cookiesOf(again) })

  expect(replayed.status).toBe(422)
  expect(await sessionsOf(grace.id)).toHaveLength(1)
})

test('a half sign-in is finished once', async () => {
  const grace = await givenAppAccount()
  const first = await giveDetails(grace.email)
  await post('/staff/sign-in/code', { code: codeOf(grace.base32) }, { headers: cookiesOf(first) })

  const replayed = await post('/staff/sign-in/code', { code: grace.codes[0]! }, { headers: cookiesOf(first) })

  expect(replayed.headers.get('location')).toBe('/staff/sign-in?expired')
  expect(await sessionsOf(grace.id)).toHaveLength(1)
})

test('a recovery code stands in for the app, once', async () => {
  const grace = await givenAppAccount()
  const enter = async (code: string) => {
    const first = await giveDetails(grace.email)
    return post('/staff/sign-in/code', { code }, { headers: cookiesOf(first) })
  }

  expect((await enter(grace.codes[0]!)).status).toBe(303)
  expect((await enter(grace.codes[0]!)).status).toBe(422)
  expect((await enter(grace.codes[1]!.toLowerCase())).status).toBe(303)
})

test('a wrong password, an unknown address, one without an app and one removed are answered alike', async () => {
  const grace = await givenAppAccount()
  const gone = await givenAppAccount()
  await db.update(schema.staff).set({ role: 'support' }).where(eq(schema.staff.id, gone.id))
  await db.update(schema.staff).set({ removedAt: new Date() }).where(eq(schema.staff.id, gone.id))
  const noApp = await givenStaff('support', { password: grace.password })
  const invited = await givenAppAccount('support')
  await db.update(schema.staff).set({ joinedAt: null }).where(eq(schema.staff.id, invited.id))

  const answers = await Promise.all([
    giveDetails(grace.email, 'wrong horse battery staple'),
    ...['nobody@program.example', gone.email, noApp.email, invited.email].map((email) => giveDetails(email)),
  ])
  const pages = await Promise.all(
    answers.map(async (answer) => (await answer.text()).replace(/value="[^"]*@program.example"/, '')),
  )

  expect(answers.map(({ status }) => status)).toEqual([422, 422, 422, 422, 422])
  expect(answers.flatMap(({ headers }) => headers.getSetCookie()).join()).not.toContain('pending')
  expect(new Set(pages).size).toBe(1)
})

test.each(['grace', 'nobody'])(
  'guessing at the password of %s is slowed down, told, and never ends',
  async (who) => {
    const grace = await givenAppAccount()
    const email = who === 'grace' ? grace.email : 'nobody@program.example'
    for (let tries = 0; tries < 5; tries += 1) await giveDetails(email, 'wrong horse battery staple')

    const delayed = await giveDetails(email)
    await db.update(schema.signInBrakes).set({ blockedUntil: new Date(0) })
    const later = await giveDetails(email)

    expect(await delayed.text()).toContain('Too many attempts failed')
    expect(later.status).toBe(who === 'grace' ? 303 : 422)
    expect(await auditActions()).toContain('nobody staff.sign-in-delayed')
  },
)

test('a stranger elsewhere who keeps guessing does not keep the holder out', async () => {
  const grace = await givenAppAccount()
  const stranger = { headers: { 'cf-connecting-ip': '203.0.113.9' } }
  for (let tries = 0; tries < 6; tries += 1) await giveDetails(grace.email, 'wrong', {}, stranger)

  const holder = await giveDetails(
    grace.email,
    PASSWORD,
    {},
    { headers: { 'cf-connecting-ip': '198.51.100.7' } },
  )

  expect(holder.status).toBe(303)
})

test('what is tried from elsewhere uses up nothing of the holder at the edge', async () => {
  const grace = await givenAppAccount()
  const SIGN_IN_LIMITER: RateLimit = {
    limit: async ({ key }) => ({ success: !key.includes(grace.email) }),
  }
  const fields = { email: grace.email, password: PASSWORD }

  expect((await post('/staff/sign-in', fields, {}, { SIGN_IN_LIMITER })).status).toBe(303)
})

test('guessing at the code is slowed down, however often the password is given again', async () => {
  const grace = await givenAppAccount()
  for (let tries = 0; tries < 5; tries += 1) {
    const first = await giveDetails(grace.email)
    await post('/staff/sign-in/code', { code: '000000' }, { headers: cookiesOf(first) })
  }

  const first = await giveDetails(grace.email)
  const right = await post(
    '/staff/sign-in/code',
    { code: codeOf(grace.base32) },
    { headers: cookiesOf(first) },
  )

  expect(right.status).toBe(422)
  expect(await sessionsOf(grace.id)).toEqual([])
})

test('a session id is new at every sign-in, and the old one ends', async () => {
  const grace = await givenAppAccount()
  const before = await signedInStaff(grace)
  const first = await giveDetails(grace.email, PASSWORD, {}, { headers: before })

  const second = await post(
    '/staff/sign-in/code',
    { code: codeOf(grace.base32) },
    { headers: { cookie: `${before.cookie}; ${cookiesOf(first).cookie}` } },
  )

  expect(cookiesOf(second).cookie).not.toContain(before.cookie)
  expect((await send('/staff', { headers: before })).status).toBe(303)
  expect((await send('/staff', { headers: cookiesOf(second) })).status).toBe(200)
})

test.each([
  ['31 minutes without use', 31, 0],
  ['8 hours, however busy', 8 * 60 + 1, 8 * 60],
])('a session is over after %s', async (_, begunMinutesAgo, usedAfter) => {
  const begunAt = new Date(Date.now() - begunMinutesAgo * 60_000)
  const headers = await signedInStaff('owner', begunAt)
  await db.update(schema.staffSessions).set({ lastSeenAt: new Date(begunAt.getTime() + usedAfter * 60_000) })

  expect((await send('/staff', { headers })).status).toBe(303)
})

test('signing out ends the session, and the log says so', async () => {
  const grace = await givenAppAccount()
  const headers = await signedInStaff(grace)

  const out = await post('/staff/sign-out', {}, { headers })

  expect(out.headers.get('location')).toBe('/staff/sign-in?signed-out')
  expect(out.headers.get('clear-site-data')).toBe('"cache"')
  expect((await send('/staff', { headers })).status).toBe(303)
  expect(await auditActions()).toEqual([`staff:${grace.id} staff.session-ended`])
})

test('a session of a candidate is nothing in the console, and the other way round', async () => {
  const candidate = await signedIn(await givenCandidate())
  const owner = await signedInStaff('owner')

  expect((await send('/staff', { headers: candidate })).status).toBe(303)
  expect((await send('/profile', { headers: owner })).headers.get('location')).toMatch(/^\/sign-in/)
  const swapped = { cookie: candidate.cookie.replace('__Host-session', '__Host-staff') }
  expect((await send('/staff', { headers: swapped })).status).toBe(303)
  const other = { cookie: owner.cookie.replace('__Host-staff', '__Host-session') }
  expect((await send('/profile', { headers: other })).status).toBe(303)
})

test.each(['https://evil.example/', '//evil.example', '/profile', '/staff\\evil'])(
  'signing in leads to the console, not to %s',
  async (returnTo) => {
    const grace = await givenAppAccount()
    const first = await giveDetails(grace.email, PASSWORD, { return_to: returnTo })

    const second = await post(
      '/staff/sign-in/code',
      { code: codeOf(grace.base32) },
      { headers: cookiesOf(first) },
    )

    expect(second.headers.get('location')).toBe('/staff')
  },
)

test('what is sensitive asks again, and brings a new session', async () => {
  const grace = await givenAppAccount()
  const stale = await signedInStaff(grace, new Date(Date.now() - 11 * 60_000))
  const asked = await send('/staff/people/new', { headers: stale })

  const wrong = await post('/staff/sign-in/again', { password: PASSWORD, code: '000000' }, { headers: stale })
  const again = await post(
    '/staff/sign-in/again',
    { password: PASSWORD, code: codeOf(grace.base32), return_to: '/staff/people/new' },
    { headers: stale },
  )

  expect(asked.headers.get('location')).toBe('/staff/sign-in/again?return_to=%2Fstaff%2Fpeople%2Fnew')
  expect(wrong.status).toBe(422)
  expect(again.headers.get('location')).toBe('/staff/people/new')
  expect((await send('/staff/people/new', { headers: cookiesOf(again) })).status).toBe(200)
  expect((await send('/staff', { headers: stale })).status).toBe(303)
})
