import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import * as schema from '../../src/schema.ts'
import { db, givenProgram } from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { post, send } from '../support/requests.ts'
import {
  ageTries,
  cookieNamed,
  cookiesOf,
  entriesOf,
  givenAccount,
  givenApp,
  givenLink,
  givenRecoveryCodes,
  noticesOf,
  PASSWORD,
} from './given.ts'

/** As far as the page for the code. */
async function givenPending(account: string, return_to = '/exams') {
  const response = await post('/sign-in', { account, password: PASSWORD, return_to })
  expect(response.headers.get('location')).toBe('/sign-in/code')
  return cookiesOf(response)
}

const enter = (headers: { cookie: string }, fields: Record<string, string>) =>
  post('/sign-in/code', fields, { headers })

const isIn = async (headers: { cookie: string }) => (await send('/exams', { headers })).status === 200

test('after the password the code is asked for, and only then is the account open', async () => {
  await givenProgram()
  const ada = await givenAccount()
  const code = await givenApp(ada)

  const pending = await givenPending(ada.id, '/certifications/status')
  const page = await send('/sign-in/code', { headers: pending })
  const text = await page.text()

  expect(cookieNamed(pending, '__Host-session')).toBeUndefined()
  expect(await isIn(pending)).toBe(false)
  expect(await db.$count(schema.sessions)).toBe(0)
  expect(page.status).toBe(200)
  expect(text).toContain('inputmode="numeric"')
  expect(text).toContain('autocomplete="one-time-code"')

  const { d1, cost } = countedDatabase(env.DB)
  const response = await post('/sign-in/code', { code: code() }, { headers: pending }, { DB: d1 })

  expect(response.status).toBe(303)
  expect(response.headers.get('location')).toBe('/certifications/status')
  expect(cost.roundTrips).toBe(2)
  expect(await isIn(cookiesOf(response))).toBe(true)
  expect(response.headers.getSetCookie().join()).toContain('__Host-pending=; Max-Age=0')
  expect(await entriesOf(ada)).toMatchObject([{ action: 'session.began', method: 'totp' }])
  expect(await db.$count(schema.pendingSignIns)).toBe(0)
  expect(await db.$count(schema.signInBrakes)).toBe(0)
})

test('an app that was never confirmed asks for nothing', async () => {
  await givenProgram()
  const ada = await givenAccount()
  await givenApp(ada)
  await db.update(schema.totpSecrets).set({ confirmedAt: null })

  const response = await post('/sign-in', { account: ada.id, password: PASSWORD })

  expect(response.headers.get('location')).toBe('/')
})

test('a code works once, however many sign-ins wait for it', async () => {
  await givenProgram()
  const ada = await givenAccount()
  const code = await givenApp(ada)
  const [one, two] = [await givenPending(ada.id), await givenPending(ada.id)]
  const shown = code()

  const answers = await Promise.all([enter(one, { code: shown }), enter(two, { code: shown })])
  const late = await enter(answers[0]!.status === 303 ? two : one, { code: shown })

  expect(answers.map(({ status }) => status).sort()).toEqual([303, 422])
  expect(late.status).toBe(422)
  expect(await late.text()).toContain('used already')
  expect(await db.$count(schema.sessions)).toBe(1)
})

test('a waiting sign-in opens one session', async () => {
  await givenProgram()
  const ada = await givenAccount()
  const code = await givenApp(ada)
  const pending = await givenPending(ada.id)

  expect((await enter(pending, { code: code() })).status).toBe(303)
  const again = await enter(pending, { code: code(1) })

  expect(again.headers.get('location')).toBe('/sign-in?late')
  expect(await db.$count(schema.sessions)).toBe(1)
})

test('a recovery code stands in for the app, once, and is mailed about', async () => {
  await givenProgram()
  const ada = await givenAccount()
  await givenApp(ada)
  const [recovery] = await givenRecoveryCodes(ada)

  const response = await enter(await givenPending(ada.id), { recovery_code: recovery!.toLowerCase() })
  const again = await enter(await givenPending(ada.id), { recovery_code: recovery! })

  expect(response.status).toBe(303)
  expect(await isIn(cookiesOf(response))).toBe(true)
  expect(again.status).toBe(422)
  expect(await again.text()).toContain('none of your recovery codes')
  expect(await entriesOf(ada)).toMatchObject([
    { action: 'session.began', method: 'recovery_code' },
    { action: 'recovery-code.used' },
  ])
  expect(await noticesOf(ada)).toEqual(['recovery-code.used'])
})

test("neither somebody else's code nor their recovery code opens anything", async () => {
  await givenProgram()
  const [ada, grace] = [await givenAccount(), await givenAccount()]
  await givenApp(ada)
  const ofGrace = await givenApp(grace)
  const [recovery] = await givenRecoveryCodes(grace)
  const pending = await givenPending(ada.id)

  expect((await enter(pending, { code: ofGrace() })).status).toBe(422)
  expect((await enter(pending, { recovery_code: recovery! })).status).toBe(422)
  expect(await db.$count(schema.sessions)).toBe(0)
})

