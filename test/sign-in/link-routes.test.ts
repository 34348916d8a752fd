import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import * as schema from '../../src/schema.ts'
import { listLinkRecipients } from '../../src/sign-in/account-queries.ts'
import { oweLinkMails } from '../../src/sign-in/link-queries.ts'
import { db, givenCandidate, givenProgram } from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { post, send } from '../support/requests.ts'
import { givenAccount } from './given.ts'

const MINUTE_MS = 60_000

/** A queue that nobody empties: what the consumer does is not told here. */
const queued: unknown[] = []
const queue = {
  ...env.URGENT_MAIL_QUEUE,
  sendBatch: async (messages: Iterable<{ body: unknown }>) => {
    queued.push(...messages)
    return { metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } }
  },
}

/** Asks for a link as the pages' forms do. */
function ask(path: string, fields: Record<string, string | string[]>, bindings: Partial<Env> = {}) {
  return post(path, fields, {}, { MAIL_QUEUE: queue, URGENT_MAIL_QUEUE: queue, ...bindings })
}

const owed = () =>
  db
    .select({
      candidateId: schema.mailOutbox.candidateId,
      template: schema.mailOutbox.template,
      recipient: schema.mailOutbox.recipient,
      payload: schema.mailOutbox.payload,
    })
    .from(schema.mailOutbox)
    .orderBy(schema.mailOutbox.candidateId)

/** As if the mails owed so far had been owed that much earlier. */
async function ageOwedMails(milliseconds: number) {
  for (const mail of await db.select().from(schema.mailOutbox)) {
    const stem = mail.dedupeKey.slice(0, -13)
    const dedupeKey = stem + String(Number(mail.dedupeKey.slice(-13)) - milliseconds)
    await db.update(schema.mailOutbox).set({ dedupeKey }).where(eq(schema.mailOutbox.id, mail.id))
  }
}

test('a first sign-in by e-mail address sends an activation link to the address on record', async () => {
  await givenProgram()
  const ada = await givenCandidate({ email: 'Ada@Example.org', emailVerified: false })

  const response = await ask('/first-sign-in', { email: ' ada@example.ORG ' })
  const page = await send(response.headers.get('location')!)

  expect(response.status).toBe(303)
  expect(response.headers.get('location')).toBe('/first-sign-in?sent')
  expect(await page.text()).toContain('Look into your mail')
  expect(await owed()).toEqual([
    {
      candidateId: ada.id,
      template: 'access_link',
      recipient: 'Ada@Example.org',
      payload: { purpose: 'activation' },
    },
  ])
  const [mail] = await db.select().from(schema.mailOutbox)
  expect(queued).toContainEqual({ body: { mailId: mail!.id, attempts: 0 } })
})

test('a first sign-in by candidate ID sends the link to the primary address', async () => {
  await givenProgram()
  const ada = await givenCandidate()
  await db.insert(schema.candidateEmails).values({
    candidateId: ada.id,
    normalized: 'other@example.org',
    address: 'other@example.org',
    isPrimary: false,
  })

  await ask('/first-sign-in', { candidateId: ada.id.toLowerCase() })

  expect(await owed()).toMatchObject([{ candidateId: ada.id, recipient: ada.email }])
})

test('who forgot password or ID gets a link by either', async () => {
  await givenProgram()
  const ada = await givenAccount()
  const grace = await givenAccount()

  await ask('/forgotten', { account: ada.id })
  await ask('/forgotten', { account: grace.email })

  expect(await owed()).toMatchObject([
    { candidateId: ada.id, recipient: ada.email, payload: { purpose: 'password_reset' } },
    { candidateId: grace.id, recipient: grace.email, payload: { purpose: 'password_reset' } },
  ])
})

test('a record that has a password gets the short-lived link from either page', async () => {
  await givenProgram()
  const ada = await givenAccount()

  await ask('/first-sign-in', { email: ada.email })

  expect(await owed()).toMatchObject([{ payload: { purpose: 'password_reset' } }])
})

test('every candidate at a shared address gets a link, five at most', async () => {
  await givenProgram()
  for (let n = 0; n < 7; n += 1) await givenCandidate({ email: 'desk@example.org', emailVerified: n === 6 })

  await ask('/forgotten', { account: 'desk@example.org' })

  expect(await owed()).toHaveLength(5)
})

