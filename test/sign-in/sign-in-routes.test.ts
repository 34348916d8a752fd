import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import * as schema from '../../src/schema.ts'
import { db, givenCandidate, givenProgram } from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { post, send, signedIn } from '../support/requests.ts'
import { givenAccount, PASSWORD, sessionCookieOf } from './given.ts'

const MINUTE_MS = 60_000

function attempt(account: string, password: string, more: Record<string, string | string[]> = {}) {
  return post('/sign-in', { account, password, ...more })
}

async function statusOfExams(headers: Record<string, string>) {
  return (await send('/exams', { headers })).status
}

test('the sign-in page offers every door, and fields that a password manager knows', async () => {
  await givenProgram()

  const response = await send('/sign-in?return_to=/exams')
  const text = await response.text()

  expect(response.status).toBe(200)
  for (const href of ['/first-sign-in', '/forgotten', '/verify']) expect(text).toContain(`href="${href}"`)
  expect(text).toContain('autocomplete="username"')
  expect(text).toContain('autocomplete="current-password"')
  expect(text).toContain('name="return_to" value="/exams"')
})

test.each([
  ['the e-mail address', (ada: { email: string }) => ` ${ada.email.toUpperCase()} `],
  ['the candidate ID', (ada: { id: string }) => ada.id],
  [
    'the candidate ID, in small letters and with spaces',
    (ada: { id: string }) => ada.id.toLowerCase().replace('00', ' 00 '),
  ],
])('%s and the password open the record', async (_, nameOf) => {
  await givenProgram()
  const ada = await givenAccount()

  const response = await attempt(nameOf(ada), PASSWORD)
  const cookie = sessionCookieOf(response)!

  expect(response.status).toBe(303)
  expect(response.headers.get('location')).toBe('/')
  expect(response.headers.getSetCookie().find((one) => one.startsWith('__Host-session'))).toMatch(
    /; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  )
  expect(await statusOfExams({ cookie })).toBe(200)
  const [session] = await db.select().from(schema.sessions)
  expect(session).toMatchObject({ candidateId: ada.id })
  expect(cookie).not.toContain(session!.idHash)
})

test('any confirmed address opens the record, an unconfirmed one none', async () => {
  await givenProgram()
  const ada = await givenAccount()
  const another = { candidateId: ada.id, isPrimary: false }
  await db.insert(schema.candidateEmails).values([
    { ...another, normalized: 'ada@old.example', address: 'Ada@old.example', verifiedAt: new Date(0) },
    { ...another, normalized: 'ada@new.example', address: 'ada@new.example', verifiedAt: null },
  ])

  expect((await attempt('ada@old.example', PASSWORD)).status).toBe(303)
  expect((await attempt('ada@new.example', PASSWORD)).status).toBe(422)
})

test('after signing in one is back where one was going', async () => {
  await givenProgram()
  const ada = await givenAccount()

  const response = await attempt(ada.id, PASSWORD, { return_to: '/certifications/status' })

  expect(response.headers.get('location')).toBe('/certifications/status')
})

test.each(['//evil.example', '/\\evil.example', 'https://evil.example', '/\t/evil.example'])(
  'signing in never leads to %j',
  async (target) => {
    await givenProgram()
    const ada = await givenAccount()

    const page = await send(`/sign-in?return_to=${encodeURIComponent(target)}`)
    const response = await attempt(ada.id, PASSWORD, { return_to: target })
    const signedInAlready = await send(`/sign-in?return_to=${encodeURIComponent(target)}`, {
      headers: await signedIn(ada),
    })

    expect(await page.text()).toContain('name="return_to" value="/"')
    expect(response.headers.get('location')).toBe('/')
    expect(signedInAlready.headers.get('location')).toBe('/')
  },
)

test('a wrong password, an unknown name and a record without a password look alike and cost alike', async () => {
  await givenProgram()
  const ada = await givenAccount()
  const new_ = await givenCandidate()
  const cases = [
    [ada.id, 'not the password'],
    [ada.email, 'not the password'],
    ['JPR99999999', PASSWORD],
    ['nobody@example.org', PASSWORD],
    [new_.id, PASSWORD],
    [new_.email, PASSWORD],
  ] as const

  const answers = await Promise.all(
    cases.map(async ([account, password]) => {
      const { d1, cost } = countedDatabase(env.DB)
      const response = await post('/sign-in', { account, password }, {}, { DB: d1 })
      const text = (await response.text()).replaceAll(account, 'NAME')
      return { status: response.status, text, roundTrips: cost.roundTrips, cookie: sessionCookieOf(response) }
    }),
  )

  expect(answers[0]).toMatchObject({ status: 422, roundTrips: 1, cookie: undefined })
  expect(answers[0]!.text).toContain('do not belong together')
  expect(answers[0]!.text).toContain('<title>Error: Sign in')
  expect(answers[0]!.text).toContain('value="NAME"')
  for (const answer of answers) expect(answer).toEqual(answers[0])
})

