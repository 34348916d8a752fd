import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { factory } from '../../src/core/app-env.ts'
import { requestContext } from '../../src/core/request-context.ts'
import * as schema from '../../src/schema.ts'
import { loadViewer, requireCandidate, requireFresh } from '../../src/sign-in/viewer.ts'
import { db, givenCandidate, givenProgram } from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { post, send, signedIn } from '../support/requests.ts'
import {
  cookiesOf,
  entriesOf,
  givenAccount,
  givenApp,
  givenLink,
  givenRecoveryCodes,
  PASSWORD,
} from './given.ts'

const MINUTE_MS = 60_000

/** A page that asks for a fresh sign-in. */
const guarded = factory
  .createApp()
  .use(requestContext)
  .route(
    '/',
    new Hono().get('/sensitive', loadViewer as never, requireCandidate as never, requireFresh as never, (c) =>
      c.text('open'),
    ),
  )

const sensitive = (headers: { cookie: string }) => guarded.request('/sensitive', { headers }, env)

async function signedInLongAgo(candidate: { id: string }) {
  const headers = await signedIn(candidate)
  const before = new Date(Date.now() - 11 * MINUTE_MS)
  await db
    .update(schema.sessions)
    .set({ createdAt: before, authenticatedAt: before })
    .where(eq(schema.sessions.candidateId, candidate.id))
  return headers
}

const again = (headers: { cookie: string }, fields: Record<string, string>, bindings = {}) =>
  post('/sign-in/again', { return_to: '/sensitive', ...fields }, { headers }, bindings)

test('what is sensitive asks for the password after ten minutes, and then opens under a new session', async () => {
  await givenProgram()
  const ada = await givenAccount()
  const before = await signedInLongAgo(ada)
  const elsewhere = await signedIn(ada)

  const stopped = await sensitive(before)
  const page = await send(stopped.headers.get('location')!, { headers: before })
  const { d1, cost } = countedDatabase(env.DB)
  const response = await again(before, { password: PASSWORD }, { DB: d1 })
  const after = cookiesOf(response)

  expect(stopped.headers.get('location')).toBe('/sign-in/again?return_to=%2Fsensitive')
  const text = await page.text()
  expect(text).toContain('name="return_to" value="/sensitive"')
  expect(text).not.toContain('name="code"')
  expect(text).not.toContain('data-passkey=')
  expect(response.status).toBe(303)
  expect(response.headers.get('location')).toBe('/sensitive')
  expect(cost.roundTrips).toBe(3)
  expect(await (await sensitive(after)).text()).toBe('open')
  expect((await send('/exams', { headers: before })).status).toBe(303)
  expect((await send('/exams', { headers: elsewhere })).status).toBe(200)
  expect(await entriesOf(ada)).toMatchObject([{ action: 'session.began', method: 'password' }])
})

test('with an app the code is asked for, too, in the same form', async () => {
  await givenProgram()
  const ada = await givenAccount()
  const code = await givenApp(ada)
  const [recovery] = await givenRecoveryCodes(ada)
  const before = await signedInLongAgo(ada)
  const other = await signedIn(ada)
  const shown = code()

  const text = await (await send('/sign-in/again', { headers: before })).text()
  const without = await again(before, { password: PASSWORD })
  const wrong = await again(before, { password: 'wrong', code: shown })
  const right = await again(before, { password: PASSWORD, code: shown })
  const used = await again(other, { password: PASSWORD, code: shown })
  const byRecovery = await again(other, { password: PASSWORD, code: recovery! })

  expect(text).toContain('name="code"')
  expect([without, wrong, right, used, byRecovery].map(({ status }) => status)).toEqual([
    422, 422, 303, 422, 303,
  ])
  expect((await sensitive(cookiesOf(right))).status).toBe(200)
  expect((await entriesOf(ada)).map(({ action }) => action)).toContain('recovery-code.used')
})

test('a wrong password keeps the session as it was, says so, and is slowed', async () => {
  await givenProgram()
  const ada = await givenAccount()
  const before = await signedInLongAgo(ada)

  const wrong = await again(before, { password: 'wrong' })
  const nothing = await again(before, { password: '' })
  for (let n = 0; n < 4; n += 1) await again(before, { password: 'wrong' })
  const delayed = await again(before, { password: PASSWORD })

  expect(wrong.status).toBe(422)
  expect(await wrong.text()).toContain('That was not right')
  expect(await nothing.text()).toContain('Enter your password')
  expect(delayed.status).toBe(429)
  expect((await send('/exams', { headers: before })).status).toBe(200)
  expect((await sensitive(before)).status).toBe(303)
})

test('a session that was opened by a link is fresh, and who has no other way is told of links', async () => {
  await givenProgram()
  const ada = await givenCandidate()
  const opened = await post(`/set-password/${await givenLink(ada)}`, { password: 'an altogether new phrase' })
  const grace = await givenCandidate()
  const withoutMethods = await signedInLongAgo(grace)

  expect(await (await sensitive(cookiesOf(opened))).text()).toBe('open')
  const text = await (await send('/sign-in/again', { headers: withoutMethods })).text()
  expect(text).toContain('neither a password nor a passkey')
  expect(text).toContain('href="/forgotten"')
  expect(text).not.toContain('name="password"')
  expect((await again(withoutMethods, { password: 'x' })).status).toBe(422)
})

test('a session that ended meanwhile is not brought back', async () => {
  await givenProgram()
  const ada = await givenAccount()
  const before = await signedInLongAgo(ada)
  // It ends between the question who is asking and the new session.
  const ending = {
    withSession: () => {
      const session = env.DB.withSession()
      let batches = 0
      return {
        prepare: (query: string) => session.prepare(query),
        batch: async (statements: D1PreparedStatement[]) => {
          const answers = await session.batch(statements)
          batches += 1
          if (batches === 2) await db.delete(schema.sessions)
          return answers
        },
        getBookmark: () => session.getBookmark(),
      }
    },
  }

  const response = await again(before, { password: PASSWORD }, { DB: ending })

  expect(response.status).toBe(422)
  expect(await db.$count(schema.sessions)).toBe(0)
})

test.each(['//evil.example', 'https://evil.example', '/\\evil.example'])(
  'proving it again never leads to %j',
  async (target) => {
    await givenProgram()
    const ada = await givenAccount()

    const response = await again(await signedIn(ada), { password: PASSWORD, return_to: target })

    expect(response.headers.get('location')).toBe('/')
  },
)
