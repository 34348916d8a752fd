import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import * as schema from '../../src/schema.ts'
import { givenAccount } from '../sign-in/given.ts'
import { db, givenCandidate, givenProgram, LONG_AGO } from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { send, signedIn } from '../support/requests.ts'
import { addressesOf, askForLink, mailTo, newMail, open, press } from './mailbox.ts'

const PAGE = '/profile/addresses'
const NEW = 'new@example.net'

beforeEach(async () => {
  await givenProgram()
})

type Email = Partial<typeof schema.candidateEmails.$inferInsert>

async function givenAddress(candidate: { id: string }, address: string, given: Email = {}) {
  const row = { candidateId: candidate.id, normalized: address, address, isPrimary: false, ...given }
  await db.insert(schema.candidateEmails).values(row)
}

/** The wait between two mails to one address is over. */
async function aMinuteLater() {
  for (const { id, dedupeKey } of await db.select().from(schema.mailOutbox)) {
    const aged = dedupeKey.replace(/\d{13}$/, (at) => String(Number(at) - 61_000))
    await db.update(schema.mailOutbox).set({ dedupeKey: aged }).where(eq(schema.mailOutbox.id, id))
  }
}

const actionsOf = async () => {
  const log = await db.select({ action: schema.auditLog.action }).from(schema.auditLog)
  return log.map(({ action }) => action).filter((action) => !action.startsWith('session'))
}

test('an address is added, waits, and counts once its link was followed', async () => {
  const ada = await givenAccount()
  const browser = await signedIn(ada)

  const added = await press(PAGE, { email: ` ${NEW.toUpperCase()} ` }, browser)
  const waiting = await open(PAGE, browser)
  const beforeIt = await askForLink(NEW)
  const mail = mailTo(NEW.toUpperCase(), beforeIt)
  const page = await open(mail.link!)
  const opened = await addressesOf(ada)
  const confirmed = await press(mail.link!)

  expect(added.headers.get('location')).toBe(`${PAGE}?added`)
  expect(waiting.text).toContain('waiting for confirmation since')
  expect(beforeIt).toHaveLength(1)
  expect(opened[1]).toMatchObject({ verifiedAt: null })
  expect(page.text).toContain(`${'•'.repeat(ada.id.length - 3)}${ada.id.slice(-3)}`)
  expect(page.text).not.toContain(ada.id)
  expect([mail.text, page.text].join()).not.toContain('Byron')
  expect(confirmed.headers.get('location')).toBe(mail.link)
  expect((await open(mail.link!)).text).toContain('This address is confirmed')
  expect((await newMail()).map(({ to }) => to).toSorted()).toEqual([NEW.toUpperCase(), ada.email].toSorted())
  expect(await actionsOf()).toEqual(['address.added', 'address.confirmed'])
})

test('an address of somebody else looks the same, its holder is told once, and nothing is confirmed', async () => {
  const ada = await givenAccount()
  const grace = await givenAccount({ email: 'grace@example.org', fullName: 'Grace Hopper' })
  const browser = await signedIn(ada)

  const free = await press(PAGE, { email: NEW }, browser)
  const taken = await press(PAGE, { email: grace.email }, browser)
  const page = await open(PAGE, browser)
  const mails = await newMail()
  await aMinuteLater()
  await press(`${PAGE}/confirmation`, { address: grace.email }, browser)
  await press(PAGE, { email: grace.email }, await signedIn(await givenAccount()))

  expect([free.status, free.headers.get('location')]).toEqual([taken.status, taken.headers.get('location')])
  expect(page.text.match(/waiting for confirmation since/g)).toHaveLength(2)
  expect(mails.map(({ to }) => to).toSorted()).toEqual([grace.email, NEW].toSorted())
  expect(mailTo(grace.email, mails)).toMatchObject({
    subject: 'Somebody tried to add your e-mail address',
    link: null,
  })
  expect(mailTo(grace.email, mails).text).not.toContain(ada.id)
  expect(await newMail()).toEqual([])
})

