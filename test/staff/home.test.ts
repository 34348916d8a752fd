import { env } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import * as schema from '../../src/schema.ts'
import { db, givenCandidate, givenProgram } from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { send, signedInStaff } from '../support/requests.ts'

beforeEach(async () => {
  await givenProgram()
})

async function givenRequests(count: number, createdAt: Date) {
  for (let made = 0; made < count; made += 1) {
    const { id: candidateId } = await givenCandidate()
    const request = { kind: 'name_change', state: 'open', details: {} } as const
    await db
      .insert(schema.requests)
      .values({ ...request, candidateId, submission: 'x', createdAt, turnSince: createdAt })
  }
}

test('who may see requests sees how many wait, and for how long', async () => {
  await givenRequests(2, new Date(Date.now() - 3 * 86_400_000))
  await givenRequests(1, new Date())

  const html = await (await send('/staff', { headers: await signedInStaff('reviewer') })).text()

  expect(html).toContain('3 open requests')
  expect(html).toContain('2 are older than two days')
  expect(html).toContain('Decide requests')
})

test('a role that has nothing to do with requests sees neither them nor their menu', async () => {
  await givenRequests(1, new Date())

  const html = await (await send('/staff', { headers: await signedInStaff('catalogue') })).text()

  expect(html).not.toContain('open request')
  expect(html).not.toContain('href="/staff/requests"')
  expect(html).not.toContain('href="/staff/people"')
  expect(html).toContain('href="/staff/security"')
})

test('costs two round trips, however many candidates there are', async () => {
  const rowsRead = async () => {
    const { d1, cost } = countedDatabase(env.DB)
    await send('/staff', { headers: await signedInStaff('owner') }, { DB: d1 })
    expect(cost.roundTrips).toBe(2)
    return cost.rowsRead
  }
  await rowsRead()
  const few = await rowsRead()
  for (let made = 0; made < 30; made += 1) await givenCandidate()

  expect(await rowsRead()).toBe(few)
})
