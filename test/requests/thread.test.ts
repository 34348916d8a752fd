import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { destroyOldPhotos } from '../../src/requests/file-jobs.ts'
import { auditLog, mailOutbox, requestFiles, requestMessages, requests } from '../../src/schema.ts'
import { db, givenCandidate, givenProgram } from '../support/builders.ts'
import { givenStaff, post, send, signedIn, signedInStaff } from '../support/requests.ts'
import { fileOf, jpeg, png } from './given-photo.ts'
import { givenAsked, givenQuestion, postFiles } from './given-question.ts'
import { givenNameChange } from './given-request.ts'

beforeEach(async () => {
  await givenProgram()
})

const page = async (path: string, headers: Record<string, string>) => {
  const response = await send(path, { headers })
  return { status: response.status, text: await response.text() }
}
const stateOf = async (id: number) => (await db.select().from(requests).where(eq(requests.id, id)))[0]!
const lastShared = async () =>
  String(
    Math.max(
      0,
      ...(await db.select().from(requestMessages))
        .filter(({ visibility }) => visibility === 'shared')
        .map(({ id }) => id),
    ),
  )
const byStaff = async (
  id: number,
  act: 'reply' | 'ask' | 'solve' | 'note',
  text: string,
  headers: Record<string, string>,
  fields: Record<string, string> = {},
) =>
  post(
    `/staff/requests/${id}/messages`,
    {
      submission: crypto.randomUUID(),
      act,
      seen: await lastShared(),
      [act === 'note' ? 'note' : 'message']: text,
      ...fields,
    },
    { headers },
  )
const byCandidate = (id: number, message: string, headers: Record<string, string>) =>
  post(`/requests/${id}/messages`, { submission: crypto.randomUUID(), message }, { headers })
const mailsOf = (template: string) => db.select().from(mailOutbox).where(eq(mailOutbox.template, template))

