import { env } from 'cloudflare:workers'
import { and, eq, isNull } from 'drizzle-orm'
import * as schema from '../../src/schema.ts'
import { deliver, recordingMailer } from '../mail/given-mail.ts'
import { db } from '../support/builders.ts'
import { post, send } from '../support/requests.ts'

/** Queues that nobody empties: `newMail` is the postman. */
const swallow = { sendBatch: async () => ({}) } as unknown as Queue
export const queues = { MAIL_QUEUE: swallow, URGENT_MAIL_QUEUE: swallow }

export type ReceivedMail = { to: string; subject: string; text: string; link: string | null }

/** Every mail that is owed by now, sent: to whom, what it says, and the path of the last link of ours in it. */
export async function newMail(now = new Date()): Promise<ReceivedMail[]> {
  const { mailOutbox } = schema
  const owed = await db
    .select({ id: mailOutbox.id })
    .from(mailOutbox)
    .where(and(isNull(mailOutbox.sentAt), isNull(mailOutbox.givenUpAt)))
    .orderBy(mailOutbox.id)
  const mailer = recordingMailer()
  await deliver(
    owed.map(({ id }) => id),
    mailer,
    now,
  )
  return mailer.sent.map(({ to, subject, text = '' }) => ({
    to: typeof to === 'string' ? to : (to as { email: string }).email,
    subject,
    text,
    link: linkIn(text),
  }))
}

/** The path behind the token-carrying link of a mail. */
function linkIn(text: string): string | null {
  const [url] = text.match(/http\S+\/[A-Za-z0-9_-]{43}\b/) ?? []
  return url === undefined ? null : url.slice(env.PUBLIC_ORIGIN.length)
}

/** The one mail to an address. */
export function mailTo(address: string, mails: readonly ReceivedMail[]): ReceivedMail {
  const [mail, ...others] = mails.filter(({ to }) => to === address)
  if (!mail || others.length > 0)
    throw new Error(
      `not one mail to ${address}, but ${JSON.stringify(mails.map(({ to, subject }) => [to, subject]))}`,
    )
  return mail
}

/** Presses the button of a page that a link opened. */
export async function press(path: string, fields: Record<string, string> = {}, headers = {}) {
  return post(path, fields, { headers }, queues)
}

export async function open(path: string, headers = {}) {
  const response = await send(path, { headers }, queues)
  return { status: response.status, text: await response.text() }
}

/** Asks for a link to choose a new password, as "Forgot password or ID" does. */
export async function askForLink(account: string): Promise<ReceivedMail[]> {
  await post('/forgotten', { account }, {}, queues)
  return newMail()
}

/** The candidate's addresses as the record has them, in the order of the alphabet. */
export function addressesOf(candidate: { id: string }) {
  return db
    .select({
      address: schema.candidateEmails.address,
      isPrimary: schema.candidateEmails.isPrimary,
      verifiedAt: schema.candidateEmails.verifiedAt,
    })
    .from(schema.candidateEmails)
    .where(eq(schema.candidateEmails.candidateId, candidate.id))
    .orderBy(schema.candidateEmails.normalized)
}
