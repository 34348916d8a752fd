import { expect, test } from 'vitest'
import { handOverOwedMail } from '../../src/mail/hand-over.ts'
import { oweMails } from '../../src/mail/outbox-queries.ts'
import { mailOutbox } from '../../src/schema.ts'
import { db, givenCandidate } from '../support/builders.ts'
import { later, linkOf, message, NOW, recordingQueue, resultOf, welcomeOf } from './given-mail.ts'

test('mail that is owed twice is one mail', async () => {
  const ada = await givenCandidate()

  await db.batch([oweMails(db, [welcomeOf(ada)], NOW)])
  await db.batch([oweMails(db, [welcomeOf(ada), { ...resultOf(ada), recipient: 'new@example.org' }], NOW)])

  expect(await db.select().from(mailOutbox)).toMatchObject([
    { dedupeKey: `welcome/${ada.id}`, template: 'welcome', payload: {}, recipient: null, sendAfter: NOW },
    { template: 'result', payload: { examCode: 'JN0-106' }, recipient: 'new@example.org', owedAt: NOW },
  ])
})

test('hands each due mail over once, and again when it was forgotten', async () => {
  const ada = await givenCandidate()
  await oweMails(db, [welcomeOf(ada), resultOf(ada)], NOW)
  const queue = recordingQueue()

  const first = await handOverOwedMail(queue.bindings, NOW)
  const second = await handOverOwedMail(queue.bindings, later(5))
  const third = await handOverOwedMail(queue.bindings, later(10))

  expect([first, second, third]).toEqual([2, 0, 2])
  expect(queue.sent).toEqual([[1, 2].map(message), [1, 2].map(message)])
})

test('hands thousands over in batches that a queue takes', async () => {
  const ada = await givenCandidate()
  const mails = Array.from({ length: 1250 }, (_, n) => ({ ...resultOf(ada), dedupeKey: `result/${n}` }))
  await oweMails(db, mails, NOW)
  const queue = recordingQueue()

  expect(await handOverOwedMail(queue.bindings, NOW)).toBe(1250)

  expect(queue.sent.map((batch) => batch.length)).toEqual([...Array(12).fill(100), 50])
  expect(new Set(queue.sent.flat().map(({ body }) => body.mailId)).size).toBe(1250)
})

test('two hand-overs at once queue each mail once', async () => {
  const ada = await givenCandidate()
  await oweMails(db, [welcomeOf(ada), resultOf(ada)], NOW)
  const queue = recordingQueue()

  await Promise.all([handOverOwedMail(queue.bindings, NOW), handOverOwedMail(queue.bindings, NOW)])

  expect(queue.sent.flat()).toEqual([1, 2].map(message))
})

test('a link that somebody waits for never stands behind announcements', async () => {
  const ada = await givenCandidate()
  await oweMails(db, [resultOf(ada), { ...linkOf(ada), dedupeKey: 'link' }], NOW)
  const queue = recordingQueue()

  await handOverOwedMail(queue.bindings, NOW)

  expect(queue.urgent).toEqual([[message(2)]])
  expect(queue.sent).toEqual([[message(1)]])
})