test('the password is never sent back', async () => {
  await givenProgram()
  await givenAccount()

  const response = await attempt('nobody@example.org', 'a-secret-that-must-not-come-back')

  expect(await response.text()).not.toContain('a-secret-that-must-not-come-back')
})

test('what was left out is asked for, and what was filled in is kept', async () => {
  await givenProgram()

  const nothing = await attempt('', '')
  const halfAnAddress = await attempt('zofia@', 'x')

  expect(nothing.status).toBe(422)
  const text = await nothing.text()
  expect(text).toContain('href="#account">Enter a whole e-mail address')
  expect(text).toContain('href="#password">Enter your password')
  expect(await halfAnAddress.text()).toContain('value="zofia@"')
})

test('signing in gives a new session and ends the one that the browser had', async () => {
  await givenProgram()
  const ada = await givenAccount()
  const before = await signedIn(ada)

  const response = await post('/sign-in', { account: ada.id, password: PASSWORD }, { headers: before })
  const after = sessionCookieOf(response)!

  expect(after).not.toBe(before.cookie)
  expect(await statusOfExams(before)).toBe(303)
  expect(await statusOfExams({ cookie: after })).toBe(200)
})

test('a session id that a browser was made to present is never taken up', async () => {
  await givenProgram()
  const ada = await givenAccount()
  const planted = `__Host-session=${'A'.repeat(43)}`

  const response = await post(
    '/sign-in',
    { account: ada.id, password: PASSWORD },
    { headers: { cookie: planted } },
  )

  expect(sessionCookieOf(response)).not.toBe(planted)
  expect(await statusOfExams({ cookie: planted })).toBe(303)
})

test('a password that is replaced while it is being checked opens nothing any more', async () => {
  await givenProgram()
  const ada = await givenAccount()
  // The new password arrives between the question for the account and the new session.
  const slowly = {
    withSession: () => {
      const session = env.DB.withSession()
      return {
        prepare: (query: string) => session.prepare(query),
        batch: async (statements: D1PreparedStatement[]) => {
          const answers = await session.batch(statements)
          await db.update(schema.passwords).set({ encoded: '$scrypt$another', setAt: new Date() })
          return answers
        },
        getBookmark: () => session.getBookmark(),
      }
    },
  } as unknown as D1Database

  const response = await post('/sign-in', { account: ada.id, password: PASSWORD }, {}, { DB: slowly })

  expect(response.status).toBe(422)
  expect(sessionCookieOf(response)).toBeUndefined()
  expect(await db.$count(schema.sessions)).toBe(0)
})

test('the form sent twice signs in twice, harmlessly', async () => {
  await givenProgram()
  const ada = await givenAccount()

  const [one, two] = await Promise.all([attempt(ada.id, PASSWORD), attempt(ada.id, PASSWORD)])

  expect([one.status, two.status]).toEqual([303, 303])
  expect(await statusOfExams({ cookie: sessionCookieOf(two)! })).toBe(200)
})

test('who is signed in goes home from the sign-in page', async () => {
  await givenProgram()
  const ada = await givenAccount()

  const response = await send('/sign-in', { headers: await signedIn(ada) })

  expect(response.status).toBe(303)
  expect(response.headers.get('location')).toBe('/')
})

test('signing out ends the session for good', async () => {
  await givenProgram()
  const ada = await givenAccount()
  const headers = await signedIn(ada)

  const response = await post('/sign-out', {}, { headers })
  const page = await send(response.headers.get('location')!)

  expect(response.status).toBe(303)
  expect(response.headers.getSetCookie().join()).toContain('__Host-session=; Max-Age=0')
  expect(response.headers.get('clear-site-data')).toBe('"cache"')
  expect(await page.text()).toContain('You are signed out')
  expect(await statusOfExams(headers)).toBe(303)
  expect((await post('/sign-out', {}, { headers })).status).toBe(303)
})

test('another site can neither sign anyone in nor out', async () => {
  await givenProgram()
  const ada = await givenAccount()
  const headers = await signedIn(ada)
  const foreign = { headers: { ...headers, origin: 'https://evil.example' } }

  const answers = await Promise.all([
    post('/sign-in', { account: ada.id, password: PASSWORD }, foreign),
    post('/sign-out', {}, foreign),
  ])

  expect(answers.map(({ status }) => status)).toEqual([403, 403])
  expect(await statusOfExams(headers)).toBe(200)
})

