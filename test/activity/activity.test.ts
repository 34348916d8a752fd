import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Action, type Actor, actions, activityActions } from '../../src/audit/actions.ts'
import { writeAudit } from '../../src/audit/audit-queries.ts'
import * as schema from '../../src/schema.ts'
import { db, givenCandidate, givenProgram, LONG_AGO } from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { givenStaff, send, signedIn } from '../support/requests.ts'

const PATH = '/profile/activity'

beforeEach(async () => {
  await givenProgram()
})

const minute = (number: number) => new Date(LONG_AGO.getTime() + number * 60_000)

async function givenEntry(
  { id: candidateId }: { id: string },
  action: Action,
  { actor = 'candidate', at = LONG_AGO, device }: { actor?: Actor; at?: Date; device?: string } = {},
) {
  await writeAudit(db, { action, actor, candidateId, ...(device && { details: { device } }) }, at)
}

async function pageOf(candidate: { id: string }, query = '') {
  const response = await send(PATH + query, { headers: await signedIn(candidate) })
  expect(response.status).toBe(200)
  return response.text()
}

/** The lines of the page: what, when, device, who. */
function linesOf(page: string) {
  const [, body = ''] = /<tbody>(.*)<\/tbody>/s.exec(page) ?? []
  return body
    .split('</tr>')
    .slice(0, -1)
    .map((row) =>
      [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell]) => cell!.replace(/<[^>]+>/g, '')),
    )
}

function olderLink(page: string) {
  return /\/profile\/activity(\?before=\d+)/.exec(page)?.[1]
}

/** So many entries of other people, by one statement, and of nobody. */
async function givenOthersEntries(count: number) {
  await env.DB.exec(
    "INSERT OR IGNORE INTO candidates (id, full_name, given_name, family_name, vendor_time, row_hash, delivery_id, delivery_line, created_at) SELECT 'OTHER' || value, 'O', 'O', 'O', 0, '-', '-', 1, 0 FROM json_each('[1,2,3]')",
  )
  await env.DB.exec(
    "INSERT OR IGNORE INTO audit_subjects (ref, candidate_id) SELECT printf('%032d', substr(id, 6)), id FROM candidates WHERE id LIKE 'OTHER%'",
  )
  await env.DB.exec(
    `WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ${count}) INSERT INTO audit_log (at, actor, action, subject, details) SELECT n, 'candidate', 'session.began', iif(n % 4 = 0, NULL, printf('%032d', n % 4)), '{}' FROM n`,
  )
}

describe('Account activity', () => {
  test('says what, when, from which device and who, the latest first', async () => {
    const ada = await givenCandidate()
    const { id } = await givenStaff('support', { name: 'Grace Hopper' })
    await givenEntry(ada, 'session.began', { at: minute(1), device: 'Firefox, Linux' })
    await givenEntry(ada, 'sign-in.delayed', { at: minute(2), actor: 'nobody', device: 'Chrome, Android' })
    await givenEntry(ada, 'name.changed', { at: minute(3), actor: `staff:${id}` })
    await givenEntry(ada, 'data.ready', { at: minute(4), actor: 'system' })

    const page = await pageOf(ada)

    expect(linesOf(page)).toEqual([
      ['Copy of your data made', '1 January 2020 at 00:04 UTC', '', 'The record office'],
      ['Name changed', '1 January 2020 at 00:03 UTC', '', 'Program staff'],
      [
        'Too many failed attempts to sign in',
        '1 January 2020 at 00:02 UTC',
        'Chrome, Android',
        'Somebody not signed in',
      ],
      ['Signed in', '1 January 2020 at 00:01 UTC', 'Firefox, Linux', 'You'],
    ])
    expect(page).toContain('<time datetime="2020-01-01T00:04:00.000Z">')
    expect(page).not.toContain('Grace')
    expect(page).not.toContain(`staff:${id}`)
  })

  test('has words for everything that it may show', async () => {
    const ada = await givenCandidate()
    for (const action of Object.keys(actions) as Action[]) await givenEntry(ada, action)

    const first = await pageOf(ada)

    const lines = [...linesOf(first), ...linesOf(await pageOf(ada, olderLink(first)))]
    expect(lines).toHaveLength(activityActions.length)
    expect(lines.every(([what]) => what !== '' && what !== 'undefined')).toBe(true)
  })

  test('leaves out what staff looked at', async () => {
    const ada = await givenCandidate()
    await givenEntry(ada, 'staff.candidate-viewed', { actor: 'staff:1' })

    expect(await pageOf(ada)).toContain('Nothing yet')
  })

  test("shows nobody else's", async () => {
    const ada = await givenCandidate()
    const grace = await givenCandidate()
    await givenEntry(ada, 'password.changed')
    await givenEntry(grace, 'passkey.added')

    expect(linesOf(await pageOf(grace)).map(([what]) => what)).toEqual(['Passkey added'])
  })

  test('is one where records were merged', async () => {
    const ada = await givenCandidate()
    const other = await givenCandidate()
    await givenEntry(ada, 'session.began', { at: minute(1) })
    await givenEntry(other, 'password.changed', { at: minute(2) })
    await givenEntry(ada, 'passkey.added', { at: minute(3) })
    await db
      .update(schema.auditSubjects)
      .set({ candidateId: ada.id })
      .where(eq(schema.auditSubjects.candidateId, other.id))

    expect(linesOf(await pageOf(ada)).map(([what]) => what)).toEqual([
      'Passkey added',
      'Password changed',
      'Signed in',
    ])
  })

  test('says so where there is nothing', async () => {
    const page = await pageOf(await givenCandidate())

    expect(page).toContain('Nothing yet')
    expect(page).not.toContain('<table')
  })

  test('sends who is not signed in to sign in', async () => {
    const response = await send(PATH)

    expect(response.headers.get('location')).toBe('/sign-in?return_to=%2Fprofile%2Factivity')
  })
})