describe('a thread', () => {
  test('goes both ways: asked back, it waits for the candidate, and their reply gives the turn back', async () => {
    const ada = await givenCandidate()
    const [candidate, staff] = [await signedIn(ada), await signedInStaff('support')]
    const { id } = await givenAsked(ada, new Date(Date.now() - 3_600_000))

    expect((await byStaff(id, 'ask', 'To which <street>?', staff)).headers.get('location')).toBe(
      `/staff/requests/${id}`,
    )
    expect((await stateOf(id)).state).toBe('waiting')
    const asked = await page(`/requests/${id}`, candidate)
    expect(asked.text).toContain('To which &lt;street&gt;?')
    expect(asked.text).toContain('Waiting for you')
    expect(asked.text).toContain('Program Support')
    expect(await mailsOf('request_message')).toMatchObject([
      { candidateId: ada.id, recipient: null, payload: { requestId: id, body: 'To which <street>?' } },
    ])

    const before = Date.now()
    const replied = await byCandidate(id, 'Floriańska', candidate)
    expect(replied.headers.get('location')).toBe(`/requests/${id}?sent`)
    const { state, turnSince, assignedTo } = await stateOf(id)
    expect([state, turnSince.getTime() >= before]).toEqual(['open', true])
    // Who answered first sees to it, and is written to, without what was said.
    const [reply] = await mailsOf('request_reply')
    expect(reply).toMatchObject({ payload: { requestId: id } })
    expect(JSON.stringify(reply)).not.toContain('Floria')
    expect(assignedTo).not.toBeNull()
    const { text } = await page(`/staff/requests/${id}`, staff)
    for (const said of ['Can you post it to &lt;Gdynia&gt;?', 'To which &lt;street&gt;?', 'Floriańska'])
      expect(text).toContain(said)
  })

  test('nothing internal reaches the candidate: no note, no name of staff', async () => {
    const ada = await givenCandidate()
    const candidate = await signedIn(ada)
    const { id } = await givenAsked(ada)
    const grace = await givenStaff('reviewer', { name: 'Grace Hopper' })
    const staff = await signedInStaff(grace)

    await byStaff(id, 'note', 'INTERNAL: looks like a fraud', staff)
    await byStaff(id, 'reply', 'We look into it', staff)
    await byStaff(id, 'note', 'INTERNAL: called them', staff)
    await byStaff(id, 'solve', 'It is on its way', staff)

    for (const path of ['/requests', `/requests/${id}`, '/profile/activity', '/']) {
      const { text } = await page(path, candidate)
      expect(text, path).not.toContain('INTERNAL')
      expect(text, path).not.toContain('Hopper')
    }
    const mails = JSON.stringify(await db.select().from(mailOutbox))
    expect(mails).not.toContain('INTERNAL')
    expect(mails).not.toContain('Hopper')
    const { text } = await page(`/staff/requests/${id}`, staff)
    expect(text).toContain('INTERNAL: looks like a fraud')
    expect(text).toContain('message--note')
    expect(text).toContain('Only for staff')
  })

  test('is another’s for everybody else', async () => {
    const { id, staffFileId } = await givenQuestion(await givenCandidate())
    const eve = await signedIn(await givenCandidate())

    expect((await byCandidate(id, 'It is me', eve)).status).toBe(404)
    expect((await page(`/requests/${id}`, eve)).status).toBe(404)
    expect((await page(`/requests/${id}/files/${staffFileId}`, eve)).status).toBe(404)
    expect(await db.$count(requestMessages)).toBe(2)
  })

  test('takes a message once, however often its form is sent', async () => {
    const ada = await givenCandidate()
    const headers = await signedIn(ada)
    const { id } = await givenAsked(ada)
    const fields = { submission: crypto.randomUUID(), message: 'One thing more' }
    const send = () => postFiles(`/requests/${id}/messages`, fields, [fileOf(jpeg()), fileOf(png())], headers)

    const sent = await Promise.all([send(), send(), send()])
    sent.push(await send())

    expect(sent.map((one) => one.headers.get('location'))).toEqual(Array(4).fill(`/requests/${id}?sent`))
    expect(await db.$count(requestMessages)).toBe(2)
    expect(await db.$count(requestFiles)).toBe(3)
    expect((await env.BUCKET.list({ prefix: 'request-files/' })).objects).toHaveLength(3)
    const actions = (await db.select().from(auditLog)).map(({ action }) => action)
    expect(actions.filter((action) => action === 'request.message-sent')).toHaveLength(1)
  })

  test('loses nothing that is sent by a form used before: other words and other files are another message', async () => {
    const ada = await givenCandidate()
    const headers = await signedIn(ada)
    const { id } = await givenAsked(ada)
    const submission = crypto.randomUUID()
    const send = (message: string, files: File[] = []) =>
      postFiles(`/requests/${id}/messages`, { submission, message }, files, headers)

    for (const sent of [
      await send('It is the old street'),
      await send('It is the new street'),
      await send('It is the new street', [fileOf(jpeg())]),
      await send('It is the new street', [fileOf(jpeg())]),
    ])
      expect(sent.headers.get('location')).toBe(`/requests/${id}?sent`)

    const said = (await db.select().from(requestMessages)).map(({ body }) => body)
    expect(said.slice(1)).toEqual(['It is the old street', 'It is the new street', 'It is the new street'])
    expect(await db.$count(requestFiles)).toBe(2)
  })

  test('is not flooded', async () => {
    const ada = await givenCandidate()
    const headers = await signedIn(ada)
    const { id } = await givenAsked(ada)

    for (let said = 0; said < 12; said += 1) await byCandidate(id, `Please ${said}`, headers)

    expect(await db.$count(requestMessages)).toBe(10)
    const often = await byCandidate(id, 'Please <now>!', headers)
    expect(often.status).toBe(409)
    const text = await often.text()
    expect(text).toContain('you wrote very often within an hour')
    expect(text).toMatch(/<textarea id="message"[^>]*>Please &lt;now&gt;!/)
  })

  test('refuses an empty message, and keeps what was typed beside a bad file', async () => {
    const ada = await givenCandidate()
    const headers = await signedIn(ada)
    const { id } = await givenAsked(ada)

    expect((await byCandidate(id, ' ', headers)).status).toBe(422)
    const fields = { submission: crypto.randomUUID(), message: 'See <this>' }
    const bad = await postFiles(`/requests/${id}/messages`, fields, [fileOf('GIF89a', 'a.jpg')], headers)
    expect(bad.status).toBe(422)
    const text = await bad.text()
    expect(text).toContain('See &lt;this&gt;')
    expect(text).toContain('not a whole JPEG')
    expect(await db.$count(requestMessages)).toBe(1)
  })
})

