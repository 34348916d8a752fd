import { env } from 'cloudflare:workers'
import { eq, sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { writeAudit } from '../../src/audit/audit-queries.ts'
import { sealEntries } from '../../src/audit/seal-queries.ts'
import * as schema from '../../src/schema.ts'
import { db, givenCandidate, givenProgram, LONG_AGO } from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { givenStaff, send, signedInStaff } from '../support/requests.ts'

let headers: { cookie: string }

beforeEach(async () => {
  await givenProgram()
  headers = await signedInStaff('auditor')
})

async function view(query = '', status = 200, bindings: Partial<Env> = {}) {
  const response = await send(`/staff/audit${query}`, { headers }, bindings)
  const text = await response.text()
  expect(response.status).toBe(status)
  expect(text).not.toMatch(/undefined|NaN|\[object|style=/)
  const numbers = [...text.matchAll(/data-label="Entry and seal"><span class="number">(\d+)</g)].map(
    ([, seq]) => Number(seq),
  )
  const older = /href="\/staff\/audit(\?[^"]*before=\d+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&')
  return { text, numbers, older }
}

/** So many entries of the system's, one a minute from an instant on. */
async function givenEntries(count: number, from = LONG_AGO) {
  await db.run(sql`
    WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${count - 1})
    INSERT INTO audit_log (at, actor, action, details)
    SELECT ${from.getTime()} + n * 60000, 'system', iif(n % 2, 'session.began', 'session.ended'), '{}' FROM numbers`)
}

test('an entry says what, when, who, about whom, and whether it is sealed', async () => {
  const grace = await givenStaff('support', { name: 'Grace <Hopper>' })
  const ada = await givenCandidate({ fullName: 'Ada <Byron>' })
  const at = new Date('2026-11-20T10:05:00Z')
  const event = { actor: `staff:${grace.id}`, candidateId: ada.id, details: { method: 'totp' } } as const
  await writeAudit(db, { action: 'staff.sessions-ended', ...event }, at)
  await sealEntries(db)
  await writeAudit(db, { action: 'sign-in.delayed', actor: 'nobody' }, at)

  const { text, numbers } = await view()

  expect(numbers).toEqual([2, 1])
  const [sealed] = await db.select().from(schema.auditLog).where(eq(schema.auditLog.seq, 1))
  for (const shown of [
    'All sessions ended by program staff',
    'Grace &lt;Hopper&gt;',
    `href="/staff/candidates/${ada.id}"`,
    'Ada &lt;Byron&gt;',
    'By: totp',
    '20 November 2026 at 10:05 UTC',
    sealed!.hash!.slice(0, 12),
    'Not sealed yet',
    'Somebody unknown',
  ])
    expect.soft(text).toContain(shown)
})

test('whoever closed their account is not named', async () => {
  const ada = await givenCandidate({ fullName: 'Ada Byron' })
  await writeAudit(db, { action: 'account.closed', actor: 'system', candidateId: ada.id }, LONG_AGO)
  await db.delete(schema.auditSubjects)

  const { text } = await view()

  expect(text).toContain('Closed account')
  expect(text).not.toMatch(new RegExp(`Ada|${ada.id}`))
})

test('the log is read page by page, and nothing is lost between them', async () => {
  await givenEntries(120)

  const pages = [await view()]
  while (pages.at(-1)!.older) pages.push(await view(pages.at(-1)!.older))

  // The reader's own look has been noted after the first page, and stands above it.
  expect(pages.flatMap(({ numbers }) => numbers)).toEqual(Array.from({ length: 120 }, (_, n) => 120 - n))
})

test('each filter, and all of them together, show what they say', async () => {
  const grace = await givenStaff('support')
  const ada = await givenCandidate()
  await db
    .insert(schema.candidateAliases)
    .values({ aliasId: 'OLD1', candidateId: ada.id, fullName: 'Ada', mergedAt: LONG_AGO })
  await givenEntries(10)
  const about = { actor: `staff:${grace.id}`, candidateId: ada.id } as const
  await writeAudit(db, { action: 'staff.candidate-viewed', ...about }, new Date('2026-03-01T23:59:00Z'))
  await writeAudit(db, { action: 'staff.sessions-ended', ...about }, new Date('2026-03-02T00:01:00Z'))
  await givenEntries(10, new Date('2026-06-01T00:00:00Z'))

  const shows = async (query: string) => (await view(query)).numbers
  expect(await shows('?action=staff.candidate-viewed')).toEqual([11])
  expect(await shows(`?actor=staff:${grace.id}`)).toEqual([12, 11])
  expect(await shows(`?candidate=${ada.id}`)).toEqual([12, 11])
  expect(await shows('?candidate=OLD1')).toEqual([12, 11])
  expect(await shows('?candidate=NOBODY')).toEqual([])
  expect(await shows('?from=2026-03-01&to=2026-03-01')).toEqual([11])
  expect(await shows('?from=2026-03-02&to=2026-05-31')).toEqual([12])
  expect(await shows('?to=2020-01-01&action=session.ended')).toEqual([9, 7, 5, 3, 1])
  expect(
    await shows(`?action=staff.sessions-ended&actor=staff:${grace.id}&candidate=OLD1&from=2026-03-02`),
  ).toEqual([12])
})

test('a page after a filtered one keeps the filter', async () => {
  await givenEntries(130)

  const first = await view('?action=session.ended&from=2019-01-01')
  const second = await view(first.older)

  expect(first.numbers).toHaveLength(50)
  expect(second.numbers).toHaveLength(15)
  expect(second.numbers.every((seq) => seq % 2 === 1)).toBe(true)
})

test('a day that does not exist is refused, with what was typed', async () => {
  const { text } = await view('?from=2026-02-30&candidate=<b>', 422)

  expect(text).toContain('Enter a date that exists')
  expect(text).toContain('value="2026-02-30"')
  expect(text).toContain('value="&lt;b&gt;"')
})

test('reading is noted once an hour for each reader', async () => {
  for (let n = 0; n < 3; n += 1) await view()
  const looks = () =>
    db.select().from(schema.auditLog).where(eq(schema.auditLog.action, 'staff.audit-viewed'))
  expect(await looks()).toHaveLength(1)

  headers = await signedInStaff('owner')
  await view()
  expect(await looks()).toHaveLength(2)

  await db.run(sql`DROP TRIGGER audit_log_unchanged`)
  await db.run(sql`UPDATE audit_log SET at = at - 3600001`)
  await view()
  expect(await looks()).toHaveLength(3)
})

test('no filter reads more than it shows, however long the log', async () => {
  await givenEntries(5000)
  const ada = await givenCandidate()
  await writeAudit(
    db,
    { action: 'name.changed', actor: 'candidate', candidateId: ada.id },
    new Date('2026-01-01'),
  )
  await givenEntries(5000, new Date('2026-06-01'))

  for (const query of [
    '',
    '?before=4000',
    '?action=session.began',
    '?actor=system',
    `?candidate=${ada.id}`,
    '?from=2020-01-01&to=2020-01-01',
    '?to=2020-01-02&action=session.began',
    '?from=2026-05-01&to=2026-05-02',
  ]) {
    const { d1, cost } = countedDatabase(env.DB)
    await view(query, 200, { DB: d1 })
    // The third is the note of the look, after the answer.
    expect.soft(cost.roundTrips, query).toBe(3)
    expect.soft(cost.rowsRead, query).toBeLessThan(500)
  }
})
