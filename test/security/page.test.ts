import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { sha256Hex } from '../../src/core/tokens.ts'
import * as schema from '../../src/schema.ts'
import { sessionHandle } from '../../src/security/session-handle.ts'
import { insertSession } from '../../src/sign-in/session-queries.ts'
import { givenAccount } from '../sign-in/given.ts'
import { db, givenCandidate, givenProgram } from '../support/builders.ts'
import { givenBystanders } from '../support/bystanders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { send, signedIn } from '../support/requests.ts'
import { givenPasskey, hashOf } from './given.ts'

const PATH = '/profile/security'
const PAGE_BUDGET_BYTES = 14_336

beforeEach(async () => {
  await givenProgram()
})

async function pageOf(headers: { cookie: string }) {
  const response = await send(PATH, { headers })
  expect(response.status).toBe(200)
  return response.text()
}

/** Sessions of the candidate, begun `minutes` ago each. */
async function givenSessions(
  { id: candidateId }: { id: string },
  count: number,
  device: string,
  minutes = 1,
) {
  const at = new Date(Date.now() - minutes * 60_000)
  for (let number = 0; number < count; number++) {
    const idHash = await sha256Hex(`${candidateId} ${device} ${number}`)
    await insertSession(db, { idHash, candidateId, method: 'totp', device }, at)
  }
}

async function compressed(text: string) {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))
  return (await new Response(stream).arrayBuffer()).byteLength
}

test('says what there is where there is nothing yet', async () => {
  const page = await pageOf(await signedIn(await givenCandidate()))

  expect(page).toContain('Choose a password')
  expect(page).toContain('No passkeys yet')
  expect(page).toContain('Set up an authenticator app')
  expect(page).toContain('You are signed in nowhere else.')
  expect(page).not.toContain('Recovery codes')
  expect(page).toContain('href="/profile/activity"')
})

test('says how one gets in, and where one is', async () => {
  const ada = await givenAccount()
  await givenPasskey(ada, { name: 'Phone', lastUsedAt: new Date('2026-03-04T05:06:00Z') })
  await givenPasskey(ada, { name: 'Key', backedUp: false })
  const here = await signedIn(ada)
  const phone = await signedIn(ada)

  const page = await pageOf(here)

  expect(page).toContain('<time datetime="2020-01-01T00:00:00.000Z">')
  expect(page).toContain('<time datetime="2026-03-04T05:06:00.000Z">')
  expect(page).toContain('on all devices of the same account')
  expect(page).toContain('on this one device only')
  expect(page).toContain('(this one)')
  expect(page).toContain(`/sessions/${sessionHandle(await hashOf(phone))}/end`)
  expect(page).not.toContain(await hashOf(phone))
  expect(page).not.toContain(sessionHandle(await hashOf(here)))
})

test('shows to nobody what is others’', async () => {
  const ada = await givenAccount()
  await givenPasskey(ada, { name: 'Phone of Ada' })
  await givenSessions(ada, 1, 'Edge, Windows')

  const page = await pageOf(await signedIn(await givenAccount()))

  expect(page).not.toContain('Phone of Ada')
  expect(page).not.toContain('Edge, Windows')
})

test('leaves out sessions that are over', async () => {
  const ada = await givenAccount()
  await givenSessions(ada, 1, 'Idle', 31)
  await givenSessions(ada, 1, 'Busy for long', 12 * 60 + 1)
  await db
    .update(schema.sessions)
    .set({ lastSeenAt: new Date() })
    .where(eq(schema.sessions.device, 'Busy for long'))

  const page = await pageOf(await signedIn(ada))

  expect(page).not.toContain('Idle')
  expect(page).not.toContain('Busy for long')
})

test('shows names as they were typed, as text', async () => {
  const ada = await givenAccount()
  await givenPasskey(ada, { name: '<img src=x>' })
  await givenSessions(ada, 1, '')

  const page = await pageOf(await signedIn(ada))

  expect(page).toContain('&lt;img src=x&gt;')
  expect(page).toContain('Unknown device')
})

test('looks without step-up', async () => {
  const ada = await givenAccount()

  await pageOf(await signedIn(ada, new Date(Date.now() - 29 * 60_000)))
})

test.each(['password', 'session-ended', 'nonsense', '<script>'])('says what was done: %s', async (done) => {
  const headers = await signedIn(await givenAccount())

  const page = await (await send(`${PATH}?done=${encodeURIComponent(done)}`, { headers })).text()

  expect(page.includes('notice--good')).toBe(done === 'password' || done === 'session-ended')
  expect(page).not.toContain('<script>')
})

test.each(['passkey-added', 'passkey-removed', 'authenticator-on', 'authenticator-off'])(
  'offers to end the other sessions after %s',
  async (done) => {
    const headers = await signedIn(await givenAccount())

    const page = await (await send(`${PATH}?done=${done}`, { headers })).text()

    expect(page).toContain('href="/profile/security/sessions/others/end"')
  },
)

test('fits into its budget with twenty passkeys and a hundred sessions', async () => {
  const ada = await givenAccount()
  for (let number = 0; number < 20; number++)
    await givenPasskey(ada, { name: `A passkey with quite a long name, number ${number}`.padEnd(60, '.') })
  await givenSessions(ada, 100, 'Samsung Internet, Android')

  const page = await pageOf(await signedIn(ada))
  const css = await (await send('/app.css')).text()

  expect(page).toContain('20 passkeys')
  expect(page).toContain('101 sessions')
  const bytes = (await compressed(page)) + (await compressed(css))
  expect(bytes).toBeLessThan(PAGE_BUDGET_BYTES)
})

test('costs two round trips, and as much among thousands as alone', async () => {
  const ada = await givenAccount()
  await givenPasskey(ada)
  const headers = await signedIn(ada)
  const measure = async () => {
    const { d1, cost } = countedDatabase(env.DB)
    await send(PATH, { headers }, { DB: d1 })
    return cost
  }
  const alone = await measure()
  await givenBystanders(3_000)
  await env.DB.exec(
    `INSERT INTO sessions (id_hash, candidate_id, created_at, last_seen_at)
     SELECT printf('%064d', rowid), id, ${Date.now()}, ${Date.now()} FROM candidates WHERE id LIKE 'BYS%'`.replaceAll(
      '\n',
      ' ',
    ),
  )

  const among = await measure()

  expect(among.roundTrips).toBe(2)
  expect(among.rowsRead).toBe(alone.rowsRead)
})
