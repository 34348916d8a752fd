import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { applyRecoveries } from '../../src/recovery/apply.ts'
import * as schema from '../../src/schema.ts'
import { CAND, candRow, deliver as deliverFeed, table } from '../import/deliver.ts'
import { givenAccount, PASSWORD, sessionCookieOf } from '../sign-in/given.ts'
import { db, givenProgram, givenRegistration } from '../support/builders.ts'
import { post, signedIn } from '../support/requests.ts'
import { addressesOf, askForLink, mailTo, newMail, open, press, queues } from './mailbox.ts'

const COMPANY = 'ada@company.example'
const HOME = 'ada@home.example'
const DAY_MS = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS)

const ada = () =>
  givenAccount({ id: 'JPR00001234', email: COMPANY, fullName: 'Ada Byron', birthOn: '1990-02-08' })

beforeEach(async () => {
  await givenProgram()
})

/** Adds an address as its holder does: on the page, and by the link that comes to it. */
async function addAndConfirm(candidate: { id: string }, address: string) {
  const browser = await signedIn(candidate)
  await press('/profile/addresses', { email: address }, browser)
  await press(mailTo(address, await newMail()).link!)
  await newMail()
}

/** Makes the new address primary, and removes the old one when the week is over. Answers the link to undo that. */
async function moveTo(candidate: { id: string }, address: string, old: string): Promise<string> {
  const browser = await signedIn(candidate)
  await press('/profile/addresses/primary', { address }, browser)
  const undo = mailTo(old, await newMail()).link!
  await db.update(schema.primaryChanges).set({ undoUntil: new Date(Date.now() - 1) })
  await press('/profile/addresses/removal', { address: old }, browser)
  await newMail()
  return undo
}

/** Chooses a password by a link from a mail; answers the session that begins. */
async function choosePassword(link: string) {
  const response = await post(link, { password: 'a quite new battery staple' }, {}, queues)
  return { status: response.status, session: sessionCookieOf(response) }
}

const signIn = (account: string, password: string) => post('/sign-in', { account, password }, {}, queues)

test('the company address is dead: the candidate gets in by a second address', async () => {
  const candidate = await ada()
  await addAndConfirm(candidate, HOME)

  const byPassword = await signIn(HOME, PASSWORD)
  const byLink = await choosePassword(mailTo(HOME, await askForLink(HOME)).link!)

  expect(sessionCookieOf(byPassword)).toBeDefined()
  expect(byLink).toMatchObject({ status: 303, session: expect.any(String) })
  expect((await open('/profile/addresses', { cookie: byLink.session! })).text).toContain(HOME)
})

test('the company address is dead and the only one: the candidate gets in by proof, after a week', async () => {
  const candidate = await ada()
  const { registrationId } = await givenRegistration({ candidateId: candidate.id })

  await press('/lost-address', {
    candidateId: candidate.id,
    number: registrationId,
    birthOn: '1990-02-08',
    email: HOME,
  })
  const { link } = mailTo(HOME, await newMail())
  await press(link!)
  const notice = mailTo(COMPANY, await newMail())
  const accepted = await open(link!)
  const tooEarly = await askForLink(HOME)
  await applyRecoveries(env, inDays(6.9))
  const stillTooEarly = await askForLink(HOME)
  await applyRecoveries(env, inDays(7.1))
  const done = await newMail()
  const byLink = await choosePassword(mailTo(HOME, await askForLink(HOME)).link!)

  expect(accepted.text).toContain('The new address is accepted')
  expect(notice.link).toMatch(/^\/lost-address\/stop\//)
  expect([tooEarly, stillTooEarly]).toEqual([[], []])
  expect(done.map(({ to }) => to).toSorted()).toEqual([COMPANY, HOME])
  expect(byLink).toMatchObject({ status: 303, session: expect.any(String) })
  expect(await addressesOf(candidate)).toMatchObject([
    { address: COMPANY, isPrimary: false },
    { address: HOME, isPrimary: true },
  ])
})

test('a thief with the old mailbox gets no link once it is removed', async () => {
  const candidate = await ada()
  await addAndConfirm(candidate, HOME)
  await moveTo(candidate, HOME, COMPANY)

  const byAddress = await askForLink(COMPANY)
  await press('/first-sign-in', { email: COMPANY })
  const byFirstSignIn = await newMail()
  const bySignIn = await signIn(COMPANY, PASSWORD)
  const byId = await askForLink(candidate.id)

  expect([byAddress, byFirstSignIn]).toEqual([[], []])
  expect(sessionCookieOf(bySignIn)).toBeUndefined()
  expect(byId.map(({ to }) => to)).toEqual([HOME])
})

test('a link that lay in the old mailbox opens nothing once that is removed', async () => {
  const candidate = await ada()
  await addAndConfirm(candidate, HOME)
  const { link: reset } = mailTo(COMPANY, await askForLink(COMPANY))
  expect((await open(reset!)).status).toBe(200)

  const undo = await moveTo(candidate, HOME, COMPANY)

  expect((await open(reset!)).status).toBe(404)
  expect((await choosePassword(reset!)).status).toBe(404)
  expect((await open(undo)).status).toBe(404)
  expect((await press(undo)).status).toBe(404)
  expect(await addressesOf(candidate)).toMatchObject([{ address: HOME, isPrimary: true }])
})

test('a link that waits to be mailed to the old mailbox is not sent once that is removed', async () => {
  const candidate = await ada()
  await addAndConfirm(candidate, HOME)
  const browser = await signedIn(candidate)
  await press('/profile/addresses/primary', { address: HOME }, browser)
  await newMail()
  await db.update(schema.primaryChanges).set({ undoUntil: new Date(Date.now() - 1) })
  await post('/forgotten', { account: COMPANY }, {}, queues)

  await press('/profile/addresses/removal', { address: COMPANY }, browser)

  const toCompany = (await newMail()).filter(({ to }) => to === COMPANY)
  expect(toCompany).toMatchObject([{ subject: 'E-mail address removed', link: null }])
})

test('a feed that names the old address again does not bring it back', async () => {
  const candidate = await ada()
  await addAndConfirm(candidate, HOME)
  await moveTo(candidate, HOME, COMPANY)

  await deliverFeed({ 'cand-20260510.dat': table(CAND, candRow(candidate.id, { email: COMPANY })) })

  expect(await addressesOf(candidate)).toMatchObject([{ address: HOME }])
  expect(await askForLink(COMPANY)).toEqual([])
})

test('a thief who knows everything is stopped by the notice, within the week', async () => {
  const candidate = await ada()
  const { registrationId } = await givenRegistration({ candidateId: candidate.id })
  await addAndConfirm(candidate, HOME)
  await moveTo(candidate, HOME, COMPANY)

  await press('/lost-address', {
    candidateId: candidate.id,
    number: registrationId,
    birthOn: '1990-02-08',
    email: COMPANY,
  })
  const { link: thiefs } = mailTo(COMPANY, await newMail())
  await press(thiefs!)
  const { link: stop } = mailTo(HOME, await newMail())
  await press(stop!)
  await newMail()
  await applyRecoveries(env, inDays(8))

  expect((await open(thiefs!)).text).toContain('This was stopped')
  expect(await askForLink(COMPANY)).toEqual([])
  expect(await addressesOf(candidate)).toMatchObject([{ address: HOME, isPrimary: true }])
  const [recovery] = await db
    .select()
    .from(schema.recoveries)
    .where(eq(schema.recoveries.candidateId, candidate.id))
  expect(recovery).toMatchObject({ proof: 'number_and_birth', doneAt: null, stoppedAt: expect.any(Date) })
})
