import { env } from 'cloudflare:workers'
import { desc, eq, like } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { addDays } from '../../src/core/calendar-date.ts'
import { approvals, auditLog, awards, candidates, mailOutbox, programVersions } from '../../src/schema.ts'
import { db, givenCandidate, givenProgram, givenResult } from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { givenStaff, send, signedIn, signedInStaff } from '../support/requests.ts'
import { hiddenFields, page, passedOn, posted, today } from './given-awards.ts'

let reviewer: { cookie: string }

beforeEach(async () => {
  await setRules()
  reviewer = await signedInStaff(await givenStaff('reviewer', { name: 'Grace Hopper' }))
})

type Draft = {
  approvals: { code: string; name: string }[]
  certifications: {
    code: string
    exam?: string
    prerequisites?: unknown
    requires?: unknown
    validityMonths?: number
  }[]
}

/** A program that asks for an approval, and is changed further; from a day on. */
async function setRules(change: (draft: Draft) => void = () => {}, effectiveOn: string | null = null) {
  await givenProgram((program) => {
    const draft = program as unknown as Draft
    draft.approvals = [{ code: 'board', name: 'The board of examiners' }]
    const junos = draft.certifications.find(({ code }) => code === 'JNCIA-Junos')!
    delete junos.exam
    delete junos.prerequisites
    junos.requires = { all: [{ exam: 'JNCIA-Junos' }, { approval: 'board' }] }
    change(draft)
  })
  if (effectiveOn === null) return
  const [newest] = await db.select().from(programVersions).orderBy(desc(programVersions.version)).limit(1)
  await db.update(programVersions).set({ effectiveOn }).where(eq(programVersions.version, newest!.version))
}

async function givenPassed() {
  const ada = await givenCandidate({ revision: 1 })
  await givenResult({ candidateId: ada.id, examOn: passedOn })
  return ada
}

/** Fills in the form, looks at the preview, and confirms it. */
async function give(candidateId: string, fields: Record<string, string> = {}) {
  const path = `/staff/candidates/${candidateId}/approvals`
  const form = await page(path, reviewer)
  const filled = { ...hiddenFields(form.text), approval: 'board', on: today, note: 'seen <it>', ...fields }
  const preview = await posted(path, filled, reviewer)
  if (preview.status !== 200) return { preview, sent: filled, path, done: preview }
  const sent = hiddenFields(preview.text)
  return { preview, sent, path, done: await posted(path, sent, reviewer) }
}

test('an approval completes what waits for it at once, and withdrawn, takes it back', async () => {
  const ada = await givenPassed()
  const headers = await signedIn(ada)
  expect((await page('/certifications/status', headers)).text).toContain(
    'once you have The board of examiners',
  )

  const { preview, done } = await give(ada.id)
  expect(preview.text).toContain('1 certification changes')
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
  const asked = await page(withdrawal, reviewer)
  expect(asked.text).toContain('1 certification changes')
  const sent = hiddenFields(asked.text)
  expect((await posted(withdrawal, sent, reviewer)).text).toContain('Give a reason')
  const withReason = { ...sent, reason: 'Given by <mistake>' }
  const withdrawn = await Promise.all([1, 2].map(() => posted(withdrawal, withReason, reviewer)))
  expect(withdrawn.map(({ status }) => status)).toEqual([303, 303])
  expect(await db.select().from(awards)).toMatchObject([{ suspendedOn: today }])
  const after = await page(`/staff/candidates/${ada.id}`, reviewer)
  expect(after.text).toContain('Withdrawn by Grace Hopper')
  expect(after.text).toContain('Given by &lt;mistake&gt;')
  const mails = await db.select().from(mailOutbox).where(eq(mailOutbox.template, 'approval_withdrawn'))
  expect(mails).toMatchObject([
    {
      candidateId: ada.id,
      payload: {
        approval: 'board',
        approvedOn: today,
        reason: 'Given by <mistake>',
        changes: [{ certification: 'JNCIA-Junos', standing: 'suspended' }],
      },
    },
  ])
  expect((await page(withdrawal, reviewer)).status).toBe(404)
  const entries = await db.select().from(auditLog).where(like(auditLog.action, 'approval.%'))
  expect(entries.map(({ action, details }) => [action, details])).toEqual([
    ['approval.given', JSON.stringify({ approval: 'board', approvedOn: today })],
    ['approval.withdrawn', JSON.stringify({ approvalId: given!.id })],
  ])
})

test('who gives or withdraws what changes something else by now sees it anew', async () => {
  const ada = await givenPassed()
  const path = `/staff/candidates/${ada.id}/approvals`
  const filled = {
    ...hiddenFields((await page(path, reviewer)).text),
    approval: 'board',
    on: today,
    note: '',
  }
  const preview = hiddenFields((await posted(path, filled, reviewer)).text)
  await setRules(({ certifications }) => {
    certifications.find(({ code }) => code === 'JNCIA-Junos')!.validityMonths = 12
  })

  const stale = await posted(path, preview, reviewer)
  expect(stale.text).toContain('Something has changed for this candidate since you looked')
  expect(await db.$count(approvals)).toBe(0)
  expect((await posted(path, hiddenFields(stale.text), reviewer)).status).toBe(303)

  const [given] = await db.select().from(approvals)
  const withdrawal = `${path}/${given!.id}/withdrawal`
  const sent = { ...hiddenFields((await page(withdrawal, reviewer)).text), reason: 'Why' }
  await db.update(candidates).set({ revision: 9 })
  expect((await posted(withdrawal, sent, reviewer)).text).toContain('Something has changed')
  expect((await db.select().from(approvals))[0]).toMatchObject({ withdrawnAt: null })
})

test('an approval is given by the rules of its day, which have to know it', async () => {
  const ada = await givenPassed()
  await setRules(({ approvals: known }) => known.push({ code: 'panel', name: 'A panel' }), today)

  const before = await give(ada.id, { approval: 'panel', on: addDays(today, -1) })
  expect(before.done.status).toBe(422)
  expect(before.done.text).toContain('there was no such approval')
  const { preview, done } = await give(ada.id, { approval: 'panel' })
  expect(preview.text).toContain('Nothing changes yet')
  expect(done.status).toBe(303)
})

test('looking at the forms is noted, and takes two round trips', async () => {
  const ada = await givenPassed()
  await give(ada.id)
  const [given] = await db.select().from(approvals)
  const path = `/staff/candidates/${ada.id}/approvals`
  for (const looked of [path, `${path}/${given!.id}/withdrawal`]) {
    const looks = await db.$count(auditLog, eq(auditLog.action, 'staff.candidate-viewed'))
    const { d1, cost } = countedDatabase(env.DB)
    expect((await send(looked, { headers: reviewer }, { DB: d1 })).status).toBe(200)
    // The third one notes the look, behind the answer.
    expect(cost.roundTrips).toBe(3)
    expect(await db.$count(auditLog, eq(auditLog.action, 'staff.candidate-viewed'))).toBe(looks + 1)
  }
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
  [{ on: '2199-01-01' }, 'Enter today, or a day that is over'],
  [{ on: '2026-02-30' }, 'Enter a date that exists'],
  [{ note: 'x'.repeat(2001) }, 'At most 2,000 characters'],
])('%o is refused', async (fields, message) => {
  const ada = await givenPassed()
  const { done } = await give(ada.id, fields)
  expect(done.status).toBe(422)
  expect(done.text).toContain(message)
  expect(await db.$count(approvals)).toBe(0)
})
