import { createScheduledController } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, expect, test, vi } from 'vitest'
import { causeOf } from '../../src/core/failure.ts'
import worker from '../../src/index.ts'
import * as schema from '../../src/schema.ts'
import { db, givenCandidate, givenProgram } from '../support/builders.ts'
import { ORIGIN, post, send } from '../support/requests.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

test('of a failed query the cause is told, and nothing of what it was about', async () => {
  const ada = await givenCandidate()
  const again = { candidateId: ada.id, normalized: ada.email, address: ada.email, isPrimary: false }
  const failed = await db
    .insert(schema.candidateEmails)
    .values(again)
    .catch((error: unknown) => error)

  expect(String(failed)).toContain(ada.email)
  expect(causeOf(failed)).toMatch(/UNIQUE constraint failed/)
  expect(causeOf(failed)).not.toContain('ada')
})

test('a scheduled job that fails says so without naming anybody', async () => {
  const controller = createScheduledController({ cron: '17 3 * * *', scheduledTime: 0 })
  const failing = () => Promise.reject(new Error('D1_ERROR: Network connection lost.'))
  const statement = { bind: () => ({ run: failing, all: failing, raw: failing }) }
  const DB = { prepare: () => statement, batch: failing } as unknown as D1Database

  const run = worker.scheduled(controller, { ...env, DB })

  await expect(run).rejects.toThrow(
    /^sweepSignIn: D1_ERROR: Network connection lost\.(; \w+: D1_ERROR: Network connection lost\.)*$/,
  )
})

test('what fails after the answer is logged, and the answer stands', async () => {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => {})
  await givenProgram()
  const ada = await givenCandidate()
  const down = { sendBatch: () => Promise.reject(new Error('the queue is down')) } as unknown as Queue

  const response = await post('/forgotten', { account: ada.email }, {}, { URGENT_MAIL_QUEUE: down })

  expect(response.status).toBe(303)
  expect(logged).toHaveBeenCalledExactlyOnceWith({
    message: 'failed after the answer',
    work: 'send links',
    cause: 'the queue is down',
  })
  expect(await db.$count(schema.mailOutbox)).toBe(1)
})

test('a page that is asked for by another method says which ones it has', async () => {
  await givenProgram()
  const headers = { origin: ORIGIN }

  const page = await send('/verify', { method: 'POST', headers })
  const answer = await send('/api/v1/deliveries/x', { method: 'DELETE', headers })
  const nothing = await send('/no-such-page', { method: 'POST', headers })

  expect([page.status, answer.status, nothing.status]).toEqual([405, 405, 404])
  expect(page.headers.get('allow')).toBe('GET, HEAD')
  expect(await answer.json()).toMatchObject({ status: 405, title: 'Method not allowed' })
})

test('a form that another site sends is refused with a page of ours', async () => {
  const response = await send('/sign-out', { method: 'POST', headers: { origin: 'https://evil.example' } })

  expect(response.status).toBe(403)
  expect(response.headers.get('content-type')).toContain('text/html')
  expect(response.headers.get('cache-control')).toBe('private, no-store')
  expect(response.headers.getSetCookie()).toEqual([])
})