test('of two records that wait for one address, the first to prove it has it', async () => {
  const [ada, grace] = [await givenAccount(), await givenAccount()]
  for (const candidate of [ada, grace]) await press(PAGE, { email: NEW }, await signedIn(candidate))
  const [first, second] = await newMail()

  await press(first!.link!)
  const opened = await open(second!.link!)
  const refused = await press(second!.link!)

  expect(opened).toMatchObject({ status: 409, text: expect.stringContaining('cannot be confirmed here') })
  expect(refused.status).toBe(409)
  expect((await addressesOf(grace)).find(({ address }) => address === NEW)).toMatchObject({
    verifiedAt: null,
  })
})

test.each([
  ['nothing', '', 'Enter a whole e-mail address'],
  ['what is no address', 'ada@@example.org', 'Enter a whole e-mail address'],
])('%s is refused, with what was typed', async (_, email, message) => {
  const browser = await signedIn(await givenAccount())

  const response = await press(PAGE, { email }, browser)
  const text = await response.text()

  expect(response.status).toBe(422)
  expect(text).toContain(message)
  expect(text).toContain(`value="${email}"`)
})

test('an address of one’s own is not added twice, and there is room for ten', async () => {
  const ada = await givenAccount()
  const browser = await signedIn(ada)

  const own = await press(PAGE, { email: ada.email }, browser)
  for (let n = 0; n < 9; n += 1) await givenAddress(ada, `other${n}@example.org`)
  const eleventh = await press(PAGE, { email: NEW }, browser)

  expect(await own.text()).toContain('already, and confirmed')
  expect([own.status, eleventh.status]).toEqual([422, 422])
  expect(await eleventh.text()).toContain('room for ten')
  expect(await addressesOf(ada)).toHaveLength(10)
})

test('a double click makes one mail, and nobody’s mailbox is filled: five a day', async () => {
  const browser = await signedIn(await givenAccount())

  await press(PAGE, { email: NEW }, browser)
  await press(PAGE, { email: NEW }, browser)
  const atOnce = await newMail()
  for (let n = 0; n < 7; n += 1) {
    await aMinuteLater()
    await press(`${PAGE}/confirmation`, { address: NEW }, browser)
  }

  expect(atOnce).toHaveLength(1)
  expect(await newMail()).toHaveLength(4)
})

test('a link to confirm is dead when it is used up, too old or unknown, and when its address is gone', async () => {
  const ada = await givenAccount()
  const browser = await signedIn(ada)
  await press(PAGE, { email: NEW }, browser)
  const { link } = mailTo(NEW, await newMail())
  const { usedAt: _, ...kept } = (await db.select().from(schema.accessLinks))[0]!

  await db.update(schema.accessLinks).set({ expiresAt: LONG_AGO })
  const old = await press(link!)
  await db.update(schema.accessLinks).set(kept)
  await press(`${PAGE}/removal`, { address: NEW }, browser)
  await press(PAGE, { email: NEW }, browser)
  const removed = await press(link!)

  expect([old.status, removed.status]).toEqual([404, 404])
  expect(await removed.text()).toContain('Go to my addresses')
  expect((await open('/confirm-address/unknown')).status).toBe(404)
  expect((await addressesOf(ada)).find(({ address }) => address === NEW)).toMatchObject({ verifiedAt: null })
})

