import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { sha256Hex } from '../../src/core/tokens.ts'
import { handOverOwedMail } from '../../src/mail/hand-over.ts'
import type { OwedMail } from '../../src/mail/outbox.ts'
import { oweMails } from '../../src/mail/outbox-queries.ts'
import { accessLinks, candidateEmails, mailOutbox } from '../../src/schema.ts'
import { db, givenCandidate, givenProgram } from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import {
  awardOf,
  deliver,
  later,
  NOW,
  recordingMailer,
  recordingQueue,
  resultOf,
  welcomeOf,
} from './given-mail.ts'

beforeEach(async () => {
  await givenProgram()
})

afterEach(() => {
  vi.restoreAllMocks()
})

test('sends a welcome whose link the record recognises for seven days', async () => {
  const ada = await givenCandidate({ fullName: 'Ada\r\nBcc: all@example.org' })
  await oweMails(db, [welcomeOf(ada)], NOW)
  const mailer = recordingMailer()

  const result = await deliver([1], mailer)

  expect(result.explicitAcks).toEqual(['m0'])
  const [mail] = mailer.sent
  expect(mail).toMatchObject({
    from: { email: 'no-reply@certification.example', name: 'Certification Program Records' },
    to: { email: ada.email, name: 'Ada Bcc: all@example.org' },
    replyTo: 'support@certification.example',
    subject: 'Your record with the Juniper Networks Certification Program',
  })
  const token = mail!.text!.match(/http:\/\/localhost:8787\/set-password\/([\w-]{43})\n/)?.[1]
  for (const part of [mail!.text, mail!.html]) {
    expect(part).toContain(ada.id)
    expect(part).toContain(`/set-password/${token}`)
    expect(part).toContain('http://localhost:8787/first-sign-in')
  }
  expect(await db.select().from(accessLinks)).toMatchObject([
    {
      tokenHash: await sha256Hex(token!),
      candidateId: ada.id,
      purpose: 'activation',
      sentTo: ada.email,
      expiresAt: later(7 * 24 * 60),
      usedAt: null,
    },
  ])
  expect(await outboxRow(1)).toMatchObject({ sentAt: NOW, attempts: 1, givenUpAt: null, lastError: null })
})

test('a password link goes where it was asked from and lasts an hour', async () => {
  const ada = await givenCandidate()
  const recipient = 'ada@second.example'
  const mail: OwedMail = {
    dedupeKey: 'access/1',
    candidateId: ada.id,
    recipient,
    template: 'access_link',
    payload: { purpose: 'password_reset' },
  }
  await oweMails(db, [mail], NOW)
  const mailer = recordingMailer()

  await deliver([1], mailer)

  expect(mailer.sent[0]).toMatchObject({ to: { email: recipient } })
  expect(mailer.sent[0]!.text).toContain(`Candidate ID: ${ada.id}`)
  expect(mailer.sent[0]!.text).toContain('within 1 hour')
  expect(await db.select().from(accessLinks)).toMatchObject([
    { purpose: 'password_reset', sentTo: recipient, expiresAt: later(60) },
  ])
})

test('a result is announced without its grade, an award with its dates', async () => {
  const ada = await givenCandidate()
  await oweMails(db, [resultOf(ada), awardOf(ada, '2029-05-04'), awardOf(ada, '2026-11-22')], NOW)
  const mailer = recordingMailer()

  await deliver([1, 2, 3], mailer)

  const [result, award, past] = mailer.sent
  expect(result!.subject).toBe('Your result of Junos, Associate is here')
  expect(result!.text).toMatch(/Exam code: JN0-106\nDate of the exam: 4 May 2026\n/)
  expect(result!.text + result!.html!).not.toMatch(/pass(ed)?\b|fail|grade|score/i)
  expect(award!.subject).toBe('You have earned Junos, Associate (JNCIA-Junos)')
  expect(award!.text).toMatch(/Awarded on: 4 May 2026\nExpires on: 4 May 2029\n/)
  expect(award!.text).toContain('http://localhost:8787/certifications/status')
  expect(award!.text).toContain('eCertificate')
  expect(past!.text).not.toContain('eCertificate')
  expect(await db.select().from(accessLinks)).toEqual([])
})

test('a message that comes twice, or after its mail was sent, sends nothing more', async () => {
  const ada = await givenCandidate()
  await oweMails(db, [welcomeOf(ada)], NOW)
  const mailer = recordingMailer()

  const twice = await deliver([1, 1], mailer)
  const again = await deliver([1, 99], mailer)

  expect(mailer.sent).toHaveLength(1)
  expect(twice.explicitAcks).toEqual(['m0', 'm1'])
  expect(again.explicitAcks).toEqual(['m0', 'm1'])
  expect(await db.select().from(accessLinks)).toHaveLength(1)
})

test('messages about one mail that come at once, and one that was forgotten, send it once', async () => {
  const ada = await givenCandidate()
  await oweMails(db, [welcomeOf(ada)], NOW)
  const mailer = recordingMailer()

  await Promise.all([deliver([1], mailer), deliver([1], mailer), deliver([1], mailer, later(11))])

  expect(mailer.sent).toHaveLength(1)
  expect(await db.select().from(accessLinks)).toHaveLength(1)
  expect(await outboxRow(1)).toMatchObject({ attempts: 1, lastError: null })
})

test('an attempt that ended with its sender is followed by another', async () => {
  const ada = await givenCandidate()
  await oweMails(db, [welcomeOf(ada)], NOW)
  const mailer = recordingMailer()
  const died = recordingMailer(() => {
    throw new Error('gone')
  })
  await deliver([1], died)
  const queue = recordingQueue()

  await deliver([1], mailer, later(5))
  expect(mailer.sent).toHaveLength(0)
  await handOverOwedMail(queue.bindings, later(15))
  expect(queue.sent).toEqual([[{ body: { mailId: 1, attempts: 1 } }]])
  await deliver([1], mailer, later(15), { delivered: 2 })

  expect(mailer.sent).toHaveLength(1)
})

