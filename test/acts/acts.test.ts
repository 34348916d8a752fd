import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { keepAwards } from '../../src/certifications/keep-awards.ts'
import { addDays, addMonths } from '../../src/core/calendar-date.ts'
import { deleteOutdatedCertificates } from '../../src/documents/outdated.ts'
import {
  auditLog,
  awardActs,
  awards,
  candidateEmails,
  candidates,
  mailOutbox,
  renewals,
  results,
} from '../../src/schema.ts'
import { db, givenCandidate, givenProgram, givenResult } from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { givenStaff, send, signedIn, signedInStaff } from '../support/requests.ts'
import { givenTranscript } from '../transcripts/given-transcript.ts'
import {
  act,
  awardOf,
  expiresOn,
  givenSpecialist,
  hiddenFields,
  page,
  passedOn,
  posted,
  today,
} from './given-awards.ts'

let reviewer: { cookie: string }

beforeEach(async () => {
  await givenProgram()
  reviewer = await signedInStaff(await givenStaff('reviewer', { name: 'Grace Hopper' }))
})

/** How an award reads for its holder, for an employer and for a machine, and what can be downloaded. */
async function everywhere(candidate: { id: string }, transcriptToken: string, certification = 'JNCIS-ENT') {
  const headers = await signedIn(candidate)
  const award = await awardOf(candidate, certification)
  const status = async (path: string) => (await send(path, { headers })).status
  const json = async (path: string) => (await send(path)).json() as Promise<Record<string, unknown>>
  const transcript = await json(`/api/v1/transcripts/${transcriptToken}`)
  const listed = (transcript.certifications ?? transcript.awards) as {
    certification: { code: string }
    standing: string
  }[]
  return {
    page: /standing--(\w+)/.exec(
      (await page('/certifications/status', headers)).text.split('JNCIS-ENT <span')[1] ?? '',
    )?.[1],
    ecertificate: await status(`/certifications/${award.id}/ecertificate.pdf`),
    logo: await status(`/certifications/${award.id}/logo.zip`),
    verified: (await json(`/api/v1/certificates/${award.verificationCode}`)).standing,
    transcript: JSON.stringify(listed ?? transcript).match(/"standing":"(\w+)"/)?.[1],
  }
}

test('revoked, reinstated, suspended and extended, everything answers by the new standing at once', async () => {
  const ada = await givenSpecialist()
  const award = await awardOf(ada)
  const { token } = await givenTranscript({ candidateId: ada.id, awards: [award] })
  const active = { page: 'active', ecertificate: 200, logo: 200, verified: 'active', transcript: 'active' }
  expect(await everywhere(ada, token)).toEqual(active)

  const revoked = await act(
    award.id,
    'revoke',
    { on: addDays(today, -3), reason: 'Pre-knowledge <of> it' },
    reviewer,
  )
  expect(revoked.preview.text).toContain('1 certification changes')
  expect(revoked.done).toMatchObject({ status: 303, location: `/staff/awards/${award.id}?done=revoke` })
  const closed = { ecertificate: 404, logo: 404 }
  expect(await everywhere(ada, token)).toEqual({
    page: 'revoked',
    verified: 'revoked',
    transcript: 'revoked',
    ...closed,
  })
  const shown = await page('/certifications/status', await signedIn(ada))
  expect(shown.text).toContain('Pre-knowledge &lt;of&gt; it')

  await act(award.id, 'reinstate', {}, reviewer)
  expect(await everywhere(ada, token)).toEqual(active)
  await act(award.id, 'suspend', {}, reviewer)
  expect(await everywhere(ada, token)).toEqual({
    page: 'suspended',
    verified: 'suspended',
    transcript: 'suspended',
    ...closed,
  })
  await act(award.id, 'reinstate', {}, reviewer)
  const later = addMonths(expiresOn, 6)
  await act(award.id, 'extend', { toExpiresOn: later }, reviewer)
  expect(await everywhere(ada, token)).toEqual(active)
  expect(await awardOf(ada)).toMatchObject({ expiresOn: later, suspendedOn: null, revokedOn: null })
  expect((await page(`/verify/${award.verificationCode}`)).text).toContain(later)
  expect(await db.select().from(renewals)).toMatchObject([{ rule: 'staff-extension', expiresOn: later }])

  const forStaff = await page(`/staff/awards/${award.id}`, reviewer)
  expect(forStaff.text).toContain('Grace Hopper')
  expect(forStaff.text).toContain('5 acts')
  const kinds = (await db.select().from(auditLog))
    .map(({ action }) => action)
    .filter((name) => name.startsWith('award.'))
  expect(kinds).toEqual([
    'award.revoked',
    'award.reinstated',
    'award.suspended',
    'award.reinstated',
    'award.extended',
  ])
  expect((await page('/profile/activity', await signedIn(ada))).text).toContain(
    'Certification revoked by program staff',
  )
  const mails = await db.select().from(mailOutbox).where(eq(mailOutbox.template, 'award_act'))
  expect(mails).toHaveLength(5)
  expect(mails[0]).toMatchObject({
    candidateId: ada.id,
    payload: {
      kind: 'revoke',
      certification: 'JNCIS-ENT',
      number: award.number,
      reason: 'Pre-knowledge <of> it',
    },
  })
})

