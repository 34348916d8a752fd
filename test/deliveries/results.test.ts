import { env } from 'cloudflare:workers'
import { eq, sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { addDays, calendarDateIn } from '../../src/core/calendar-date.ts'
import * as schema from '../../src/schema.ts'
import { CAND, candRow, deliver, EXAM_A, examRow, putInInbox, table, tick } from '../import/deliver.ts'
import { db, givenCandidate, givenProgram, givenRegistration, givenResult } from '../support/builders.ts'
import { givenBystanders } from '../support/bystanders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { send, signedIn, signedInStaff } from '../support/requests.ts'
import { givenDelivery } from './given-delivery.ts'

beforeEach(async () => {
  await givenProgram()
})

async function view(path: string, role: Parameters<typeof signedInStaff>[0] = 'support') {
  const response = await send(path, { headers: await signedInStaff(role) })
  const text = await response.text()
  expect(text).not.toMatch(/undefined|NaN|\[object|style=|Invalid Date/)
  return { response, text, words: text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ') }
}

test('a result tells every version with where it came from, reviews, and what rests on it', async () => {
  await putInInbox({
    'cand-20260503.dat': table(CAND, candRow('00001234')),
    'exam-20260505.dat': table(EXAM_A, examRow()),
    'exam-20260507.dat': table(EXAM_A, examRow({ grade: 'fail', score: '690' })),
  })
  await tick()
  await deliver({ 'exam-20260504.dat': table(EXAM_A, examRow({ score: '1' })) })
  const [result] = await db.select().from(schema.results)
  await db.insert(schema.resultSections).values({
    feed: 'pearson',
    registrationId: '300000001',
    sectionCode: '1',
    name: 'Routing <1>',
    percent: '61',
    vendorTime: 0,
    rowHash: '-',
  })

  const { words, text } = await view(`/staff/results/${result!.id}`)

  expect(words).toContain('Result of registration 300000001')
  expect(words).toContain('Grade Fail')
  expect(words).toContain('Validity Valid')
  expect(words).toContain('690; 700 needed to pass')
  expect(words).toContain('3 versions arrived')
  expect(words).toContain('Grade: pass → fail')
  expect(words).toContain('Score: 742 → 690')
  expect(words).toContain('Score: 690 → 1 ')
  for (const name of ['exam-20260505.dat', 'exam-20260507.dat', 'exam-20260504.dat'])
    expect(text).toMatch(new RegExp(`<a href="/staff/deliveries/[0-9a-f-]{36}"><bdi>${name}`))
  expect(words).toContain('A pass that is none any more')
  expect(words).toMatch(/JNCIA-Junos.*Earned it/)
  expect(words).toContain('Routing &lt;1&gt;')
  expect(text).toContain('href="/staff/candidates/00001234"')
  // Who may not see candidates gets no way to them, and every look leaves a trace.
  expect((await view(`/staff/results/${result!.id}`, 'catalogue')).text).not.toContain('/staff/candidates/')
  const looks = await db
    .select()
    .from(schema.auditLog)
    .where(eq(schema.auditLog.action, 'staff.candidate-viewed'))
  expect(looks).toHaveLength(2)
  const candidate = await view('/staff/candidates/00001234')
  expect(candidate.text).toContain(`href="/staff/results/${result!.id}"`)
  expect((await view(`/staff/deliveries/${result!.deliveryId}`)).text).toContain(
    `/staff/results/${result!.id}"`,
  )
})

test('a renewal that rests on a result is told, and what others hold is not', async () => {
  const ada = await givenCandidate()
  const other = await givenCandidate()
  const result = await givenResult({ candidateId: ada.id, validity: 'held' })
  const award = {
    certification: 'JNCIA-Junos',
    awardedOn: '2023-03-18',
    expiresOn: '2029-05-04',
    createdAt: new Date(0),
  }
  const reason = JSON.stringify({ pass: { resultId: result.id } })
  await db.insert(schema.awards).values([
    { ...award, id: 1, candidateId: ada.id, number: 'OWN-1', verificationCode: 'A'.repeat(16), reason: '{}' },
    { ...award, id: 2, candidateId: other.id, number: 'ALIEN-1', verificationCode: 'B'.repeat(16), reason },
  ])
  await db.insert(schema.renewals).values({
    awardId: 1,
    renewedOn: '2026-05-04',
    rule: 'r',
    resultId: result.id,
    previousExpiresOn: '2026-05-18',
    expiresOn: '2029-05-04',
    reason: '{}',
  })

  const { words } = await view(`/staff/results/${result.id}`)

  expect(words).toMatch(/Renewed it on 4 May 2026 until 4 May 2029/)
  expect(words).toContain('OWN-1')
  expect(words).not.toContain('ALIEN-1')
  expect(words).toContain('Held: the candidate does not see it')
})

test('a result costs two round trips, however many there are', async () => {
  await givenBystanders(2000)
  const result = await givenResult({ candidateId: (await givenCandidate()).id })
  const { d1, cost } = countedDatabase(env.DB)

  await send(`/staff/results/${result.id}`, { headers: await signedInStaff('support') }, { DB: d1 })

  // The third is the audit entry, after the answer.
  expect(cost.roundTrips).toBe(3)
  expect(cost.rowsRead).toBeLessThan(60)
})

test('late results are listed the oldest first, and are those that their candidates see as late', async () => {
  expect((await view('/staff/late-results')).words).toContain('No result is late.')
  const { timeZone } = (await givenProgram()).settings
  const today = calendarDateIn(timeZone, new Date())
  const ada = await givenCandidate({ fullName: 'أدا <Byron>' })
  const booked = { candidateId: ada.id, state: 'delivered' as const }
  await givenRegistration({
    ...booked,
    registrationId: 'R-LATE',
    appointmentOn: addDays(today, -40),
    siteCode: 'WAW7',
  })
  await givenRegistration({
    ...booked,
    registrationId: 'R-OLDER',
    appointmentOn: addDays(today, -50),
    state: 'scheduled',
  })
  await givenRegistration({ ...booked, registrationId: 'R-FRESH', appointmentOn: addDays(today, -1) })
  await givenRegistration({
    ...booked,
    registrationId: 'R-AHEAD',
    appointmentOn: addDays(today, 5),
    state: 'scheduled',
  })
  await givenRegistration({
    ...booked,
    registrationId: 'R-OFF',
    appointmentOn: addDays(today, -60),
    state: 'cancelled',
  })
  await givenRegistration({ ...booked, registrationId: 'R-HERE', appointmentOn: addDays(today, -60) })
  await givenResult({ candidateId: ada.id, registrationId: 'R-HERE' })
  await givenRegistration({
    ...booked,
    registrationId: 'R-LAPSED',
    appointmentOn: addDays(today, -60),
    state: 'authorized',
    eligibleTo: addDays(today, -1),
  })

  const { words, text } = await view('/staff/late-results')

  const listed = (where: string) => [...where.matchAll(/R-[A-Z]+/g)].map(([id]) => id)
  expect(listed(words)).toEqual(['R-OLDER', 'R-LATE'])
  expect(words).toContain('(50 days ago) Booked')
  expect(words).toContain('Test center WAW7'.slice(-4))
  expect(text).toContain('<bdi>أدا &lt;Byron&gt;</bdi>')
  expect((await view('/staff/late-results', 'catalogue')).text).not.toContain('أدا')
  const seen = await (await send('/exams', { headers: await signedIn(ada) })).text()
  expect(seen.match(/It should have been here by/g)).toHaveLength(2)
  const home = await view('/staff')
  expect(home.words).toContain('Late results: 2')
  expect(home.words).toContain('Rows waiting: 0')
})

test('a booking is late no more when its result comes, in whatever order the two come', async () => {
  const registrations = (id: string) =>
    table(
      'registration_id,status,modified_at,client_candidate_id,exam_code,appointment_at,state',
      `${id},active,2026-05-04T10:00:00Z,00001234,JN0-106,2026-05-04T12:30:00,delivered`,
    )
  await putInInbox({
    'cand-20260503.dat': table(CAND, candRow('00001234')),
    'registrations-20260504.csv': registrations('300000001'),
    'exam-20260505.dat': table(EXAM_A, examRow({ registration: '300000002' })),
  })
  await tick()
  const late = async () =>
    [...(await view('/staff/late-results')).words.matchAll(/30000000\d/g)].map(([id]) => id)
  expect(await late()).toEqual(['300000001'])
  await putInInbox({
    'registrations-20260506.csv': registrations('300000002'),
    'exam-20260507.dat': table(EXAM_A, examRow({ registration: '300000001' })),
  })
  await tick()

  expect(await late()).toEqual([])
  const stored = await db.select().from(schema.registrations)
  expect(stored.map(({ registrationId, resultHere }) => [registrationId, resultHere])).toEqual([
    ['300000001', true],
    ['300000002', true],
  ])
})

test('what is not late is not read, and many that are come in pages', async () => {
  const cost = async (path = '/staff/late-results') => {
    const { d1, cost } = countedDatabase(env.DB)
    const response = await send(path, { headers: await signedInStaff('support') }, { DB: d1 })
    expect(cost.roundTrips).toBe(2)
    return { read: cost.rowsRead, text: await response.text() }
  }
  await givenBystanders(10)
  await cost()
  const [few, fewAtHome] = [(await cost()).read, (await cost('/staff')).read]
  await givenBystanders(2000, 11)
  await db.run(sql`UPDATE registrations SET appointment_on = '2026-05-04', result_here = 1`)
  const { id } = await givenDelivery()
  await db.run(sql`
    INSERT INTO quarantined_rows (delivery_id, member, line, kind, reason, message, raw, quarantined_at, resolved_at)
    SELECT ${id}, 'm', rowid, 'result', 'unknown_exam', '-', '-', 0, 1 FROM results`)
  await db.run(sql`UPDATE results SET registration_id = 'R' || substr(registration_id, 2)`)

  expect((await cost()).read).toBe(few)
  expect((await cost('/staff')).read).toBe(fewAtHome)

  await db.run(sql`DELETE FROM results`)
  await db.run(
    sql`UPDATE registrations SET result_here = 0 WHERE CAST(substr(registration_id, 2) AS INTEGER) <= 60`,
  )
  const first = await cost()
  const next = /href="(\/staff\/late-results\?after=[^"]+)"/.exec(first.text)![1]!
  const second = await cost(next)
  const ids = ({ text }: { text: string }) => [...text.matchAll(/>(R[\d.]+)</g)].map(([, id]) => id)
  expect(ids(first)).toHaveLength(50)
  expect(new Set([...ids(first), ...ids(second)]).size).toBe(60)
  expect(first.read).toBeLessThan(330)
})
