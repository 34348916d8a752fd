import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { approvals, auditLog, awards, candidates } from '../../src/schema.ts'
import { db, givenCandidate, givenProgram, givenResult } from '../support/builders.ts'
import { givenStaff, post, signedIn, signedInStaff } from '../support/requests.ts'
import { hiddenFields, page, passedOn, posted, today } from './given-awards.ts'

let reviewer: { cookie: string }

beforeEach(async () => {
  await givenProgram((program) => {
    const changed = program as unknown as {
      approvals: unknown[]
      certifications: { code: string; exam?: string; prerequisites?: unknown; requires?: unknown }[]
    }
    changed.approvals = [{ code: 'board', name: 'The board of examiners' }]
    const junos = changed.certifications.find(({ code }) => code === 'JNCIA-Junos')!
    delete junos.exam
    delete junos.prerequisites
    junos.requires = { all: [{ exam: 'JNCIA-Junos' }, { approval: 'board' }] }
  })
  reviewer = await signedInStaff(await givenStaff('reviewer', { name: 'Grace Hopper' }))
})

async function givenPassed() {
  const ada = await givenCandidate({ revision: 1 })
  await givenResult({ candidateId: ada.id, examOn: passedOn })
  return ada
}

async function give(candidateId: string, fields: Record<string, string> = {}) {
  const path = `/staff/candidates/${candidateId}/approvals`
  const form = await page(path, reviewer)
  const sent = { ...hiddenFields(form.text), approval: 'board', on: today, note: 'seen <it>', ...fields }
  return { sent, path, done: await posted(path, sent, reviewer) }
}

test('an approval completes what waits for it at once, and withdrawn, takes it back', async () => {
  const ada = await givenPassed()
  const headers = await signedIn(ada)
  expect((await page('/certifications/status', headers)).text).toContain(
    'once you have The board of examiners',
  )

  const { done } = await give(ada.id)
  expect(done.location).toBe(`/staff/candidates/${ada.id}`)
  expect(await db.select().from(awards)).toMatchObject([{ certification: 'JNCIA-Junos', awardedOn: today }])
  const status = await page('/certifications/status', headers)
  expect(status.text).toContain('The board of examiners (')
  expect(status.text).not.toContain('seen')
  const record = await page(done.location!, reviewer)
  expect(record.text).toContain('seen &lt;it&gt;')

  const [given] = await db.select().from(approvals)
  const withdrawal = `/staff/candidates/${ada.id}/approvals/${given!.id}/withdrawal`
  expect(record.text).toContain(withdrawal)
  expect((await page(withdrawal, reviewer)).text).toContain('1 certification changes')
  await Promise.all([1, 2].map(() => post(withdrawal, {}, { headers: reviewer })))
  expect(await db.select().from(awards)).toMatchObject([{ suspendedOn: today }])
  expect((await page(`/staff/candidates/${ada.id}`, reviewer)).text).toContain('Withdrawn by Grace Hopper')
  expect((await page(withdrawal, reviewer)).status).toBe(404)
  const actions = (await db.select().from(auditLog)).map(({ action }) => action)
  expect(actions.filter((action) => action.startsWith('approval.'))).toEqual([
    'approval.given',
    'approval.withdrawn',
  ])
})

test('the same form sent twice gives it once', async () => {
  const ada = await givenPassed()
  const { sent, path } = await give(ada.id)

  await Promise.all([1, 2].map(() => posted(path, sent, reviewer)))

  expect(await db.$count(approvals)).toBe(1)
  expect(await db.$count(auditLog, eq(auditLog.action, 'approval.given'))).toBe(1)
  expect(await db.select({ revision: candidates.revision }).from(candidates)).toEqual([{ revision: 2 }])
})

test.each([
  [{ approval: 'another' }, 'Choose what is approved'],
  [{ on: '2999-01-01' }, 'Enter today, or a day that is over'],
  [{ on: '2026-02-30' }, 'Enter a date that exists'],
  [{ note: 'x'.repeat(2001) }, 'At most 2,000 characters'],
])('%o is refused', async (fields, message) => {
  const ada = await givenPassed()
  const { done } = await give(ada.id, fields)
  expect(done.status).toBe(422)
  expect(done.text).toContain(message)
  expect(await db.$count(approvals)).toBe(0)
})