test('only a proved address becomes primary; the old one is told how to undo it, and kept meanwhile', async () => {
  const ada = await givenAccount()
  await givenAddress(ada, NEW, { verifiedAt: LONG_AGO })
  await givenAddress(ada, 'waiting@example.net')
  const browser = await signedIn(ada)

  const refused = await press(`${PAGE}/primary`, { address: 'waiting@example.net' }, browser)
  const changed = await press(`${PAGE}/primary`, { address: NEW }, browser)
  const again = await press(`${PAGE}/primary`, { address: NEW }, browser)
  const mails = await newMail()
  const removal = await press(`${PAGE}/removal`, { address: ada.email }, browser)
  const page = await open(PAGE, browser)

  expect(refused.headers.get('location')).toBe(`${PAGE}?unchanged`)
  expect(changed.headers.get('location')).toBe(`${PAGE}?primary`)
  expect(again.headers.get('location')).toBe(`${PAGE}?unchanged`)
  expect(mails).toMatchObject([{ to: ada.email, link: expect.stringMatching(/^\/undo-address\//) }])
  expect(removal.headers.get('location')).toBe(`${PAGE}?unchanged`)
  expect(page.text).toContain('so it cannot be removed before')
  expect((await addressesOf(ada)).filter(({ isPrimary }) => isPrimary)).toMatchObject([{ address: NEW }])
  expect(await actionsOf()).toEqual(['address.primary-changed'])
})

test('an old address that nobody proved is told of the change, and can undo nothing', async () => {
  const ada = await givenAccount({ emailVerified: false })
  await givenAddress(ada, NEW, { verifiedAt: LONG_AGO })

  await press(`${PAGE}/primary`, { address: NEW }, await signedIn(ada))

  expect(await newMail()).toMatchObject([{ to: ada.email, link: null }])
  expect(await db.$count(schema.primaryChanges)).toBe(0)
})

test('undoing brings the old address back and leaves whoever changed it nothing to get in with', async () => {
  const ada = await givenAccount()
  const thief = await signedIn(ada)
  await press(PAGE, { email: 'thief@example.net' }, thief)
  await press(mailTo('thief@example.net', await newMail()).link!)
  await givenAddress(ada, 'years@example.net', { verifiedAt: LONG_AGO })
  await press(`${PAGE}/primary`, { address: 'thief@example.net' }, thief)
  const undo = (await newMail()).find(({ link }) => link?.startsWith('/undo-address/'))!
  const reset = mailTo('thief@example.net', await askForLink('thief@example.net'))
  await db.insert(schema.passkeys).values({
    credentialId: 'thief',
    candidateId: ada.id,
    userHandle: 'h',
    publicKey: 'k',
    counter: 0,
    transports: [],
    backedUp: false,
    name: 'Phone',
    createdAt: new Date(),
  })

  const page = await open(undo.link!)
  const undone = await press(undo.link!)
  const mails = await newMail()

  expect(page.text).toContain('It was not me: change it back')
  expect(undone.status).toBe(303)
  expect((await open(undo.link!)).text).toContain('is changed back')
  expect(await addressesOf(ada)).toMatchObject([
    { address: ada.email, isPrimary: true, verifiedAt: LONG_AGO },
    { address: 'thief@example.net', isPrimary: false, verifiedAt: null },
    { address: 'years@example.net', isPrimary: false, verifiedAt: LONG_AGO },
  ])
  expect(mails.map(({ to }) => to).toSorted()).toEqual([ada.email, 'thief@example.net', 'years@example.net'])
  expect((await open(PAGE, thief)).status).toBe(303)
  expect((await open(reset.link!)).status).toBe(404)
  expect(await db.$count(schema.passwords)).toBe(0)
  expect(await db.$count(schema.passkeys)).toBe(0)
  expect(await askForLink('thief@example.net')).toEqual([])
  expect(await askForLink(ada.id)).toMatchObject([{ to: ada.email, link: expect.any(String) }])
  expect(await actionsOf()).toContain('address.primary-restored')
})

test('a thief cannot undo what undid their change', async () => {
  const ada = await givenAccount()
  for (const address of ['one@example.net', 'two@example.net'])
    await givenAddress(ada, address, { verifiedAt: new Date() })
  const thief = await signedIn(ada)
  await press(`${PAGE}/primary`, { address: 'one@example.net' }, thief)
  await press(`${PAGE}/primary`, { address: 'two@example.net' }, thief)
  const mails = await newMail()

  await press(mailTo(ada.email, mails).link!)
  await press(mailTo('one@example.net', mails).link!)

  expect((await addressesOf(ada)).filter(({ verifiedAt }) => verifiedAt !== null)).toMatchObject([
    { address: ada.email, isPrimary: true },
  ])
})

test('a change cannot be undone twice, nor after seven days', async () => {
  const ada = await givenAccount()
  await givenAddress(ada, NEW, { verifiedAt: LONG_AGO })
  await press(`${PAGE}/primary`, { address: NEW }, await signedIn(ada))
  const { link } = mailTo(ada.email, await newMail())
  const [change] = await db.select().from(schema.primaryChanges)

  await db.update(schema.primaryChanges).set({ undoUntil: new Date(Date.now() - 1) })
  const late = await press(link!)

  expect(change!.undoUntil.getTime() - change!.changedAt.getTime()).toBe(7 * 86_400_000)
  expect(late.status).toBe(404)
  expect((await addressesOf(ada)).find(({ isPrimary }) => isPrimary)).toMatchObject({ address: NEW })
})

test('the primary address and the last proved one are not removed', async () => {
  const ada = await givenAccount({ emailVerified: false })
  await givenAddress(ada, NEW, { verifiedAt: LONG_AGO })
  const browser = await signedIn(ada)

  await press(`${PAGE}/removal`, { address: ada.email }, browser)
  await press(`${PAGE}/removal`, { address: NEW }, browser)

  expect(await addressesOf(ada)).toHaveLength(2)
  expect(await newMail()).toEqual([])
})

test('a removed address is told, and so are the others; one that nobody proved is not', async () => {
  const ada = await givenAccount()
  await givenAddress(ada, NEW, { verifiedAt: LONG_AGO })
  await givenAddress(ada, 'stranger@example.net')
  const browser = await signedIn(ada)

  await press(`${PAGE}/removal`, { address: NEW }, browser)
  const told = await newMail()
  await press(`${PAGE}/removal`, { address: 'stranger@example.net' }, browser)

  expect(told.map(({ to }) => to).toSorted()).toEqual([ada.email, NEW])
  expect((await newMail()).map(({ to }) => to)).toEqual([ada.email])
  expect(await addressesOf(ada)).toMatchObject([{ address: ada.email }])
})

test('whoever has not proved lately who they are reads, and changes nothing', async () => {
  const ada = await givenAccount()
  await givenAddress(ada, NEW, { verifiedAt: LONG_AGO })
  const stale = await signedIn(ada, new Date(Date.now() - 11 * 60_000))

  const page = await open(PAGE, stale)
  const forms = [
    PAGE,
    `${PAGE}/primary`,
    `${PAGE}/removal`,
    `${PAGE}/confirmation`,
    `${PAGE}/stopped-recovery`,
  ]
  const sent = await Promise.all(
    forms.map((form) => press(form, { email: 'x@example.net', address: NEW }, stale)),
  )

  expect(page.text).toContain('Sign in again')
  expect(page.text).not.toContain('action="/profile/addresses')
  expect(sent.map(({ headers }) => headers.get('location'))).toEqual(
    forms.map((form) => `/sign-in/again?return_to=${encodeURIComponent(form)}`),
  )
  expect(await addressesOf(ada)).toMatchObject([
    { address: ada.email, isPrimary: true },
    { address: NEW, isPrimary: false },
  ])
})

test('an address of somebody else’s record is out of reach', async () => {
  const ada = await givenAccount()
  const grace = await givenCandidate()
  await givenAddress(grace, NEW, { verifiedAt: LONG_AGO })
  const browser = await signedIn(ada)

  for (const form of ['primary', 'removal', 'confirmation'])
    await press(`${PAGE}/${form}`, { address: NEW }, browser)

  expect(await addressesOf(grace)).toMatchObject([{ isPrimary: true }, { address: NEW, isPrimary: false }])
  expect(await newMail()).toEqual([])
})

test('the page costs two round trips, and reads as much with many candidates as with few', async () => {
  const ada = await givenAccount()
  const browser = await signedIn(ada)
  const cost = async () => {
    const counted = countedDatabase(env.DB)
    await send(PAGE, { headers: browser }, { DB: counted.d1 })
    return { roundTrips: counted.cost.roundTrips, rowsRead: counted.cost.rowsRead }
  }

  for (let n = 0; n < 3; n += 1) await givenCandidate()
  const few = await cost()
  for (let n = 0; n < 50; n += 1) await givenCandidate()

  expect(few.roundTrips).toBe(2)
  expect(await cost()).toEqual(few)
})