describe('two of the staff', () => {
  test('never answer one thing twice: the second sees what was said, and loses no word', async () => {
    const ada = await givenCandidate()
    const { id } = await givenAsked(ada)
    const [one, two] = [await signedInStaff('support'), await signedInStaff('reviewer')]
    const seen = await lastShared()

    const answers = await Promise.all([
      byStaff(id, 'reply', 'First words', one, { seen }),
      byStaff(id, 'reply', 'Second words', two, { seen }),
    ])

    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 409])
    const late = await answers.find(({ status }) => status === 409)!.text()
    expect(late).toContain('First words')
    expect(late).toContain('Second words')
    expect(late).toContain('Something was said before')
    expect(await mailsOf('request_message')).toHaveLength(1)
    expect(await db.$count(requestMessages)).toBe(2)
  })

  test('keep a note and reply by the forms of one page, and both are there', async () => {
    const { id } = await givenAsked(await givenCandidate())
    const staff = await signedInStaff('support')
    const [submission, seen] = [crypto.randomUUID(), await lastShared()]

    await byStaff(id, 'note', 'Looks right', staff, { submission })
    const answered = await byStaff(id, 'solve', 'It is on its way', staff, { submission, seen })
    const again = await byStaff(id, 'solve', 'It is on its way', staff, { submission, seen })

    expect([answered.status, again.status]).toEqual([303, 303])
    expect((await stateOf(id)).state).toBe('answered')
    expect(await db.$count(requestMessages)).toBe(3)
    expect(await mailsOf('request_message')).toMatchObject([{ payload: { body: 'It is on its way' } }])
    // Other words from the page of before: they are not sent, and it says so.
    const other = await byStaff(id, 'solve', 'It is not', staff, { submission, seen })
    expect(other.status).toBe(409)
    expect(await other.text()).toContain('It is not')
  })

  test('solve a question once, and the words of the second may be kept as a note', async () => {
    const { id } = await givenAsked(await givenCandidate())
    const [one, two] = [await signedInStaff('support'), await signedInStaff('reviewer')]
    const seen = await lastShared()
    await byStaff(id, 'solve', 'It is on its way', one)

    const late = await byStaff(id, 'solve', 'We cannot do that', two, { seen })

    expect(late.status).toBe(409)
    const text = await late.text()
    expect(text).toContain('Somebody was faster')
    expect(text).toMatch(/<textarea id="note"[^>]*>We cannot do that/)
    expect(await stateOf(id)).toMatchObject({ state: 'answered' })
    expect((await mailsOf('request_message')).map(({ payload }) => payload)).toMatchObject([
      { isEnded: true },
    ])
    expect((await byStaff(id, 'note', 'I had answered, too', two)).status).toBe(303)
  })

  test('ask back about a claim, and either decides it once', async () => {
    const ada = await givenCandidate()
    const { id } = await givenNameChange(ada)
    const staff = await signedInStaff('reviewer')
    await byStaff(id, 'ask', 'The photo is cut off', staff)

    expect((await byStaff(id, 'solve', 'No', staff)).status).toBe(422)
    expect(
      (
        await post(
          `/staff/requests/${id}`,
          { decision: 'approve', shown: 'on', seen: await lastShared() },
          { headers: staff },
        )
      ).headers.get('location'),
    ).toBe(`/staff/requests/${id}`)
    expect((await stateOf(id)).state).toBe('approved')
    const { id: question } = await givenAsked(ada)
    const decided = await post(`/staff/requests/${question}`, { decision: 'approve' }, { headers: staff })
    expect(decided.status).toBe(404)
  })
})

