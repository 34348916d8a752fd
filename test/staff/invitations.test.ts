import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import * as schema from '../../src/schema.ts'
import { deliver, recordingMailer, recordingQueue } from '../mail/given-mail.ts'
import { db, givenProgram } from '../support/builders.ts'
import { post, send, signedInStaff } from '../support/requests.ts'
import {
  auditActions,
  codeOf,
  cookiesOf,
  givenAuthenticator,
  givenInvitation,
  PASSWORD,
} from './given-account.ts'

beforeEach(async () => {
  await givenProgram()
})

const personOf = async (id: number) =>
  (await db.select().from(schema.staff).where(eq(schema.staff.id, id)))[0]!

/** What the page offers an authenticator app: the secret to type, and the form's own copy of it. */
async function offerOn(path: string, init: RequestInit = {}) {
  const html = await (await send(path, init)).text()
  return {
    html,
    base32: /<code>([A-Z2-7 ]+)<\/code>/.exec(html)![1]!.replaceAll(' ', ''),
    offer: /name="offer" value="([^"]+)"/.exec(html)![1]!,
  }
}

async function acceptByApp(path: string, password = PASSWORD) {
  const { base32, offer } = await offerOn(path)
  return post(path, { password, offer, code: codeOf(base32) })
}

async function acceptByPasskey(path: string, authenticator = givenAuthenticator()) {
  const options = await (await post(`${path}/passkey/challenge`, {})).json()
  const passkey = JSON.stringify(await authenticator.create(options as never))
  return post(`${path}/passkey`, { passkey })
}

test('an invitation shows who is invited as what, and a picture for the app', async () => {
  const { path } = await givenInvitation('reviewer')

  const { html } = await offerOn(path)

  expect(html).toContain('Mary Jackson, you are invited as Reviewer')
  expect(html).toContain('role="img"')
  expect(await db.select().from(schema.totpSecrets)).toEqual([])
})

test('a password with an app joins, signs in, and shows recovery codes once', async () => {
  const mary = await givenInvitation()

  const joined = await acceptByApp(mary.path)
  const html = await joined.text()

  expect(joined.status).toBe(200)
  expect(html.match(/<code>([0-9A-Z]{4}-){5}[0-9A-Z]{4}<\/code>/g)).toHaveLength(10)
  expect((await personOf(mary.id)).joinedAt).not.toBeNull()
  expect((await send('/staff', { headers: cookiesOf(joined) })).status).toBe(200)
  expect(await auditActions()).toEqual([
    `staff:${mary.id} staff.session-began`,
    `staff:${mary.id} staff.joined`,
  ])
})

test('what was set up by the invitation signs in afterwards', async () => {
  const mary = await givenInvitation()
  const { base32, offer } = await offerOn(mary.path)
  await post(mary.path, { password: PASSWORD, offer, code: codeOf(base32) })

  const first = await post('/staff/sign-in', { email: mary.email, password: PASSWORD })
  const second = await post('/staff/sign-in/code', { code: codeOf(base32, 1) }, { headers: cookiesOf(first) })

  expect(second.headers.get('location')).toBe('/staff')
})

test('a passkey joins and signs in, and opens the console again later', async () => {
  const mary = await givenInvitation()
  const authenticator = givenAuthenticator()

  const joined = await acceptByPasskey(mary.path, authenticator)
  const options = await (await post('/staff/sign-in/passkey/challenge', {})).json()
  const passkey = JSON.stringify(await authenticator.get(options as never))
  const again = await post('/staff/sign-in/passkey', { passkey, return_to: '/staff/security' })

  expect(joined.headers.get('location')).toBe('/staff')
  expect((await send('/staff', { headers: cookiesOf(joined) })).status).toBe(200)
  expect(again.headers.get('location')).toBe('/staff/security')
  expect((await send('/staff', { headers: cookiesOf(again) })).status).toBe(200)
})

test('an invitation works once, in either way', async () => {
  const { path, id } = await givenInvitation()
  const { base32, offer } = await offerOn(path)
  const form = { password: PASSWORD, offer, code: codeOf(base32) }
  await post(path, form)

  const replayed = await post(path, form)
  const otherWay = await post(`${path}/passkey/challenge`, {})

  expect((await send(path)).status).toBe(404)
  expect(replayed.status).toBe(404)
  expect(replayed.headers.getSetCookie().join()).not.toContain('__Host-staff')
  expect(otherWay.status).toBe(404)
  const sessions = await db.select().from(schema.staffSessions).where(eq(schema.staffSessions.staffId, id))
  expect(sessions).toHaveLength(1)
})

test('of two who accept at once one joins', async () => {
  const { path, id } = await givenInvitation()
  const { base32, offer } = await offerOn(path)
  const form = { password: PASSWORD, offer, code: codeOf(base32) }

  const answers = await Promise.all([post(path, form), post(path, form)])

  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 404])
  const codes = await db.select().from(schema.recoveryCodes).where(eq(schema.recoveryCodes.staffId, id))
  expect(codes).toHaveLength(10)
})