test('sent twice, or three times at once, it is one act, one mail and one entry', async () => {
  const ada = await givenSpecialist()
  const award = await awardOf(ada)
  const path = `/staff/awards/${award.id}/revoke`
  const form = hiddenFields((await page(path, reviewer)).text)
  const preview = await posted(path, { ...form, on: today, reason: 'Why' }, reviewer)
  const confirming = hiddenFields(preview.text)

  const answers = await Promise.all([1, 2, 3].map(() => posted(path, confirming, reviewer)))
  const again = await posted(path, confirming, reviewer)

  expect([...answers, again].map(({ location }) => location)).toEqual(
    Array(4).fill(`/staff/awards/${award.id}?done=revoke`),
  )
  expect(await db.$count(awardActs)).toBe(1)
  expect(await db.$count(mailOutbox, eq(mailOutbox.template, 'award_act'))).toBe(1)
  expect(await db.$count(auditLog, eq(auditLog.action, 'award.revoked'))).toBe(1)
})

test('who confirms what is not so any more sees it anew, and nothing is done', async () => {
  const ada = await givenSpecialist()
  const award = await awardOf(ada)
  const path = `/staff/awards/${award.id}/extend`
  const form = hiddenFields((await page(path, reviewer)).text)
  const typed = { on: today, toExpiresOn: addMonths(expiresOn, 6), reason: 'Why' }
  const preview = await posted(path, { ...form, ...typed }, reviewer)
  await act((await awardOf(ada, 'JNCIA-Junos')).id, 'suspend', {}, reviewer)

  const stale = await posted(path, hiddenFields(preview.text), reviewer)
  expect(stale.status).toBe(200)
  expect(stale.text).toContain('Something has changed for this candidate since you looked')
  expect(await db.$count(awardActs)).toBe(1)

  expect((await posted(path, hiddenFields(stale.text), reviewer)).status).toBe(303)
  expect(await awardOf(ada)).toMatchObject({ expiresOn: addMonths(expiresOn, 6) })
})

test('what hangs on an award is shown before, and follows', async () => {
  const ada = await givenSpecialist()
  const junos = await awardOf(ada, 'JNCIA-Junos')

  const { preview } = await act(junos.id, 'revoke', { on: passedOn }, reviewer)

  // What was earned with it on that day has lost its basis.
  expect(preview.text).toContain('2 certifications change')
  expect(await awardOf(ada)).toMatchObject({ suspendedOn: today })
  const [mail] = await db.select().from(mailOutbox).where(eq(mailOutbox.template, 'award_act'))
  expect(mail!.payload).toMatchObject({
    certification: 'JNCIA-Junos',
    besides: [{ certification: 'JNCIS-ENT', standing: 'suspended' }],
  })
})

test('who confirms by other rules than they looked by sees it anew', async () => {
  const ada = await givenSpecialist()
  const award = await awardOf(ada)
  const path = `/staff/awards/${award.id}/suspend`
  const form = hiddenFields((await page(path, reviewer)).text)
  const preview = await posted(path, { ...form, on: today, reason: 'Why' }, reviewer)
  await givenProgram(({ renewal }) => {
    const decreed = { id: 'X1', name: 'A decree', on: addDays(today, -1), months: 3 }
    Object.assign(renewal, { extensions: [{ ...decreed, expiresFrom: today, expiresUntil: expiresOn }] })
  })

  const stale = await posted(path, hiddenFields(preview.text), reviewer)
  expect(stale.text).toContain('Something has changed for this candidate since you looked')
  expect(await db.$count(awardActs)).toBe(0)
})

test('a certification that was earned again after a revocation is the one that is acted on', async () => {
  const ada = await givenSpecialist()
  const first = await awardOf(ada)
  await act(first.id, 'revoke', { on: addDays(today, -200) }, reviewer)
  const again = addDays(today, -100)
  await givenResult({ candidateId: ada.id, exam: 'JNCIS-ENT', examCode: 'JN0-352', examOn: again })
  await db.update(candidates).set({ revision: 7 })
  await keepAwards(db, today, new Date())
  const second = (await db.select().from(awards).where(eq(awards.awardedOn, again)))[0]!

  for (const [kind, fields] of [
    ['suspend', {}],
    ['reinstate', {}],
    ['extend', { toExpiresOn: addMonths(second.expiresOn!, 1) }],
    ['correct', { toAwardedOn: addDays(again, -1), toExpiresOn: addMonths(second.expiresOn!, 1) }],
  ] as const)
    expect((await act(second.id, kind, fields, reviewer)).done.status).toBe(303)

  const [before, after] = await db.select().from(awards).where(eq(awards.certification, 'JNCIS-ENT'))
  expect(before).toMatchObject({ id: first.id, expiresOn: first.expiresOn, suspendedOn: null })
  expect(after).toMatchObject({
    id: second.id,
    awardedOn: addDays(again, -1),
    expiresOn: addMonths(second.expiresOn!, 1),
    suspendedOn: null,
    revokedOn: null,
  })
})

