import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { addDays } from '../../src/core/calendar-date.ts'
import * as schema from '../../src/schema.ts'
import { db, givenCandidate, givenProgram, givenResult } from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { post, send, signedIn, signedInStaff } from '../support/requests.ts'
import {
  APPROVE,
  before,
  completedOn,
  expiries,
  givenSpecialist,
  givenVersionWithout,
  lasting,
  PAGE,
  page,
  passedOn,
  sendIn,
} from './given-course.ts'

beforeEach(async () => {
  await givenProgram()
})

async function approveOnly() {
  const [request] = await db.select().from(schema.requests)
  const headers = await signedInStaff('reviewer')
  return post(`/staff/requests/${request!.id}`, APPROVE, { headers })
}

const evaluatedOf = async (id: string) =>
  (await db.select().from(schema.candidates).where(eq(schema.candidates.id, id)))[0]!.evaluatedRevision

describe('approving', () => {
  test('renews the claimant at once, and leaves others to the tick, however many are owed it', async () => {
    const ada = await givenSpecialist('JPR99999999')
    await sendIn(await signedIn(ada))
    for (let n = 1; n <= 201; n += 1)
      await givenCandidate({ id: `AAA${String(n).padStart(8, '0')}`, revision: 1 })

    expect((await approveOnly()).status).toBe(303)

    expect(await expiries(ada.id)).toEqual([`JNCIA-Junos ${lasting}`, `JNCIS-ENT ${lasting}`])
    expect(await evaluatedOf('AAA00000001')).toBe(0)
  })
})

describe('a course that a certification asks for', () => {
  beforeEach(async () => {
    await givenProgram((program) => {
      const sec = program.certifications.find(({ code }) => code === 'JNCIA-SEC')!
      Object.assign(sec, { requires: { all: [{ course: 'JIR' }] } })
    })
  })

  test('is sent in, shown to the reviewer as what it earns, and earns it when it is approved', async () => {
    const ada = await givenCandidate()
    await givenResult({ candidateId: ada.id, exam: 'JNCIA-SEC', examCode: 'JN0-232', examOn: passedOn })
    const headers = await signedIn(ada)
    expect((await page(PAGE, headers)).text).toContain('Part of what JNCIA-SEC asks for')

    expect((await sendIn(headers)).status).toBe(303)
    const [request] = await db.select().from(schema.requests)
    const review = await page(`/staff/requests/${request!.id}`, await signedInStaff('reviewer'))
    expect(review.text).toContain('Not held: this earns it')
    expect(review.text).not.toContain('would change nothing')
    await approveOnly()

    expect(await expiries(ada.id)).toEqual([`JNCIA-SEC ${lasting}`])
  })

  test('is taken while more is missing', async () => {
    const headers = await signedIn(await givenCandidate())

    expect((await sendIn(headers)).status).toBe(303)

    const [request] = await db.select().from(schema.requests)
    const review = await page(`/staff/requests/${request!.id}`, await signedInStaff('reviewer'))
    expect(review.text).toContain('it counts towards JNCIA-SEC')
  })
})

test('a sixth course that waits is refused with what was typed, and sent in again when one was decided', async () => {
  const ada = await givenSpecialist()
  const headers = await signedIn(ada)
  for (let day = 1; day <= 5; day += 1)
    expect((await sendIn(headers, { completedOn: addDays(completedOn, -day) })).status).toBe(303)

  const submission = crypto.randomUUID()
  const refused = await sendIn(headers, { submission, notes: 'As typed' })
  expect(refused.status).toBe(422)
  const text = await refused.text()
  expect(text).toContain('This course was not sent in')
  expect(text).toContain('As typed')
  expect(await db.$count(schema.requests)).toBe(5)

  await approveOnly()
  expect((await sendIn(headers, { submission })).status).toBe(303)
  expect(await db.$count(schema.requests)).toBe(6)
})

test('a course of an earlier version of the program is sent in for its days, and no others', async () => {
  const left = addDays(completedOn, 1)
  await givenVersionWithout('JIR', left)
  const ada = await givenSpecialist()
  const headers = await signedIn(ada)

  expect((await page(PAGE, headers)).text).toContain('JIR, which the program had earlier')
  const late = await sendIn(headers, { completedOn: left })
  expect(late.status).toBe(422)
  expect(await late.text()).toContain('The program did not have this course on this day')
  expect((await sendIn(headers)).status).toBe(303)
  await approveOnly()
  expect(await expiries(ada.id)).toEqual([`JNCIA-Junos ${lasting}`, `JNCIS-ENT ${lasting}`])
})