test('wrong codes are slowed like wrong passwords, and a right password does not wipe them out', async () => {
  await givenProgram()
  const ada = await givenAccount()
  const code = await givenApp(ada)

  const pending = await givenPending(ada.id)
  for (let n = 0; n < 2; n += 1) expect((await enter(pending, { code: '000000' })).status).toBe(422)
  const another = await givenPending(ada.id)
  for (let n = 0; n < 3; n += 1) expect((await enter(another, { code: '000000' })).status).toBe(422)
  const delayed = await enter(another, { code: code() })

  expect(delayed.status).toBe(429)
  expect(delayed.headers.get('retry-after')).not.toBeNull()
  expect((await enter(await givenPending(ada.id), { code: code() })).status).toBe(429)
  expect((await entriesOf(ada)).map(({ action }) => action)).toEqual(['sign-in.delayed'])
  await ageTries(60_000)
  expect((await enter(another, { code: code() })).status).toBe(303)
})

test('the fifth try may be the right password, and the code is still asked for at once', async () => {
  await givenProgram()
  const ada = await givenAccount()
  const code = await givenApp(ada)
  for (let n = 0; n < 4; n += 1) await post('/sign-in', { account: ada.id, password: 'wrong' })

  const response = await enter(await givenPending(ada.id), { code: code() })

  expect(response.status).toBe(303)
})

test('a link by mail does not stand in for the code', async () => {
  await givenProgram()
  const ada = await givenAccount()
  const code = await givenApp(ada)
  const waiting = await givenPending(ada.id)
  const token = await givenLink(ada)

  const chosen = await post(`/set-password/${token}`, { password: 'an altogether new phrase' })
  const pending = cookiesOf(chosen)

  expect(chosen.headers.get('location')).toBe('/sign-in/code')
  expect(cookieNamed(pending, '__Host-session')).toBeUndefined()
  expect(await db.$count(schema.sessions)).toBe(0)
  expect((await enter(waiting, { code: code() })).headers.get('location')).toBe('/sign-in?late')
  const response = await enter(pending, { code: code() })
  expect(response.headers.get('location')).toBe('/')
  expect(await isIn(cookiesOf(response))).toBe(true)
})

test('who waited too long, or came by another way, starts again and is told why', async () => {
  await givenProgram()
  const ada = await givenAccount()
  const code = await givenApp(ada)
  const late = await givenPending(ada.id)
  await db.update(schema.pendingSignIns).set({ expiresAt: new Date(Date.now() - 1) })
  const strangers = [
    late,
    { cookie: '' },
    { cookie: `__Host-pending=${'A'.repeat(43)}` },
    { cookie: '__Host-pending=%00' },
  ]

  for (const headers of strangers) {
    const answers = [
      await send('/sign-in/code', { headers }),
      await enter(headers, { code: code() }),
      await enter(headers, { code: '' }),
    ]
    for (const { status, headers } of answers)
      expect([status, headers.get('location')]).toEqual([303, '/sign-in?late'])
  }
  expect(await (await send('/sign-in?late')).text()).toContain('The time for the code ran out')
  expect(await db.select().from(schema.signInBrakes)).toMatchObject([{ failures: 0 }])
})

test.each([
  [{ code: ' ' }, 'Enter the six digits'],
  [{ recovery_code: '' }, 'Enter one of your recovery codes'],
  [{ code: '12345' }, 'too old or used already'],
  [{ code: '१२३४५६' }, 'too old or used already'],
])('the field %j is answered with what is wrong', async (fields, message) => {
  await givenProgram()
  const ada = await givenAccount()
  await givenApp(ada)

  const response = await enter(await givenPending(ada.id), fields as unknown as Record<string, string>)

  expect(response.status).toBe(422)
  expect(await response.text()).toContain(message)
})

test('a new password by mail brings no new tries at the code', async () => {
  await givenProgram()
  const ada = await givenAccount()
  await givenApp(ada)
  const pending = await givenPending(ada.id)
  for (let n = 0; n < 5; n += 1) expect((await enter(pending, { code: '000000' })).status).toBe(422)

  const link = await givenLink(ada)
  const onward = await post(`/set-password/${link}`, { password: 'an altogether new phrase' })
  const answer = await enter(cookiesOf(onward), { code: '000000' })

  expect(onward.headers.get('location')).toBe('/sign-in/code')
  expect(answer.status).toBe(429)
})

test('a stranger who keeps guessing at the password cannot keep who knows it from the code', async () => {
  await givenProgram()
  const ada = await givenAccount()
  const code = await givenApp(ada)
  const pending = await givenPending(ada.id)
  for (let n = 0; n < 5; n += 1) await post('/sign-in', { account: ada.id, password: 'wrong' })

  expect((await enter(pending, { code: code() })).status).toBe(303)
})