test('asking twice within a minute makes one mail, later a second', async () => {
  await givenProgram()
  const ada = await givenCandidate()

  await Promise.all([
    ask('/first-sign-in', { email: ada.email }),
    ask('/first-sign-in', { email: ada.email }),
    ask('/forgotten', { account: ada.id }),
  ])
  const atOnce = await owed()
  await ageOwedMails(59_000)
  await ask('/forgotten', { account: ada.id })
  const withinTheMinute = await owed()
  await ageOwedMails(2_000)
  await ask('/forgotten', { account: ada.id })

  expect(atOnce).toHaveLength(1)
  expect(withinTheMinute).toHaveLength(1)
  expect(await owed()).toHaveLength(2)
})

test('of two requests at once it does not matter which comes first', async () => {
  const ada = await givenCandidate()
  const recipients = await listLinkRecipients(db, { kind: 'candidate_id', id: ada.id })
  const now = Date.now()

  await oweLinkMails(db, recipients, 'activation', new Date(now + 20))
  await oweLinkMails(db, recipients, 'activation', new Date(now))

  expect(await owed()).toHaveLength(1)
})

test('nobody can fill a mailbox with our mail: five an hour', async () => {
  await givenProgram()
  const ada = await givenCandidate()
  const grace = await givenCandidate()

  for (let n = 0; n < 7; n += 1) {
    await ask('/forgotten', { account: ada.id })
    await ageOwedMails(2 * MINUTE_MS)
  }
  await ask('/forgotten', { account: grace.id })
  const withinTheHour = await owed()
  await ageOwedMails(60 * MINUTE_MS)
  await ask('/forgotten', { account: ada.id })

  expect(withinTheHour.map(({ candidateId }) => candidateId)).toEqual([...Array(5).fill(ada.id), grace.id])
  expect(await owed()).toHaveLength(7)
})

test.each([
  ['/first-sign-in', 'email', 'nobody@example.org'],
  ['/first-sign-in', 'candidateId', 'JPR99999999'],
  ['/forgotten', 'account', 'nobody@example.org'],
  ['/forgotten', 'account', 'JPR99999999'],
])('%s by %s answers alike for the known and the unknown', async (path, field, unknown) => {
  await givenProgram()
  const ada = await givenCandidate()
  const known = unknown.includes('@') ? ada.email : ada.id

  const [one, other] = await Promise.all(
    [known, unknown].map(async (name) => {
      const { d1, cost } = countedDatabase(env.DB)
      const response = await ask(path, { [field]: name }, { DB: d1 })
      const page = await send(response.headers.get('location')!)
      return {
        status: response.status,
        location: response.headers.get('location'),
        body: await response.text(),
        headers: [...response.headers.keys()],
        page: await page.text(),
        before: cost.statements.slice(0, 2),
      }
    }),
  )

  expect(one).toEqual(other)
  expect(one!.status).toBe(303)
  expect(await owed()).toMatchObject([{ candidateId: ada.id }])
})

test('the database is asked as often for the known as for the unknown', async () => {
  await givenProgram()
  const ada = await givenCandidate()

  const [one, other] = await Promise.all(
    [ada.email, 'nobody@example.org'].map(async (account) => {
      const { d1, cost } = countedDatabase(env.DB)
      await ask('/forgotten', { account }, { DB: d1 })
      return cost.roundTrips
    }),
  )

  expect(one).toBe(other)
})

test.each([
  ['/first-sign-in', { email: 'zofia@' }, 'Enter an e-mail address, such as', 'zofia@'],
  ['/first-sign-in', { email: 'JPR00012345' }, 'Enter an e-mail address, such as', 'JPR00012345'],
  ['/first-sign-in', { candidateId: 'ada@example.org' }, 'Enter a candidate ID, as it', 'ada@example.org'],
  ['/first-sign-in', {}, 'Enter an e-mail address, such as', ''],
  ['/forgotten', { account: '  ' }, 'Enter a whole e-mail address or a candidate ID', '  '],
  ['/forgotten', { account: ['a@example.org', 'b@example.org'] }, 'Enter a whole e-mail address or', ''],
  ['/forgotten', { account: 'a\0@example.org' }, 'Enter a whole e-mail address or', 'a\0@example.org'],
])('%s with %j says what is wrong and keeps what was typed', async (path, fields, message, typed) => {
  await givenProgram()

  const response = await ask(path, fields)
  const text = await response.text()

  expect(response.status).toBe(422)
  expect(text).toContain('<title>Error: ')
  expect(text).toContain(message)
  expect(text).toContain(`value="${typed}"`)
  expect(await owed()).toEqual([])
})