test('the page says when to send a course in only where the program asks for that', async () => {
  const headers = await signedIn(await givenSpecialist())
  expect((await page(PAGE, headers)).text).toContain('no later than the day on which')

  await givenProgram(({ renewal }) => {
    Object.assign(renewal, {
      course: { id: 'c', name: 'A course', notTwiceInARow: false, submittedBeforeExpiry: false },
    })
  })
  expect((await page(PAGE, headers)).text).not.toContain('no later than')
})

test('the review of a course costs two round trips', async () => {
  const ada = await givenSpecialist()
  await sendIn(await signedIn(ada))
  const [request] = await db.select().from(schema.requests)
  const headers = await signedInStaff('reviewer')
  const { d1, cost } = countedDatabase(env.DB)
  expect((await send(`/staff/requests/${request!.id}`, { headers }, { DB: d1 })).status).toBe(200)
  expect(cost.roundTrips).toBe(2)
})

describe('an approved course', () => {
  async function givenApproved() {
    const ada = await givenSpecialist()
    const headers = await signedIn(ada)
    await sendIn(headers)
    await approveOnly()
    const [request] = await db.select().from(schema.requests)
    const reviewer = await signedInStaff('reviewer')
    const path = `/staff/requests/${request!.id}`
    return { ada, headers, reviewer, request: request!, path }
  }
  const stored = async () =>
    (await db.select().from(schema.courseCompletions)).find(({ feed }) => feed === null)!

  test('is taken back with a reason, once: the dates of before are back, and the candidate is told why', async () => {
    const { ada, headers, reviewer, request, path } = await givenApproved()
    expect((await page(path, reviewer)).text).toContain('What taking it back changes')

    const without = await post(`${path}/course`, { act: 'take-back', reason: ' ' }, { headers: reviewer })
    expect(without.status).toBe(422)
    expect((await post(`${path}/course`, { act: 'x' }, { headers: reviewer })).status).toBe(422)
    expect((await stored()).takenBackAt).toBeNull()

    const form = { act: 'take-back', reason: 'It is of <another> person' }
    const answers = await Promise.all([1, 2].map(() => post(`${path}/course`, form, { headers: reviewer })))
    expect(answers.map(({ status }) => status)).toEqual([303, 303])

    expect(await expiries(ada.id)).toEqual([`JNCIA-Junos ${before}`, `JNCIS-ENT ${before}`])
    const mails = await db
      .select()
      .from(schema.mailOutbox)
      .where(eq(schema.mailOutbox.template, 'course_taken_back'))
    expect(mails).toMatchObject([{ candidateId: ada.id, payload: { reason: form.reason, course: 'JIR' } }])
    const actions = (await db.select().from(schema.auditLog)).map(({ action }) => action)
    expect(actions.filter((action) => action.startsWith('course.'))).toEqual(['course.taken-back'])
    expect((await page(path, reviewer)).text).toContain('It is of &lt;another&gt; person')
    expect((await page(`/requests/${request.id}`, headers)).text).toContain('It is of &lt;another&gt; person')
    expect((await page(PAGE, headers)).text).toContain('Taken back by program staff')
    expect((await page(`/staff/candidates/${ada.id}`, reviewer)).text).toContain(
      'Taken back by program staff',
    )

    const again = await sendIn(headers)
    expect(again.headers.get('location')).toMatch(/requests\/\d+$/)
    expect(await db.$count(schema.requests)).toBe(2)
  })

  test('that is no course, or not approved, or only looked at, is not taken back', async () => {
    const ada = await givenSpecialist()
    await sendIn(await signedIn(ada))
    const [request] = await db.select().from(schema.requests)
    const form = { act: 'take-back', reason: 'Why not' }
    const path = `/staff/requests/${request!.id}/course`

    expect((await post(path, form, { headers: await signedInStaff('reviewer') })).status).toBe(404)
    expect((await post(path, form, { headers: await signedInStaff('support') })).status).toBe(404)
  })

  test('that is in doubt is counted and listed until somebody lets it stand', async () => {
    const { ada, reviewer, request, path } = await givenApproved()
    await db.update(schema.courseCompletions).set({ doubtedAt: new Date() })

    expect((await page('/staff', reviewer)).text).toContain('Approved courses that their holder took back: 1')
    const list = (await page('/staff/requests/doubted-courses', reviewer)).text
    expect(list).toContain(`href="/staff/requests/${request.id}"`)
    expect((await page(path, reviewer)).text).toContain('It counts until you decide')

    expect((await post(`${path}/course`, { act: 'stand' }, { headers: reviewer })).status).toBe(303)

    expect(await stored()).toMatchObject({ doubtedAt: null, takenBackAt: null })
    expect((await page('/staff', reviewer)).text).not.toContain('Approved courses that their holder')
    expect((await page('/staff/requests/doubted-courses', reviewer)).text).toContain('No course is in doubt')
    expect(await expiries(ada.id)).toEqual([`JNCIA-Junos ${lasting}`, `JNCIS-ENT ${lasting}`])
  })
})
