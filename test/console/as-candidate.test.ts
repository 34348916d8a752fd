import { env } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import { addDays, calendarDateIn } from '../../src/core/calendar-date.ts'
import * as schema from '../../src/schema.ts'
import {
  db,
  givenAward,
  givenCandidate,
  givenEarned,
  givenProgram,
  givenRegistration,
  givenResult,
  LONG_AGO,
} from '../support/builders.ts'
import { givenBystanders } from '../support/bystanders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { send, signedInStaff } from '../support/requests.ts'

const today = calendarDateIn('America/Los_Angeles', new Date())

beforeEach(async () => {
  await givenProgram()
})

async function view(id: string, query = '', bindings: Partial<Env> = {}) {
  const headers = await signedInStaff('support')
  const response = await send(`/staff/candidates/${id}/as-candidate${query}`, { headers }, bindings)
  const text = await response.text()
  expect(text).not.toMatch(/undefined|NaN|\[object|style=/)
  return { response, text }
}

test('staff see what the candidate sees, and what is held back is held back', async () => {
  const ada = await givenCandidate({ fullName: 'Ada <Byron>' })
  const candidateId = ada.id
  const soon = await givenEarned({ candidateId, expiresOn: addDays(today, 20) })
  await givenResult({ candidateId, score: '801', passingScore: '700', examOn: '2026-05-04' })
  await givenResult({ candidateId, score: '911', validity: 'held', examOn: '2026-05-05' })
  await givenRegistration({ candidateId, appointmentOn: addDays(today, 9) })

  const { response, text } = await view(candidateId)

  expect(response.status).toBe(200)
  for (const shown of [
    'You are seeing what Ada &lt;Byron&gt; sees; nothing here can be changed.',
    'Active, expires soon',
    soon.number,
    'JN0-',
    '801; 700 needed to pass',
    'Not yet released',
    'in 9 days',
    `href="/staff/candidates/${candidateId}"`,
  ])
    expect.soft(text).toContain(shown)
  expect(text).not.toContain('911')
})

test('nothing on the page can be sent, and no session of the candidate is made', async () => {
  const ada = await givenCandidate()
  const award = await givenAward({ candidateId: ada.id, expiresOn: '2099-12-31' })

  const { response, text } = await view(ada.id)

  expect(text).not.toMatch(/<form|<button|<input|method=/)
  const links = [...text.matchAll(/<a [^>]*href="([^"]+)"/g)].map(([, href]) => href)
  expect(new Set(links)).toEqual(new Set(['#main', '/staff', `/staff/candidates/${ada.id}`]))
  expect(text).not.toContain(`/certifications/${award.id}/`)
  expect(response.headers.getSetCookie()).toEqual([])
  expect(await db.select().from(schema.sessions)).toEqual([])
})

test('a candidate without anything is shown as that', async () => {
  const ada = await givenCandidate()

  const { text } = await view(ada.id)

  expect(text).toContain('No certifications yet')
  expect(text).toContain('No exams yet')
})

test('that somebody looked is noted', async () => {
  const ada = await givenCandidate()

  await view(ada.id)

  const entries = await db.select().from(schema.auditLog)
  expect(entries).toMatchObject([{ action: 'staff.seen-as-candidate' }])
  expect(await db.select().from(schema.auditSubjects)).toEqual([
    { ref: entries[0]!.subject, candidateId: ada.id },
  ])
})

test('a merged ID leads to the one that stayed, an unknown one nowhere', async () => {
  const ada = await givenCandidate()
  await db
    .insert(schema.candidateAliases)
    .values({ aliasId: 'OLD1', candidateId: ada.id, fullName: 'Ada', mergedAt: LONG_AGO })

  expect((await view('OLD1')).response.headers.get('location')).toBe(
    `/staff/candidates/${ada.id}/as-candidate`,
  )
  expect((await view('NOBODY')).response.status).toBe(404)
})

test('two hundred results are read page by page, for two round trips each', async () => {
  await givenBystanders(2000)
  const ada = await givenCandidate()
  for (let n = 0; n < 200; n += 1) await givenResult({ candidateId: ada.id, grade: 'fail' })
  const { d1, cost } = countedDatabase(env.DB)

  const { text } = await view(ada.id, '?page=8', { DB: d1 })

  expect(text).toContain('Page 8 of 8')
  expect(text).toContain('?page=7')
  // The third is the audit entry, after the answer.
  expect(cost.roundTrips).toBe(3)
  expect((await view(ada.id, '?page=9')).response.status).toBe(404)
})

test('one’s own role decides', async () => {
  const ada = await givenCandidate()
  const path = `/staff/candidates/${ada.id}/as-candidate`

  expect((await send(path, { headers: await signedInStaff('auditor') })).status).toBe(404)
  expect((await send(path)).headers.get('location')).toContain('/staff/sign-in')
})
