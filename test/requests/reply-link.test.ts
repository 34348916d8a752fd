import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { sha256Hex } from '../../src/core/tokens.ts'
import { makeRequest } from '../../src/requests/make-request.ts'
import { writeByStaff } from '../../src/requests/thread/staff-queries.ts'
import {
  accessLinks,
  auditLog,
  candidateEmails,
  recoveries,
  requestMessages,
  requests,
} from '../../src/schema.ts'
import { mailTo, newMail } from '../addresses/mailbox.ts'
import { db, givenCandidate, givenProgram, LONG_AGO } from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { givenStaff, post, send, signedIn } from '../support/requests.ts'
import { fileOf, heic, jpeg } from './given-photo.ts'
import { givenAsked, givenQuestion, givenReplyLink, postFiles } from './given-question.ts'

beforeEach(async () => {
  await givenProgram()
})

const open = async (path: string, headers: Record<string, string> = {}) => {
  const response = await send(path, { headers })
  return { status: response.status, text: await response.text(), headers: response.headers }
}
const reply = (path: string, message = 'One thing more') =>
  post(path, { submission: crypto.randomUUID(), message })

async function write(
  request: Parameters<typeof writeByStaff>[1]['request'],
  body = 'Which street?',
  act: 'ask' | 'note' | 'solve' = 'ask',
) {
  const { id: staffId } = await givenStaff('support', { name: 'Grace Hopper' })
  const said = await db.select().from(requestMessages).where(eq(requestMessages.requestId, request.id))
  const seen = Math.max(0, ...said.filter(({ visibility }) => visibility === 'shared').map(({ id }) => id))
  const message = { request, staffId, submission: crypto.randomUUID(), act, body, seen }
  await writeByStaff(db, message, [], new Date())
}