test('nobody without an address is said to be told', async () => {
  const [ada, eve] = [await givenSpecialist(), await givenSpecialist()]
  await db.delete(candidateEmails).where(eq(candidateEmails.candidateId, eve.id))
  const doneTo = async (candidate: { id: string }) => {
    const { done } = await act((await awardOf(candidate)).id, 'revoke', {}, reviewer)
    return (await page(done.location!, reviewer)).text
  }

  expect(await doneTo(ada)).toContain('It is revoked. The candidate gets a mail that says so.')
  expect(await doneTo(eve)).toContain('It is revoked. The candidate has no e-mail address, and gets no mail.')
})

test('looking at the form is noted, and takes two round trips', async () => {
  const award = await awardOf(await givenSpecialist())
  const { d1, cost } = countedDatabase(env.DB)

  const path = `/staff/awards/${award.id}/revoke`
  const form = await send(path, { headers: reviewer }, { DB: d1 })

  // The third one notes the look, behind the answer.
  expect(cost.roundTrips).toBe(3)
  const filled = { ...hiddenFields(await form.text()), on: today, reason: 'Why' }
  expect((await posted(path, filled, reviewer)).status).toBe(200)
  expect(await db.$count(auditLog, eq(auditLog.action, 'staff.candidate-viewed'))).toBe(2)
})

test('an act that would change nothing is refused, and says so', async () => {
  const ada = await givenSpecialist()
  const award = await awardOf(ada)
  await act(award.id, 'suspend', {}, reviewer)
  await act(award.id, 'reinstate', {}, reviewer)
  await act(award.id, 'revoke', {}, reviewer)

  const { preview } = await act(award.id, 'reinstate', { on: addDays(today, -1) }, reviewer)

  expect(preview.status).toBe(422)
  expect(preview.text).toContain('This would change nothing')
  expect(await db.$count(awardActs)).toBe(3)
  expect((await page(`/staff/awards/${award.id}/revoke`, reviewer)).location).toBe(
    `/staff/awards/${award.id}?late`,
  )
})

test('one whose basis was taken back can be revoked, and reinstated to what it was', async () => {
  const ada = await givenSpecialist()
  const award = await awardOf(ada)
  await db.update(results).set({ validity: 'revoked' }).where(eq(results.exam, 'JNCIS-ENT'))
  await db.update(candidates).set({ revision: 5 })

  await act(award.id, 'revoke', {}, reviewer)
  expect(await awardOf(ada)).toMatchObject({ revokedOn: today })
  await act(award.id, 'reinstate', {}, reviewer)
  expect(await awardOf(ada)).toMatchObject({ revokedOn: null, suspendedOn: today })
})

test('a corrected date moves the award, and leaves no eCertificate with the old one', async () => {
  const ada = await givenSpecialist()
  const award = await awardOf(ada)
  const headers = await signedIn(ada)
  await send(`/certifications/${award.id}/ecertificate.pdf`, { headers })
  const kept = async () => (await env.BUCKET.list({ prefix: `ecertificates/${award.id}/` })).objects.length
  expect(await kept()).toBe(1)

  const toAwardedOn = addDays(passedOn, -10)
  await act(award.id, 'correct', { toAwardedOn, toExpiresOn: addDays(expiresOn, -10) }, reviewer)
  expect(await awardOf(ada)).toMatchObject({
    id: award.id,
    number: award.number,
    awardedOn: toAwardedOn,
    expiresOn: addDays(expiresOn, -10),
  })
  await deleteOutdatedCertificates(env, new Date())
  expect(await kept()).toBe(0)
})

test('a backlog of others does not delay it', async () => {
  const ada = await givenSpecialist({ id: 'ZZZ9' })
  await Promise.all(Array.from({ length: 5 }, () => givenCandidate({ revision: 1 })))

  await act((await awardOf(ada)).id, 'revoke', {}, reviewer)

  expect(await awardOf(ada)).toMatchObject({ revokedOn: today })
  expect(await db.$count(candidates, eq(candidates.evaluatedRevision, 0))).toBe(5)
})

test('the candidate’s page leads to it, and looking is noted', async () => {
  const ada = await givenSpecialist()
  const award = await awardOf(ada)
  const support = await signedInStaff('support')

  expect((await page(`/staff/candidates/${ada.id}`, support)).text).toContain(`/staff/awards/${award.id}"`)
  const seen = await page(`/staff/awards/${award.id}`, support)
  expect(seen.text).toContain(award.number)
  expect(seen.text).not.toContain(`/staff/awards/${award.id}/revoke`)
  expect(await db.$count(auditLog, eq(auditLog.action, 'staff.candidate-viewed'))).toBe(2)
  expect((await page('/staff/awards/999999', support)).status).toBe(404)
})
