import { env } from 'cloudflare:workers'
import { getTableName } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { randomToken, sha256Hex } from '../../src/core/tokens.ts'
import * as schema from '../../src/schema.ts'
import { sweepSignIn } from '../../src/sign-in/sweep.ts'
import { db, givenCandidate, givenProgram, LONG_AGO } from '../support/builders.ts'
import { givenStaff, send, signedIn, signedInStaff } from '../support/requests.ts'
import { givenAccount, givenLink } from './given.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const NOW = new Date()
const ago = (milliseconds: number) => new Date(NOW.getTime() - milliseconds)
const hash = () => sha256Hex(randomToken())

test('the sweep takes away sessions and links that open nothing, and no others', async () => {
  await givenProgram()
  const ada = await givenAccount()
  const idle = await signedIn(ada, ago(31 * MINUTE_MS))
  const live = await signedIn(ada)
  await givenLink(ada, { expiresAt: ago(1) })
  const token = await givenLink(ada)

  await sweepSignIn(env, NOW)

  expect((await send('/exams', { headers: idle })).status).toBe(303)
  expect((await send('/exams', { headers: live })).status).toBe(200)
  expect(await db.$count(schema.sessions)).toBe(1)
  expect(await db.$count(schema.accessLinks)).toBe(1)
  expect((await send(`/set-password/${token}`)).status).toBe(200)
})

/** Of each table, one row to go and one to stay. */
const kinds = [
  [schema.staffSessions, givenStaffSession],
  [schema.pendingSignIns, givenPending],
  [schema.passkeyChallenges, givenChallenge],
  [schema.signInBrakes, givenTries],
  [schema.knownBrowsers, givenBrowser],
] as const

test.each(kinds.map(([table, given]) => [getTableName(table), table, given] as const))(
  'the sweep takes away old %s and leaves the others',
  async (_, table, given) => {
    await givenProgram()
    await given(true)
    await given(false)

    await sweepSignIn(env, NOW)
    await sweepSignIn(env, NOW)

    expect(await db.$count(table)).toBe(1)
  },
)

async function givenStaffSession(isOld: boolean) {
  await signedInStaff(await givenStaff('support'), isOld ? ago(31 * MINUTE_MS) : ago(29 * MINUTE_MS))
}

async function givenPending(isOld: boolean) {
  const { id: candidateId } = await givenCandidate()
  const expiresAt = ago(isOld ? 1 : -1)
  const pending = { idHash: await hash(), candidateId, returnTo: '/', createdAt: LONG_AGO, expiresAt }
  await db.insert(schema.pendingSignIns).values(pending)
}

async function givenChallenge(isOld: boolean) {
  const challenge = {
    challengeHash: await hash(),
    purpose: 'sign_in' as const,
    expiresAt: ago(isOld ? 1 : -1),
  }
  await db.insert(schema.passkeyChallenges).values(challenge)
}

async function givenTries(isOld: boolean) {
  const lastFailedAt = ago(isOld ? DAY_MS + 1 : DAY_MS - 1)
  const tries = { key: await hash(), failures: 5, lastFailedAt, blockedUntil: NOW }
  await db.insert(schema.signInBrakes).values(tries)
}

async function givenBrowser(isOld: boolean) {
  const { id: candidateId } = await givenCandidate()
  const lastUsedAt = ago(isOld ? 366 * DAY_MS : 364 * DAY_MS)
  const browser = { tokenHash: await hash(), candidateId, createdAt: LONG_AGO, lastUsedAt }
  await db.insert(schema.knownBrowsers).values(browser)
}