describe('the link of a mail', () => {
  test('opens the one thread without signing in, and lets its reader reply', async () => {
    const ada = await givenCandidate()
    const request = await givenAsked(ada)
    await givenAsked(ada, new Date(), 'SOMETHING ELSE')
    await write(request, 'INTERNAL', 'note')
    await write(request, 'Which street?\nAnd which house?')

    const { text: mail, link } = mailTo(
      ada.email,
      (await newMail()).filter(({ subject }) => subject.startsWith('A message')),
    )
    expect(mail).toContain('Which street?')
    expect(mail).toContain('And which house?')
    expect(mail).not.toMatch(/Hopper|INTERNAL/)
    expect(link).toMatch(/^\/reply\//)
    const [row] = await db.select().from(accessLinks).where(eq(accessLinks.purpose, 'request_reply'))
    expect(JSON.stringify(row!.data)).toBe(JSON.stringify({ requestId: request.id }))

    const opened = await open(link!)
    expect(opened.status).toBe(200)
    expect(opened.text).toContain('Which street?')
    for (const hidden of [ada.id, ada.email, 'Ada', 'Hopper', 'INTERNAL', 'SOMETHING ELSE', 'sign-out'])
      expect(opened.text).not.toContain(hidden)
    expect(opened.headers.get('cache-control')).toBe('private, no-store')
    expect(opened.headers.get('referrer-policy')).toBe('same-origin')
    expect(opened.headers.getSetCookie()).toEqual([])

    expect((await reply(link!)).headers.get('location')).toBe(`${link}?sent`)
    const said = await db
      .select()
      .from(requestMessages)
      .where(eq(requestMessages.requestId, request.id))
      .orderBy(requestMessages.id)
    expect(said.at(-1)).toMatchObject({ body: 'One thing more', staffId: null, byLink: true })
    expect((await db.select().from(requests))[0]).toMatchObject({ state: 'open' })
    const entries = (await db.select().from(auditLog)).filter(
      ({ action }) => action === 'request.message-sent',
    )
    expect(entries).toMatchObject([{ actor: 'nobody' }])
  })

  test('gives nothing of the account, and no file', async () => {
    const ada = await givenCandidate()
    const { id, staffFileId } = await givenQuestion(ada)
    const token = await givenReplyLink(ada, id)

    const { text } = await open(`/reply/${token}`)
    expect(text).toContain('File: PDF')
    expect(text).not.toContain(`/files/${staffFileId}`)
    for (const path of [`/requests/${id}`, '/profile', '/exams'])
      expect((await open(path)).headers.get('location')).toMatch(/^\/sign-in/)
  })

  test('is answered the same when forged, cut off, too old, of another kind or another’s', async () => {
    const ada = await givenCandidate()
    const { id } = await givenAsked(ada)
    const past = await givenReplyLink(ada, id, new Date(Date.now() - 1))
    const eves = await givenReplyLink(await givenCandidate(), id)
    const other = await givenReplyLink(ada, id)
    const moved = await givenReplyLink({ id: ada.id, email: 'gone@old-company.example' }, id)
    const good = await givenReplyLink(ada, id)
    await db
      .update(accessLinks)
      .set({ purpose: 'password_reset' })
      .where(eq(accessLinks.tokenHash, await sha256Hex(other)))

    const answers = []
    for (const token of [past, eves, other, moved, 'x'.repeat(43), good.slice(1), `${good}x`, 'x']) {
      for (const answer of [await open(`/reply/${token}`), await reply(`/reply/${token}`)]) {
        expect(answer.status, token).toBe(404)
        answers.push(typeof answer.text === 'string' ? answer.text : await answer.text())
      }
    }
    expect(new Set(answers).size).toBe(1)
    expect(await db.$count(requestMessages)).toBe(1)
    expect((await open(`/reply/${good}`)).status).toBe(200)
    await db.delete(candidateEmails)
    expect((await open(`/reply/${good}`)).status).toBe(404)
  })

  test('still shows what was said when nothing more can be', async () => {
    const ada = await givenCandidate()
    const request = await givenAsked(ada)
    const token = await givenReplyLink(ada, request.id)
    await post(`/requests/${request.id}/withdrawal`, {}, { headers: await signedIn(ada) })

    const { text } = await open(`/reply/${token}`)
    expect(text).toContain('This request has ended')
    expect(text).not.toContain('<textarea')
    const late = await reply(`/reply/${token}`, 'But <why>?')
    expect(late.status).toBe(409)
    const lateText = await late.text()
    expect(lateText).toContain('since this request has ended')
    expect(lateText).toContain('But &lt;why&gt;?')
    expect(await db.$count(requestMessages)).toBe(1)
  })

  test('takes one round trip, and none more for what is no token', async () => {
    const ada = await givenCandidate()
    const { id } = await givenAsked(ada)
    const token = await givenReplyLink(ada, id)

    const { d1, cost } = countedDatabase(env.DB)
    await send(`/reply/${token}`, {}, { DB: d1 })
    expect(cost.roundTrips).toBe(1)
    expect(cost.rowsRead).toBeLessThan(40)
  })
})

describe('somebody who lost the address', () => {
  async function givenRecovery() {
    const ada = await givenCandidate()
    const [recovery] = await db
      .insert(recoveries)
      .values({
        candidateId: ada.id,
        newAddress: 'new@example.net',
        newNormalized: 'new@example.net',
        proof: 'none',
        askedAt: LONG_AGO,
        confirmedAt: LONG_AGO,
      })
      .returning()
    const made = await makeRequest(
      env,
      db,
      {
        kind: 'address_recovery',
        candidateId: ada.id,
        submission: `recovery/${recovery!.id}`,
        details: { recoveryId: recovery!.id },
        photo: { bytes: heic(), mediaType: 'image/heic' },
        actor: 'nobody',
      },
      new Date(),
    )
    await newMail()
    const request = {
      id: made!.id,
      kind: 'address_recovery',
      candidateId: ada.id,
      newAddress: 'new@example.net',
    } as const
    return { ada, request }
  }

  test('is asked back at the new address, which learns nothing of the record, and sends another photo', async () => {
    const { ada, request } = await givenRecovery()
    await write(request, 'The photo is cut off')

    const mails = await newMail()
    const { text, link } = mailTo('new@example.net', mails)
    expect(mails).toHaveLength(1)
    for (const hidden of [ada.id, ada.email, 'Ada']) expect(text).not.toContain(hidden)

    const fields = { submission: crypto.randomUUID(), message: 'STRANGER: here it is' }
    expect((await postFiles(link!, fields, [fileOf(jpeg())], {})).status).toBe(303)
    expect((await db.select().from(requests))[0]).toMatchObject({ state: 'open' })
    // The holder of the record does not read what somebody says who has proved nothing, nor answers for them.
    const holder = await signedIn(ada)
    expect((await open(`/requests/${request.id}`, holder)).text).not.toContain('STRANGER')
    const answered = await post(
      `/requests/${request.id}/messages`,
      { submission: crypto.randomUUID(), message: 'x' },
      { headers: holder },
    )
    expect(answered.status).toBe(404)
  })
})