test('a mail that fails waits longer each time, is not queued twice, and holds up no other', async () => {
  const [ada, grace] = [await givenCandidate(), await givenCandidate()]
  await oweMails(db, [welcomeOf(ada), welcomeOf(grace)], NOW)
  const mailer = recordingMailer((to) => {
    if (to === ada.email)
      throw Object.assign(new Error(`cannot reach ${to} now`), { code: 'E_DELIVERY_FAILED' })
  })

  const first = await deliver([1, 2], mailer)
  const second = await deliver([1], mailer, later(1), { delivered: 2 })

  expect(first.retryMessages).toEqual([{ msgId: 'm0' }])
  expect(first.explicitAcks).toEqual(['m1'])
  expect(second.retryMessages).toEqual([{ msgId: 'm0' }])
  expect(mailer.sent.map(({ to }) => to)).toMatchObject([{ email: grace.email }])
  expect(await outboxRow(1)).toMatchObject({
    attempts: 2,
    sentAt: null,
    givenUpAt: null,
    lastError: 'E_DELIVERY_FAILED: cannot reach … now',
  })
  const queue = recordingQueue()
  expect(await handOverOwedMail(queue.bindings, later(14))).toBe(0)
  expect(await handOverOwedMail(queue.bindings, later(15))).toBe(1)
})

test('a mail that fails eight times is given up where staff see it', async () => {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => {})
  const ada = await givenCandidate()
  await oweMails(db, [welcomeOf(ada)], NOW)
  const mailer = recordingMailer(() => {
    throw new Error('no service')
  })

  for (let attempt = 1; attempt < 8; attempt += 1) {
    const again = await deliver([1], mailer, NOW, { delivered: attempt })
    expect(again.retryMessages).toHaveLength(1)
  }
  const last = await deliver([1], mailer, NOW, { delivered: 8 })

  expect(last.explicitAcks).toEqual(['m0'])
  expect(await outboxRow(1)).toMatchObject({
    attempts: 8,
    sentAt: null,
    givenUpAt: NOW,
    lastError: 'Error: no service',
  })
  expect(logged).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ message: 'mail given up', mailId: 1, template: 'welcome' }),
  )
  expect(await handOverOwedMail(recordingQueue().bindings, later(100_000))).toBe(0)
})

test('a mail that the service refuses for good is given up at once', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  const ada = await givenCandidate()
  await oweMails(db, [welcomeOf(ada)], NOW)
  const mailer = recordingMailer((to) => {
    throw Object.assign(new Error(`<${to}> is suppressed`), { code: 'E_RECIPIENT_SUPPRESSED' })
  })

  const result = await deliver([1], mailer)

  expect(result.explicitAcks).toEqual(['m0'])
  expect(await outboxRow(1)).toMatchObject({
    givenUpAt: NOW,
    lastError: 'E_RECIPIENT_SUPPRESSED: … is suppressed',
  })
})

test('a mail to nobody is given up, and no link is made for it', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  const ada = await givenCandidate()
  await db.delete(candidateEmails).where(eq(candidateEmails.candidateId, ada.id))
  await oweMails(db, [welcomeOf(ada)], NOW)
  const mailer = recordingMailer()

  await deliver([1], mailer)

  expect(mailer.sent).toEqual([])
  expect(await outboxRow(1)).toMatchObject({ givenUpAt: NOW, lastError: 'no address' })
  expect(await db.select().from(accessLinks)).toEqual([])
})

test('a full batch of mail costs five round trips', async () => {
  const ada = await givenCandidate()
  const mails = Array.from({ length: 50 }, (_, n) => ({ ...welcomeOf(ada), dedupeKey: `welcome/${n}` }))
  await oweMails(db, mails, NOW)
  const { d1, cost } = countedDatabase(env.DB)
  const mailer = recordingMailer()

  await deliver(
    Array.from({ length: 50 }, (_, n) => n + 1),
    mailer,
    NOW,
    { DB: d1 },
  )

  expect(mailer.sent).toHaveLength(50)
  expect(cost.roundTrips).toBe(5)
  expect(await db.$count(mailOutbox, eq(mailOutbox.sentAt, NOW))).toBe(50)
})

test('the platform takes the mail as we build it', async () => {
  const ada = await givenCandidate({ fullName: 'Łukasz 山田' })
  await oweMails(db, [welcomeOf(ada)], NOW)

  await deliver([1], env.EMAIL)

  expect(await outboxRow(1)).toMatchObject({ sentAt: NOW, lastError: null })
})

async function outboxRow(id: number) {
  return (await db.select().from(mailOutbox).where(eq(mailOutbox.id, id)))[0]
}

test('a kind of mail that the candidate does not want is dropped, security mail is not', async () => {
  await givenProgram()
  const ada = await givenCandidate({ notifyResults: false })
  await oweMails(
    db,
    [
      resultOf(ada),
      {
        dedupeKey: 'notice',
        candidateId: ada.id,
        template: 'security_notice',
        payload: { action: 'password.changed', at: NOW.getTime(), device: null },
      },
    ],
    NOW,
  )
  const mailer = recordingMailer()

  await deliver([1, 2], mailer)
  await deliver([1, 2], mailer, later(60))

  expect(mailer.sent.map(({ subject }) => subject)).toEqual(['Password changed'])
  expect((await db.select().from(mailOutbox)).map(({ lastError }) => lastError)).toEqual(['not wanted', null])
})
