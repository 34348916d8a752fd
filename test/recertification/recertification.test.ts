import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { keepAwards } from '../../src/certifications/keep-awards.ts'
import { addDays, addMonths } from '../../src/core/calendar-date.ts'
import { courseCompletions, mailOutbox, renewals, requestFiles, requests } from '../../src/schema.ts'
import { fileOf, pdf } from '../requests/given-photo.ts'
import { db, givenCandidate, givenProgram } from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { post, send, signedIn, signedInStaff } from '../support/requests.ts'
import {
  APPROVE,
  before,
  completedOn,
  expiries,
  givenSpecialist,
  givenTold,
  lasting,
  PAGE,
  page,
  sendIn,
  today,
} from './given-course.ts'

beforeEach(async () => {
  await givenProgram()
})

test('a course is sent in, looked at with what it would change, and renews at once when it is approved', async () => {
  const ada = await givenSpecialist()
  const headers = await signedIn(ada)
  const reviewer = await signedInStaff('reviewer')

  const form = await page(PAGE, headers)
  expect(form.text).toContain('Courses, and what each of them renews')
  expect(form.text).toContain('<option>JIR</option>')
  expect(form.text).toContain(`max="${today}"`)

  const sent = await sendIn(headers, { notes: 'Held by <Acme>' })
  expect(sent.status).toBe(303)
  const shown = await page(sent.headers.get('location')!, headers)
  expect(shown.text).toContain('Held by &lt;Acme&gt;')
  expect(shown.text).toContain('Certificate of completion')
  expect((await page(PAGE, headers)).text).toContain('You sent it in')
  expect(await expiries(ada.id)).toEqual([`JNCIA-Junos ${before}`, `JNCIS-ENT ${before}`])

  const [request] = await db.select().from(requests)
  const review = await page(`/staff/requests/${request!.id}`, reviewer)
  expect(review.text).toContain('What approving it changes')
  expect(review.text).toContain(`datetime="${lasting}"`)
  expect(review.text).toContain('The certificate shows this candidate, this course and this last day')

  const decided = await post(`/staff/requests/${request!.id}`, APPROVE, { headers: reviewer })
  expect(decided.status).toBe(303)
  expect(await expiries(ada.id)).toEqual([`JNCIA-Junos ${lasting}`, `JNCIS-ENT ${lasting}`])
  expect(await db.select().from(courseCompletions)).toMatchObject([
    { candidateId: ada.id, course: 'JIR', completedOn, submittedOn: today, requestId: request!.id },
  ])
  expect((await db.select().from(requestFiles))[0]).toMatchObject({ sealedKey: null })
  const mails = await db.select().from(mailOutbox).where(eq(mailOutbox.template, 'request_decided'))
  expect(mails).toMatchObject([{ candidateId: ada.id, payload: { isApproved: true } }])

  const status = await page('/certifications/status', headers)
  expect(status.text).toContain('Renewed by the course JIR')
  expect((await page(`/staff/candidates/${ada.id}`, reviewer)).text).toContain('Renewed by the course JIR')
})

test('approved twice, or evaluated anew, a course counts once', async () => {
  const ada = await givenSpecialist()
  await sendIn(await signedIn(ada))
  const [request] = await db.select().from(requests)
  const reviewer = await signedInStaff('reviewer')

  await Promise.all(
    [1, 2, 3].map(() => post(`/staff/requests/${request!.id}`, APPROVE, { headers: reviewer })),
  )
  const stored = await db.select().from(renewals)
  await env.DB.prepare('UPDATE candidates SET revision = revision + 1').run()
  await keepAwards(db, today, new Date())

  expect(await db.$count(courseCompletions)).toBe(1)
  expect(await db.select().from(renewals)).toEqual(stored)
  expect(stored.filter(({ completionId }) => completionId !== null)).toHaveLength(2)
})

test('a refusal changes nothing, and says why', async () => {
  const ada = await givenSpecialist()
  const headers = await signedIn(ada)
  await sendIn(headers)
  const [request] = await db.select().from(requests)

  await post(
    `/staff/requests/${request!.id}`,
    { decision: 'refuse', reason: 'The certificate is of another course' },
    { headers: await signedInStaff('reviewer') },
  )

  expect(await expiries(ada.id)).toEqual([`JNCIA-Junos ${before}`, `JNCIS-ENT ${before}`])
  expect(await db.$count(courseCompletions)).toBe(0)
  expect((await page(`/requests/${request!.id}`, headers)).text).toContain(
    'The certificate is of another course',
  )
})

test('the same form sent twice, and the same course on the same day, are one request', async () => {
  const ada = await givenSpecialist()
  const headers = await signedIn(ada)
  const submission = crypto.randomUUID()

  const answers = await Promise.all([1, 2].map(() => sendIn(headers, { submission })))
  const again = await sendIn(headers, {}, fileOf(pdf(), 'other.pdf'))
  const other = await sendIn(headers, { course: 'AJER' }, fileOf(pdf(), 'other.pdf'))

  expect(await db.$count(requests)).toBe(2)
  expect(answers.map(({ status }) => status)).toEqual([303, 303])
  expect(again.headers.get('location')).toMatch(/\/requests\/\d+\?repeated$/)
  expect(other.headers.get('location')).toMatch(/\/requests\/\d+$/)
})

