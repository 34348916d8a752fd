import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { givenCandidate, givenProgram } from '../support/builders.ts'
import { send, signedIn } from '../support/requests.ts'

const BOOKMARK = '00000001-00000002-00000003-0123456789abcdef0123456789abcdef'

/** The database, telling from where each request asked to read. */
function watched() {
  const asked: unknown[] = []
  const withSession = (constraint?: string) => {
    asked.push(constraint)
    return env.DB.withSession('first-primary')
  }
  return { asked, d1: { withSession } as unknown as D1Database }
}

async function constraintOf(path: string, cookie: string) {
  const { asked, d1 } = watched()
  await send(path, { headers: { cookie } }, { DB: d1 })
  return asked[0]
}

test("a candidate reads at least as late as their own last write, and others' pages from the primary", async () => {
  await givenProgram()
  const { cookie } = await signedIn(await givenCandidate())
  const carried = `${cookie}; __Host-bookmark=${BOOKMARK}`

  expect(await constraintOf('/certifications/status', carried)).toBe(BOOKMARK)
  expect(await constraintOf('/certifications/status', cookie)).toBe('first-primary')
  expect(await constraintOf('/verify/0000000000000000', carried)).toBe('first-primary')
  expect(await constraintOf('/t/x', carried)).toBe('first-primary')
  expect(await constraintOf('/api/v1/certificates/0000000000000000', carried)).toBe('first-primary')
})

test('a bookmark that D1 cannot have given is not passed on', async () => {
  await givenProgram()

  for (const value of ['first-unconstrained', '', 'x'.repeat(5000), `${BOOKMARK}0`]) {
    expect(await constraintOf('/', `__Host-bookmark=${value}`)).toBe('first-primary')
  }
})
