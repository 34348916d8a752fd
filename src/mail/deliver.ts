import { calendarDateIn } from '../core/calendar-date.ts'
import { openDatabase } from '../core/database.ts'
import { translator } from '../i18n/messages.ts'
import type { Program } from '../program/program.ts'
import { mintMailLink } from './access-link.ts'
import { describeFailure, MAX_ATTEMPTS, waitAfter } from './attempts.ts'
import type { MailMessage } from './hand-over.ts'
import { letterHtml, letterText } from './letter.tsx'
import {
  type AskedMail,
  insertAccessLinks,
  type Outcome,
  recordOutcomes,
  type TakenMail,
  takeMails,
} from './queries.ts'
import { writeLetter } from './templates.ts'

type MailBindings = Pick<Env, 'DB' | 'EMAIL' | 'PUBLIC_ORIGIN'>
type Addressed = TakenMail & { accessUrl: string | null }

/** What is sent and not written down is sent again after a crash: never more than this many. */
const SENT_BEFORE_RECORDED = 20

/**
 * Sends what a batch of the queue asks for. A message whose mail was sent already, or given up, or is being sent
 * for another message, is done with; each mail has its own failure; the queue brings back those worth another
 * attempt.
 */
export async function deliverMail(batch: MessageBatch<unknown>, env: MailBindings, now: Date): Promise<void> {
  const db = openDatabase(env.DB)
  const messages = batch.messages as readonly Message<MailMessage>[]
  const { mails, program } = await takeMails(db, messages.map(askedFor), now)

  const links = await Promise.all(
    mails.map((mail) => (mail.address ? mintMailLink(mail, mail.address, env.PUBLIC_ORIGIN, now) : null)),
  )
  await insertAccessLinks(
    db,
    links.flatMap((link) => link?.row ?? []),
    now,
  )

  const addressed = mails.map((mail, index) => ({ ...mail, accessUrl: links[index]?.url ?? null }))
  const waits = new Map<number, number>()
  for (let start = 0; start < addressed.length; start += SENT_BEFORE_RECORDED) {
    const outcomes: Outcome[] = []
    for (const mail of addressed.slice(start, start + SENT_BEFORE_RECORDED)) {
      const outcome = await attempt(env, program, mail, now)
      outcomes.push(outcome)
      if (!outcome.sent && outcome.retryAt !== null) {
        waits.set(mail.id, (outcome.retryAt - now.getTime()) / 1000)
      }
    }
    await recordOutcomes(db, outcomes, now)
  }

  for (const message of messages) {
    const delaySeconds = waits.get(message.body.mailId)
    if (delaySeconds === undefined) message.ack()
    else message.retry({ delaySeconds })
  }
}

/** The queue counts from 1 how often it has delivered the message, and each time may have been an attempt. */
function askedFor({ body, attempts }: Message<MailMessage>): AskedMail {
  return { id: body.mailId, attempts: body.attempts + attempts - 1 }
}

async function attempt(env: MailBindings, program: Program, mail: Addressed, now: Date): Promise<Outcome> {
  const { id, address, attempts } = mail
  if (address === null) return giveUp(mail, 'no address')
  if (mail.unwanted.includes(mail.template)) return { id, sent: false, error: 'not wanted', retryAt: null }
  if (mail.isOutdated) return { id, sent: false, error: 'no longer so', retryAt: null }
  if (attempts > MAX_ATTEMPTS) return giveUp(mail, 'the sender ended during every attempt')
  try {
    await send(env, program, { ...mail, address }, now)
    return { id, sent: true }
  } catch (error) {
    const wait = waitAfter(attempts, error)
    const reason = describeFailure(error)
    if (wait === null) return giveUp(mail, reason)
    return { id, sent: false, error: reason, retryAt: now.getTime() + wait * 1000 }
  }
}

function giveUp({ id, template, attempts }: Addressed, reason: string): Outcome {
  console.error({ message: 'mail given up', mailId: id, template, attempts, reason })
  return { id, sent: false, error: reason, retryAt: null }
}

async function send(
  { EMAIL, PUBLIC_ORIGIN: origin }: MailBindings,
  program: Program,
  mail: Addressed & { address: string },
  now: Date,
) {
  const t = translator(mail.locale ?? program.settings.languages[0]!)
  const { from, replyTo } = program.settings.mail
  const letter = writeLetter(mail, {
    t,
    program,
    today: calendarDateIn(program.settings.timeZone, now),
    origin,
    recipient: { candidateId: mail.candidateId, name: mail.name },
    accessUrl: mail.accessUrl,
  })
  await EMAIL.send({
    from: { email: from.address, name: inOneLine(from.name) },
    to: mail.name === null ? mail.address : { email: mail.address, name: inOneLine(mail.name) },
    replyTo,
    subject: inOneLine(letter.subject),
    text: letterText(letter),
    html: await letterHtml(t, letter),
  })
}

/** A line break in a name would begin another header. */
function inOneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()
}