test('a file that came before, from whomever, is pointed out to the reviewer', async () => {
  const [ada, bob] = [await givenSpecialist(), await givenSpecialist()]
  await sendIn(await signedIn(ada))
  await sendIn(await signedIn(bob))
  const [, second] = await db.select().from(requests)

  const { text } = await page(`/staff/requests/${second!.id}`, await signedInStaff('reviewer'))

  expect(text).toContain('The very same file came with other requests')
  expect(text).toContain(ada.id)
})

test.each([
  ['no course', { course: '' }, 'Choose the course that you completed'],
  ['a course of no program', { course: 'NOPE' }, 'Choose the course that you completed'],
  ['no day', { completedOn: '' }, 'Enter the last day of the course'],
  ['a day that does not exist', { completedOn: '2026-02-30' }, 'enter a day that exists'],
  ['a day to come', { completedOn: addDays(today, 2) }, 'this day has not come yet'],
  ['a day before the award', { completedOn: addMonths(today, -31) }, 'held no active certification'],
  ['endless notes', { notes: 'x'.repeat(1001) }, 'use at most 1,000 characters'],
])('%s is refused, with what was typed', async (_, fields: { [field: string]: string }, words) => {
  const headers = await signedIn(await givenSpecialist())

  const answer = await sendIn(headers, { notes: 'As typed', ...fields })

  expect(answer.status).toBe(422)
  const text = await answer.text()
  expect(text).toContain(words)
  expect(text).toContain(fields.notes ?? 'As typed')
  expect(await db.$count(requests)).toBe(0)
})

test.each([
  ['no file', null, 'Choose the file of your certificate'],
  ['a text', new File(['hello'], 'course.pdf', { type: 'application/pdf' }), 'not a whole PDF'],
])('%s instead of a certificate is refused', async (_, file, words) => {
  const answer = await sendIn(await signedIn(await givenSpecialist()), {}, file)

  expect(answer.status).toBe(422)
  expect(await answer.text()).toContain(words)
})

test('who holds nothing sees what there is, and a program without courses says so', async () => {
  const headers = await signedIn(await givenCandidate())
  expect((await page(PAGE, headers)).text).toContain('None of these, today')

  await givenProgram((program) => {
    program.courses = []
  })
  expect((await page(PAGE, headers)).text).toContain('no course that renews a certification')
})

test('a course that a feed has told of is shown once, needs no request, and the reviewer of one is told', async () => {
  const ada = await givenSpecialist()
  const headers = await signedIn(ada)
  await sendIn(headers)
  await givenTold(ada.id)
  const [request] = await db.select().from(requests)
  const reviewer = await signedInStaff('reviewer')

  const own = (await page(PAGE, headers)).text
  expect(own.match(/href="\/requests\/\d+"/g)).toHaveLength(1)
  expect(own).toContain('The course’s holder told of it, too: it is on record.')
  expect(own).not.toContain('Told by the course’s holder')
  const review = (await page(`/staff/requests/${request!.id}`, reviewer)).text
  expect(review).toContain('A feed has told of this course on this day already')
  expect(review).toContain('This course is on record for this day already')

  await post(`/staff/requests/${request!.id}`, APPROVE, { headers: reviewer })
  expect(await expiries(ada.id)).toEqual([`JNCIA-Junos ${lasting}`, `JNCIS-ENT ${lasting}`])
  const seen = (await page(`/staff/candidates/${ada.id}`, reviewer)).text
  expect(seen).toContain(`Request ${request!.id}`)
  expect(seen.match(/<td[^>]*>\s*On record/g)).toHaveLength(1)
})

test('what a feed has told of already is not taken as a request, unless it was taken back', async () => {
  const ada = await givenSpecialist()
  const headers = await signedIn(ada)
  await givenTold(ada.id)
  const answer = await sendIn(headers)
  expect(answer.status).toBe(422)
  expect(await answer.text()).toContain('This course is on record for this day already')

  await db.update(courseCompletions).set({ validity: 'revoked' })
  expect((await sendIn(headers)).status).toBe(303)
  const [request] = await db.select().from(requests)
  const review = await page(`/staff/requests/${request!.id}`, await signedInStaff('reviewer'))
  expect(review.text).toContain('A feed told of this course on this day, and took it back')
  expect((await page(PAGE, headers)).text).toContain('told of it, too, and took it back')
})

test('the page costs two round trips, and is nobody else’s', async () => {
  const ada = await givenSpecialist()
  await sendIn(await signedIn(ada))
  const [request] = await db.select().from(requests)
  const { d1, cost } = countedDatabase(env.DB)

  await send(PAGE, { headers: await signedIn(ada) }, { DB: d1 })
  expect(cost.roundTrips).toBe(2)

  const stranger = await signedIn(await givenCandidate())
  expect((await page(`/requests/${request!.id}`, stranger)).status).toBe(404)
  expect((await page(PAGE, stranger)).text).not.toContain(`/requests/${request!.id}`)
  expect((await send(PAGE)).status).toBe(303)
})
