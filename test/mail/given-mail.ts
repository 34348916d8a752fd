import { createExecutionContext, createMessageBatch, getQueueResult } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { deliverMail } from '../../src/mail/deliver.ts'
import type { MailMessage } from '../../src/mail/hand-over.ts'
import type { OwedMail } from '../../src/mail/outbox.ts'

export const NOW = new Date('2026-11-23T10:00:00Z')
export const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)

export function welcomeOf({ id }: { id: string }): OwedMail {
  return { dedupeKey: `welcome/${id}`, candidateId: id, template: 'welcome', payload: {} }
}

export function linkOf({ id }: { id: string }): OwedMail {
  return {
    dedupeKey: `link/${id}`,
    candidateId: id,
    template: 'access_link',
    payload: { purpose: 'activation' },
  }
}

export function resultOf({ id }: { id: string }): OwedMail {
  const payload = { exam: 'JNCIA-Junos', examCode: 'JN0-106', examOn: '2026-05-04' }
  return { dedupeKey: `result/${id}`, candidateId: id, template: 'result', payload }
}

export function awardOf({ id }: { id: string }, expiresOn: string): OwedMail {
  const payload = { certification: 'JNCIA-Junos', awardedOn: '2026-05-04', expiresOn }
  return { dedupeKey: `award/${expiresOn}`, candidateId: id, template: 'award', payload }
}

export function message(mailId: number) {
  return { body: { mailId, attempts: 0 } }
}

export function recordingQueue() {
  const ordinary = recordingLane()
  const urgent = recordingLane()
  const bindings = { DB: env.DB, MAIL_QUEUE: ordinary.queue, URGENT_MAIL_QUEUE: urgent.queue }
  return { sent: ordinary.sent, urgent: urgent.sent, bindings }
}

function recordingLane() {
  const sent: { body: MailMessage }[][] = []
  const sendBatch = async (messages: Iterable<{ body: unknown }>) => {
    sent.push([...messages] as { body: MailMessage }[])
  }
  return { sent, queue: { sendBatch } as unknown as Queue }
}

export type SentMail = { to: unknown; subject: string; text?: string; html?: string }

/** A mail service that keeps what it was given, and fails where the test says. */
export function recordingMailer(fail: (to: string) => void = () => {}) {
  const sent: SentMail[] = []
  const send = async (mail: SentMail) => {
    fail((mail.to as { email: string }).email)
    sent.push(mail)
    return { messageId: String(sent.length) }
  }
  return { sent, send } as unknown as SendEmail & { sent: SentMail[] }
}

/** Delivers one message for each id. `delivered` is how often the queue has brought it, this time included. */
export async function deliver(
  mailIds: number[],
  EMAIL: SendEmail,
  now = NOW,
  { DB = env.DB, delivered = 1 } = {},
) {
  const messages = mailIds.map((mailId, index) => ({
    id: `m${index}`,
    timestamp: NOW,
    attempts: delivered,
    ...message(mailId),
  }))
  const batch = createMessageBatch<MailMessage>('testamur-mail', messages)
  await deliverMail(batch, { DB, EMAIL, PUBLIC_ORIGIN: env.PUBLIC_ORIGIN }, now)
  return getQueueResult(batch, createExecutionContext())
}
