import { env } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import { mailOutbox, requestFiles, requestMessages, requests } from '../../src/schema.ts'
import { db, givenCandidate, givenProgram, givenRegistration, givenResult } from '../support/builders.ts'
import { post, send, signedIn } from '../support/requests.ts'
import { fileOf, jpeg, pdf } from './given-photo.ts'
import { postFiles } from './given-question.ts'

const MISSING = '/requests/new/missing_result'
const OTHER = '/requests/new/other'

beforeEach(async () => {
  await givenProgram()
})

const page = async (path: string, headers: Record<string, string>) => {
  const response = await send(path, { headers })
  return { status: response.status, text: await response.text() }
}
const other = (fields: Record<string, string> = {}) => ({
  submission: crypto.randomUUID(),
  subject: 'My <paper>',
  message: 'Can you post it?\nTo Gdynia.',
  ...fields,
})

test('a missing result is asked for from the late booking, with what is known filled in', async () => {
  const ada = await givenCandidate()
  const headers = await signedIn(ada)
  await givenRegistration({
    candidateId: ada.id,
    registrationId: '300999',
    appointmentOn: '2026-01-05',
    siteCode: 'S1',
  })

  const { text } = await page(`${MISSING}?registration=300999`, headers)
  expect(text).toContain('value="300999"')
  expect(text).toContain('value="2026-01-05"')
  expect(text).toMatch(/<option[^>]*value="JNCIA-Junos"[^>]*selected/)
  const foreign = await page(`${MISSING}?registration=300999`, await signedIn(await givenCandidate()))
  expect(foreign.text).not.toContain('300999')

  const fields = { exam: 'JNCIA-Junos', examOn: '2026-01-05', site: 'Krak\u00f3w', registrationId: '300999' }
  const sent = await post(
    MISSING,
    { ...fields, submission: crypto.randomUUID(), message: 'I passed' },
    { headers },
  )
  const [request] = await db.select().from(requests)
  expect(sent.headers.get('location')).toBe(`/requests/${request!.id}`)
  expect(request).toMatchObject({
    kind: 'missing_result',
    state: 'open',
    candidateId: ada.id,
    details: fields,
  })
  expect(await db.select().from(requestMessages)).toMatchObject([
    { requestId: request!.id, body: 'I passed', staffId: null, visibility: 'shared' },
  ])
  expect(await db.select().from(mailOutbox)).toMatchObject([{ template: 'request_received' }])

  const again = await post(
    MISSING,
    { ...fields, submission: crypto.randomUUID(), message: 'And <yet>' },
    { headers },
  )
  // About the same: not sent, but ready to be sent as a message about the first.
  expect(again.status).toBe(409)
  const repeated = await again.text()
  expect(repeated).toContain('You have asked about this already')
  expect(repeated).toContain(`action="/requests/${request!.id}/messages"`)
  expect(repeated).toMatch(/<textarea id="message"[^>]*>And &lt;yet&gt;/)
  expect(await db.$count(requests)).toBe(1)
})

test('a question about a result is about one of their own', async () => {
  const ada = await givenCandidate()
  const eve = await givenCandidate()
  const result = await givenResult({ candidateId: ada.id })
  const ask = async (who: { id: string }) =>
    post(
      '/requests/new/result_question',
      { submission: crypto.randomUUID(), result: `${result.feed}/${result.registrationId}`, message: 'Why?' },
      { headers: await signedIn(who) },
    )

  expect((await ask(eve)).status).toBe(422)
  expect((await ask(ada)).status).toBe(303)
  expect(await db.select().from(requests)).toMatchObject([
    { kind: 'result_question', candidateId: ada.id, details: { registrationId: result.registrationId } },
  ])
  const { text } = await page(
    `/requests/new/result_question?registration=${result.registrationId}`,
    await signedIn(ada),
  )
  expect(text).toMatch(/<option[^>]*selected[^>]*>/)
  expect((await page('/requests/new/result_question', await signedIn(eve))).text).toContain(
    'There is no result',
  )
})

test('sent twice it is one, at once and one after the other', async () => {
  const headers = await signedIn(await givenCandidate())
  const fields = other()

  const sent = await Promise.all([1, 2, 3].map(() => postFiles(OTHER, fields, [fileOf(jpeg())], headers)))

  expect(sent.map(({ status }) => status)).toEqual([303, 303, 303])
  expect(await db.$count(requests)).toBe(1)
  expect(await db.$count(requestMessages)).toBe(1)
  expect(await db.$count(requestFiles)).toBe(1)
  expect((await env.BUCKET.list({ prefix: 'request-files/' })).objects).toHaveLength(1)
  expect(await db.$count(mailOutbox)).toBe(1)
})

test('by the back button another question is another, and the same is the same', async () => {
  const headers = await signedIn(await givenCandidate())
  const fields = other()

  await post(OTHER, fields, { headers })
  const second = await post(OTHER, { ...fields, message: 'Or to Sopot?' }, { headers })
  const again = await post(OTHER, fields, { headers })

  expect(second.headers.get('location')).toMatch(/^\/requests\/\d+$/)
  expect(again.headers.get('location')).toMatch(/\?repeated$/)
  expect((await db.select().from(requestMessages)).map(({ body }) => body)).toEqual([
    fields.message,
    'Or to Sopot?',
  ])
})

test('what is wrong is said beside its field, and what was typed stays', async () => {
  const headers = await signedIn(await givenCandidate())
  const refused = async (path: string, fields: Record<string, string>, files: File[] = []) => {
    const response = await postFiles(path, fields, files, headers)
    expect(response.status).toBe(422)
    return response.text()
  }

  expect(await refused(OTHER, other({ subject: '' }))).toContain('Enter a subject')
  expect(await refused(OTHER, other({ message: ' ' }))).toContain('Enter a message')
  expect(await refused(OTHER, other({ message: 'x'.repeat(5001) }))).toContain('at most 5,000')
  const many = [1, 2, 3, 4].map(() => fileOf(jpeg()))
  expect(await refused(OTHER, other(), many)).toContain('at most three files')
  const html = await refused(OTHER, other(), [fileOf(pdf()), fileOf('<html>', 'a.pdf', 'application/pdf')])
  expect(html).toContain('not a whole JPEG')
  expect(html).toContain('My &lt;paper&gt;')
  const ahead = { exam: 'JNCIA-Junos', examOn: '2999-01-01', message: 'x' }
  expect(await refused(MISSING, ahead)).toContain('still to come')
  expect(await refused(MISSING, { ...ahead, exam: 'x', examOn: '2026-02-30' })).toContain('Choose the exam')
  expect(await db.$count(requests)).toBe(0)
  expect((await env.BUCKET.list({ prefix: 'request-files/' })).objects).toHaveLength(0)
})

test('nobody floods the desk', async () => {
  const headers = await signedIn(await givenCandidate())
  for (let asked = 0; asked < 5; asked += 1)
    expect((await post(OTHER, other(), { headers })).status).toBe(303)

  const sixth = await postFiles(OTHER, other(), [fileOf(jpeg())], headers)

  expect(sixth.status).toBe(422)
  expect(await sixth.text()).toContain('You have asked a lot lately')
  expect(await db.$count(requests)).toBe(5)
  expect((await env.BUCKET.list({ prefix: 'request-files/' })).objects).toHaveLength(0)
})
