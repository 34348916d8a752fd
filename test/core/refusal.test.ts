import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { givenCandidate, givenProgram } from '../support/builders.ts'
import { givenStaff, post, send, signedInStaff } from '../support/requests.ts'

const logged = vi.spyOn(console, 'warn')

beforeEach(async () => {
  logged.mockImplementation(() => {})
  await givenProgram()
})

afterEach(() => {
  logged.mockClear()
})

const lines = () => logged.mock.calls.map(([line]) => line)

test('who does not prove who they are is logged, known or not, and not named', async () => {
  const ada = await givenCandidate()
  const grace = await givenStaff('support')

  await post('/sign-in', { account: ada.email, password: 'a guess at it' })
  await post('/sign-in', { account: 'nobody@example.org', password: 'a guess at it' })
  await post('/sign-in/passkey', { passkey: '{}' })
  await post('/staff/sign-in', { email: grace.email, password: 'a guess at it' })
  await post('/staff/sign-in/passkey', { passkey: '{}' })
  await send('/api/v1/feeds/pearson/deliveries', { headers: { authorization: 'Bearer guess' } })

  expect(lines()).toEqual([
    { message: 'proof refused', route: '/sign-in', by: 'password' },
    { message: 'proof refused', route: '/sign-in', by: 'password' },
    { message: 'proof refused', route: '/sign-in/passkey', by: 'passkey' },
    { message: 'proof refused', route: '/staff/sign-in', by: 'password' },
    { message: 'proof refused', route: '/staff/sign-in/passkey', by: 'passkey' },
    { message: 'proof refused', route: '/api/v1/feeds/:feed/deliveries', by: 'token' },
  ])
})

test('what somebody’s role does not allow is logged, and is not there', async () => {
  const mary = await givenStaff('support')

  const response = await send('/staff/audit', { headers: await signedInStaff(mary) })

  expect(response.status).toBe(404)
  expect(lines()).toEqual([
    { message: 'permission refused', permission: 'audit.view', role: 'support', staffId: mary.id },
  ])
})

test('a form of another site is logged by the route that it was sent to', async () => {
  await send('/sign-out', { method: 'POST', headers: { origin: 'https://evil.example' } })

  expect(lines()).toEqual([{ message: 'request refused', route: expect.any(String), status: 403 }])
})