describe('its pages', () => {
  test('have fifty entries each, and none is left out or told twice', async () => {
    const ada = await givenCandidate()
    for (let number = 1; number <= 120; number++)
      await givenEntry(ada, number % 3 === 0 ? 'staff.candidate-viewed' : 'session.began', {
        at: minute(number),
        device: `Device ${number}`,
      })

    const first = await pageOf(ada)
    const second = await pageOf(ada, olderLink(first))
    const devices = [...linesOf(first), ...linesOf(second)].map(([, , device]) => device)

    expect(linesOf(first)).toHaveLength(50)
    expect(linesOf(second)).toHaveLength(30)
    expect(new Set(devices).size).toBe(80)
    expect(devices[0]).toBe('Device 119')
    expect(devices.at(-1)).toBe('Device 1')
    expect(olderLink(second)).toBeUndefined()
    expect(second).toContain('Back to the latest')
  })

  test('end with a full one', async () => {
    const ada = await givenCandidate()
    for (let number = 1; number <= 50; number++) await givenEntry(ada, 'session.began')

    expect(olderLink(await pageOf(ada))).toBeUndefined()
  })

  test('say so beyond the last', async () => {
    const ada = await givenCandidate()
    await givenEntry(ada, 'session.began')

    expect(await pageOf(ada, '?before=1')).toContain('Nothing older stands here')
  })

  test.each(['0', '-1', 'x', '1e9', '999999999999999999999', "1' OR 1=1", ''])(
    'begin with the latest where the address says %s',
    async (before) => {
      const ada = await givenCandidate()
      await givenEntry(ada, 'session.began')

      expect(linesOf(await pageOf(ada, `?before=${encodeURIComponent(before)}`))).toHaveLength(1)
    },
  )
})

describe('its cost', () => {
  const measure = async (candidate: { id: string }) => {
    const headers = await signedIn(candidate)
    const { d1, cost } = countedDatabase(env.DB)
    const response = await send(PATH, { headers }, { DB: d1 })
    return { ...cost, lines: linesOf(await response.text()).length }
  }

  test('is two round trips, and as much among 30,000 entries of others as among four', async () => {
    const ada = await givenCandidate()
    for (let number = 1; number <= 60; number++) await givenEntry(ada, 'session.began')
    await givenOthersEntries(4)
    const amongFew = await measure(ada)
    await givenOthersEntries(30_000)
    await givenEntry(ada, 'session.began')

    const among = await measure(ada)

    expect(among.lines).toBe(50)
    expect(among.roundTrips).toBe(2)
    expect(among.rowsRead).toBe(amongFew.rowsRead)
  })

  test('does not grow with what one has done oneself', async () => {
    const ada = await givenCandidate()
    for (let number = 1; number <= 60; number++) await givenEntry(ada, 'session.began')
    const few = await measure(ada)
    await env.DB.exec(
      "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 5000) INSERT INTO audit_log (at, actor, action, subject, details) SELECT n, 'candidate', 'session.began', (SELECT ref FROM audit_subjects), '{}' FROM n",
    )

    expect((await measure(ada)).rowsRead).toBe(few.rowsRead)
  })
})