describe('a decision', () => {
  test('is not taken from a page that what was said meanwhile is missing on', async () => {
    const ada = await givenCandidate()
    const { id } = await givenNameChange(ada)
    const [one, two] = [await signedInStaff('reviewer'), await signedInStaff('owner')]
    const before = await page(`/staff/requests/${id}`, two)
    expect(before.text.match(/name="seen" value="0"/g)).toHaveLength(3)
    await byStaff(id, 'ask', 'The photo is <cut off>', one)

    const approved = await post(
      `/staff/requests/${id}`,
      { decision: 'approve', shown: 'on', seen: '0' },
      { headers: two },
    )
    const refused = await post(
      `/staff/requests/${id}`,
      { decision: 'refuse', reason: 'No <name> on it', seen: '0' },
      { headers: two },
    )

    for (const late of [approved, refused]) {
      expect(late.status).toBe(409)
      const text = await late.text()
      expect(text).toContain('Something was said before your decision arrived')
      expect(text).toContain('The photo is &lt;cut off&gt;')
      expect(text.match(new RegExp(`name="seen" value="${await lastShared()}"`, 'g'))).toHaveLength(3)
      if (late === refused) expect(text).toMatch(/<textarea id="reason"[^>]*>No &lt;name&gt; on it/)
    }
    expect(await stateOf(id)).toMatchObject({ state: 'waiting', decidedAt: null })
    expect(await mailsOf('request_decided')).toEqual([])
    // A note among staff is nothing that the candidate said or was asked.
    const seen = await lastShared()
    await byStaff(id, 'note', 'Looks right', one)
    await post(`/staff/requests/${id}`, { decision: 'refuse', reason: 'No', seen }, { headers: two })
    expect((await stateOf(id)).state).toBe('refused')
  })
})

describe('an answered question', () => {
  test('is open again once its candidate writes, for some days', async () => {
    const ada = await givenCandidate()
    const candidate = await signedIn(ada)
    const { id } = await givenAsked(ada)
    await byStaff(id, 'solve', 'It is on its way', await signedInStaff('support'))
    expect((await page(`/requests/${id}`, candidate)).text).toContain('Ask further')

    await byCandidate(id, 'It did not arrive', candidate)
    expect(await stateOf(id)).toMatchObject({ state: 'open', decidedAt: null, decidedBy: null })

    await byStaff(id, 'solve', 'We post it again', await signedInStaff('support'))
    await db.update(requests).set({ decidedAt: new Date(Date.now() - 15 * 86_400_000) })
    const late = await byCandidate(id, 'Still <not>', candidate)
    expect(late.status).toBe(409)
    const text = await late.text()
    expect(text).toContain('since this request has ended')
    expect(text).toContain('Still &lt;not&gt;')
    expect(text).not.toContain('<textarea id="message"')
    expect((await stateOf(id)).state).toBe('answered')
  })

  test('is rated once by its candidate', async () => {
    const ada = await givenCandidate()
    const headers = await signedIn(ada)
    const { id } = await givenAsked(ada)
    const rate = (helped: string) =>
      post(`/requests/${id}/rating`, { helped, comment: 'Quick <3' }, { headers })

    await rate('yes')
    expect((await stateOf(id)).helped).toBeNull()
    await byStaff(id, 'solve', 'It is on its way', await signedInStaff('support'))
    expect((await rate('maybe')).status).toBe(422)
    await rate('yes')
    await rate('no')

    expect(await stateOf(id)).toMatchObject({ helped: true, helpedComment: 'Quick <3' })
    const staff = await signedInStaff('support')
    expect((await page('/staff/requests', staff)).text).toContain('100%')
    expect((await page(`/staff/requests/${id}`, staff)).text).toContain('Quick &lt;3')
  })

  test('is rated anew once it was open again and answered again', async () => {
    const ada = await givenCandidate()
    const headers = await signedIn(ada)
    const { id } = await givenAsked(ada)
    const staff = await signedInStaff('support')
    const rate = (helped: string, comment = '') =>
      post(`/requests/${id}/rating`, { helped, comment }, { headers })
    await byStaff(id, 'solve', 'It is on its way', staff)
    await rate('yes', 'Quick')

    await byCandidate(id, 'It did not arrive', headers)
    expect(await stateOf(id)).toMatchObject({ helped: null, helpedComment: null, ratedAt: null })
    await byStaff(id, 'solve', 'There is no paper any more', staff)
    expect((await page(`/requests/${id}`, headers)).text).toContain('No, it did not')
    await rate('no')

    expect(await stateOf(id)).toMatchObject({ helped: false, helpedComment: null })
    const entries = (await db.select().from(auditLog)).filter(({ action }) => action === 'request.rated')
    expect(entries.map(({ details }) => JSON.parse(details as string).helped)).toEqual([true, false])
  })
})