test.each([
  ['a short password', { password: 'too short' }],
  ['a common password', { password: 'passwordpassword' }],
  ['their own name as password', { password: 'Mary Jackson' }],
  ['a wrong code', { code: '000000' }],
  ['no code', { code: '' }],
  ['a secret of their own making', { offer: '1.AAAAAAAAAAAAAAAA.AAAA' }],
  ['no secret', { offer: '' }],
])('%s does not join, and leaves the invitation as it was', async (_, wrong) => {
  const mary = await givenInvitation()
  const { base32, offer } = await offerOn(mary.path)

  const refused = await post(mary.path, { password: PASSWORD, offer, code: codeOf(base32), ...wrong })

  expect(refused.status).toBe(422)
  expect(refused.headers.getSetCookie().join()).not.toContain('__Host-staff')
  expect((await personOf(mary.id)).joinedAt).toBeNull()
  expect((await acceptByApp(mary.path)).status).toBe(200)
})

test('a secret that was offered to somebody else joins nobody', async () => {
  const mary = await givenInvitation()
  const other = await givenInvitation()
  const { base32, offer } = await offerOn(other.path)

  const refused = await post(mary.path, { password: PASSWORD, offer, code: codeOf(base32) })

  expect(refused.status).toBe(422)
})

test('a passkey made for somebody else, twice, or on another site joins nobody', async () => {
  const mary = await givenInvitation()
  const other = await givenInvitation()
  const options = await (await post(`${other.path}/passkey/challenge`, {})).json()
  const passkey = JSON.stringify(await givenAuthenticator().create(options as never))
  const elsewhere = givenAuthenticator()
  elsewhere.origin = 'https://evil.example'

  expect((await post(`${mary.path}/passkey`, { passkey })).status).toBe(422)
  expect((await post(`${other.path}/passkey`, { passkey })).status).toBe(303)
  expect((await post(`${mary.path}/passkey`, { passkey })).status).toBe(422)
  expect((await acceptByPasskey(mary.path, elsewhere)).status).toBe(422)
  expect((await personOf(mary.id)).joinedAt).toBeNull()
})

test('an invitation past its time, unknown, or of somebody removed says to ask for a fresh one', async () => {
  const late = await givenInvitation('support', { expiresAt: new Date('2020-01-01') })
  const gone = await givenInvitation()
  await db.update(schema.staff).set({ removedAt: new Date() }).where(eq(schema.staff.id, gone.id))

  const answers = await Promise.all(
    [late.path, gone.path, '/staff/invitations/AAAA', `/staff/invitations/${'A'.repeat(43)}`].map((path) =>
      send(path),
    ),
  )
  const pages = await Promise.all(answers.map((answer) => answer.text()))

  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404])
  expect(new Set(pages).size).toBe(1)
  expect(pages[0]).toContain('Ask an owner')
})

test('a link of another kind invites nobody', async () => {
  const { path, id } = await givenInvitation()
  await db.update(schema.accessLinks).set({ purpose: 'password_reset' })

  expect((await send(path)).status).toBe(404)
  expect((await personOf(id)).joinedAt).toBeNull()
})

test('an owner invites by mail, and the link in it works', async () => {
  const queue = recordingQueue()
  const fields = { name: ' Mary  Jackson ', email: 'Mary@Program.example', role: 'reviewer' }

  const invited = await post(
    '/staff/people/new',
    fields,
    { headers: await signedInStaff('owner') },
    queue.bindings,
  )
  const mailer = recordingMailer()
  await deliver([queue.urgent[0]![0]!.body.mailId], mailer, new Date())
  const path = /http:\/\/localhost:8787(\/staff\/invitations\/\S+)/.exec(mailer.sent[0]!.text!)![1]!

  expect(invited.headers.get('location')).toMatch(/^\/staff\/people\/\d+\?invited$/)
  expect(mailer.sent[0]!.to).toBe('mary@program.example')
  expect((await offerOn(path)).html).toContain('Mary Jackson, you are invited as Reviewer')
  expect((await acceptByApp(path)).status).toBe(200)
})

test('inviting again sends a fresh link, and the one before dies, sent or still to be sent', async () => {
  const queue = recordingQueue()
  const mary = await givenInvitation()
  const headers = await signedInStaff('owner')
  const again = () => post(`/staff/people/${mary.id}/invitation`, {}, { headers }, queue.bindings)

  await again()
  await new Promise((resolve) => setTimeout(resolve, 2))
  const second = await again()

  expect(second.headers.get('location')).toBe(`/staff/people/${mary.id}?invited`)
  expect((await send(mary.path)).status).toBe(404)
  const mails = await db.select().from(schema.mailOutbox).orderBy(schema.mailOutbox.id)
  expect(mails.map(({ givenUpAt }) => givenUpAt === null)).toEqual([false, true])
})

test('the page with the picture stays light', async () => {
  const { path } = await givenInvitation()
  const [page, sheet] = await Promise.all([
    send(path).then((answer) => answer.text()),
    send('/app.css').then((answer) => answer.text()),
  ])

  const packed = new Blob([page + sheet]).stream().pipeThrough(new CompressionStream('gzip'))
  const { byteLength } = await new Response(packed).arrayBuffer()

  expect(byteLength).toBeLessThan(14 * 1024)
})