test.each([
  ['29 minutes idle', 29, 29, 200],
  ['31 minutes idle', 31, 31, 303],
  ['busy for 11 hours and 59 minutes', 719, 1, 200],
  ['busy for 12 hours', 720, 1, 303],
])('a session %s answers as it should', async (_, age, idle, status) => {
  await givenProgram()
  const ada = await givenAccount()
  const headers = await signedIn(ada)
  const ago = (minutes: number) => new Date(Date.now() - minutes * MINUTE_MS)
  await db.update(schema.sessions).set({ createdAt: ago(age), lastSeenAt: ago(idle) })

  expect(await statusOfExams(headers)).toBe(status)
})

test.each([
  ['one account from one network', 'account:2001:db8:9:9 JPR00000007'],
  ['many accounts from one network', 'network:2001:db8:9:9'],
])('guessing at %s is slowed', async (_, worn) => {
  await givenProgram()
  const limiter: RateLimit = { limit: async ({ key }) => ({ success: key !== worn }) }
  const headers = { 'cf-connecting-ip': '2001:db8:9:9::7' }

  const answers = await Promise.all([
    post('/sign-in', { account: 'jpr00000007', password: 'x' }, { headers }, { SIGN_IN_LIMITER: limiter }),
    post('/forgotten', { account: 'JPR00000007' }, { headers }, { SIGN_IN_LIMITER: limiter }),
    post('/first-sign-in', { candidateId: 'JPR00000007' }, { headers }, { SIGN_IN_LIMITER: limiter }),
  ])

  for (const answer of answers) {
    expect(answer.status).toBe(429)
    expect(answer.headers.get('retry-after')).toBe('60')
    expect(await answer.text()).toContain('Too many requests')
  }
})

test('what is tried from elsewhere uses up nothing of the holder at the edge', async () => {
  await givenProgram()
  const ada = await givenAccount()
  const limiter: RateLimit = {
    limit: async ({ key }) => ({ success: key.includes('2001:db8:9:9') || !key.includes(ada.id) }),
  }
  const headers = { 'cf-connecting-ip': '2001:db8:9:9::7' }

  const response = await post(
    '/sign-in',
    { account: ada.id, password: PASSWORD },
    { headers },
    { SIGN_IN_LIMITER: limiter },
  )

  expect(response.status).toBe(303)
})

test('the limit that is configured wears out', async () => {
  await givenProgram()
  // More than two windows let through, in case the first ends meanwhile.
  const tries = Array.from({ length: 45 }, () => post('/forgotten', { account: 'worn@example.org' }))

  const answers = await Promise.all(tries)

  expect(answers.some(({ status }) => status === 429)).toBe(true)
})

test.each<[string, Record<string, string | string[]>, number]>([
  ['a NUL in the name', { account: 'JPR\0', password: 'x' }, 422],
  ['two names', { account: ['JPR00000001', 'JPR00000002'], password: 'x' }, 422],
  ['two passwords', { account: 'JPR-HOSTILE-2', password: ['x', 'y'] }, 422],
  ['a name that turns the text round', { account: '\u202Egro.elpmaxe@ada', password: 'x' }, 422],
  ['SQL', { account: "' OR 1=1 --", password: "' OR 1=1 --" }, 422],
  ['a long password', { account: 'JPR-HOSTILE-5', password: 'x'.repeat(60_000) }, 422],
  ['a form beyond measure', { account: 'JPR-HOSTILE-6', password: 'x'.repeat(70_000) }, 413],
])('%s opens nothing and breaks nothing', async (_, fields, status) => {
  await givenProgram()

  const response = await post('/sign-in', fields)

  expect(response.status).toBe(status)
  expect(sessionCookieOf(response)).toBeUndefined()
})

test('what is not a form is refused', async () => {
  await givenProgram()
  const asForm = (body: string, type: string) =>
    send('/sign-in', {
      method: 'POST',
      body,
      headers: { origin: 'http://localhost:8787', 'content-type': type },
    })

  expect((await asForm('broken', 'multipart/form-data; boundary=x')).status).toBe(400)
  expect((await asForm('{"account":"x"}', 'application/json')).status).toBe(422)
})

test('a form sent after the session ended is said to be lost, and its page is come back to', async () => {
  await givenProgram()

  const response = await post('/profile', { company: 'Example' })

  expect(response.status).toBe(303)
  const location = response.headers.get('location')!
  expect(location).toBe('/sign-in?session-ended&return_to=%2Fprofile')
  expect(await (await send(location)).text()).toContain('nothing of it was saved')
})