describe('files of messages', () => {
  test('are sandboxed; the candidate gets those of staff, and staff those of questions', async () => {
    const ada = await givenCandidate()
    const candidate = await signedIn(ada)
    const { id, ownFileId, staffFileId } = await givenQuestion(ada)

    const got = await send(`/requests/${id}/files/${staffFileId}`, { headers: candidate })
    expect(got.headers.get('content-disposition')).toBe('attachment; filename="document.pdf"')
    expect(got.headers.get('content-security-policy')).toContain('sandbox')
    expect((await page(`/requests/${id}/files/${ownFileId}`, candidate)).status).toBe(404)
    const support = await signedInStaff('support')
    expect((await page(`/staff/requests/${id}/files/${ownFileId}`, support)).status).toBe(200)
  })

  test('of a claim are for reviewers, prove it, and go with the decision', async () => {
    const ada = await givenCandidate()
    const candidate = await signedIn(ada)
    const { id } = await givenNameChange(ada, { photo: null })
    const [support, reviewer] = [await signedInStaff('support'), await signedInStaff('reviewer')]
    const decide = async () =>
      post(
        `/staff/requests/${id}`,
        { decision: 'approve', shown: 'on', seen: await lastShared() },
        { headers: reviewer },
      )
    expect((await decide()).status).toBe(422)

    const fields = { submission: crypto.randomUUID(), message: 'Here is my passport' }
    await postFiles(`/requests/${id}/messages`, fields, [fileOf(jpeg())], candidate)
    const [file] = await db.select().from(requestFiles)
    const path = `/staff/requests/${id}/files/${file!.id}`
    expect((await page(path, support)).status).toBe(404)
    expect((await page(`/staff/requests/${id}`, support)).text).not.toContain(path)
    expect((await page(path, reviewer)).status).toBe(200)
    expect((await decide()).status).toBe(303)

    expect(await db.select().from(requestFiles)).toMatchObject([{ sealedKey: null }])
    expect((await page(path, reviewer)).status).toBe(404)
  })

  test('of a question stay when it is answered, and go after 30 days, each at its own time', async () => {
    const ada = await givenCandidate()
    const asked = new Date(Date.now() - 31 * 86_400_000)
    const { id } = await givenAsked(ada, asked)
    const fields = { submission: crypto.randomUUID(), message: 'And this' }
    await postFiles(`/requests/${id}/messages`, fields, [fileOf(png())], await signedIn(ada))
    await byStaff(id, 'solve', 'Thank you', await signedInStaff('support'))

    await destroyOldPhotos(env, new Date())

    const kept = (await db.select().from(requestFiles)).map(({ mediaType, sealedKey }) => [
      mediaType,
      sealedKey !== null,
    ])
    expect(kept).toEqual([
      ['image/jpeg', false],
      ['image/png', true],
    ])
    expect((await page(`/requests/${id}`, await signedIn(ada))).text).toContain('(destroyed)')
  })
})
