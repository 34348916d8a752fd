import { createScheduledController } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import worker from '../../src/index.ts'
import {
  deleteDestroyedPhotos,
  deleteOrphanedPhotos,
  destroyOldPhotos,
} from '../../src/requests/file-jobs.ts'
import { auditLog, requestFiles, requests } from '../../src/schema.ts'
import { NOW } from '../mail/given-mail.ts'
import { db, givenCandidate, givenProgram } from '../support/builders.ts'
import { post, send, signedIn, signedInStaff } from '../support/requests.ts'
import { givenNameChange } from './given-request.ts'

const DAY_MS = 86_400_000
const after = (days: number, milliseconds = 0) => new Date(NOW.getTime() + days * DAY_MS + milliseconds)

beforeEach(async () => {
  await givenProgram()
})

test('a photo is destroyed after 30 days, not before, and the log says when', async () => {
  await givenNameChange(await givenCandidate(), { at: NOW })

  await destroyOldPhotos(env, after(30, -1))
  expect(await db.select().from(requestFiles)).toMatchObject([{ destroyedAt: null }])
  await destroyOldPhotos(env, after(30))
  await destroyOldPhotos(env, after(31))

  expect(await db.select().from(requestFiles)).toMatchObject([{ sealedKey: null, destroyedAt: after(30) }])
  expect(await db.select().from(requests)).toMatchObject([{ state: 'open' }])
  const [made, destroyed, ...more] = await db.select().from(auditLog)
  expect(destroyed).toMatchObject({
    action: 'request.file-destroyed',
    actor: 'system',
    at: after(30),
    subject: made!.subject,
  })
  expect(JSON.parse(destroyed!.details)).toMatchObject({ why: 'age' })
  expect(more).toEqual([])
})

test('many photos are destroyed in one run', async () => {
  for (let one = 0; one < 52; one += 1) await givenNameChange(await givenCandidate(), { at: NOW })

  await destroyOldPhotos(env, after(30))

  expect((await db.select().from(requestFiles)).every(({ sealedKey }) => sealedKey === null)).toBe(true)
  expect(await db.$count(auditLog)).toBe(104)
})

test('candidate and reviewer are told that the photo is gone while the request is open', async () => {
  const ada = await givenCandidate()
  const { id } = await givenNameChange(ada)
  await destroyOldPhotos(env, new Date(Date.now() + 30 * DAY_MS))

  const own = await (await send(`/requests/${id}`, { headers: await signedIn(ada) })).text()
  const reviewed = await send(`/staff/requests/${id}`, { headers: await signedInStaff('reviewer') })

  expect(own).toContain('the photo is gone while your request is still open')
  const text = await reviewed.text()
  expect(text).toContain('Nobody decided within 30 days')
  expect(text).toContain('It cannot be approved without the photo')
  expect(text).not.toContain('<img src="/staff')
})

test('what is left of a destroyed photo leaves the bucket', async () => {
  const ada = await givenCandidate()
  const destroyed = await givenNameChange(ada)
  const kept = await givenNameChange(await givenCandidate())
  await post(`/requests/${destroyed.id}/withdrawal`, {}, { headers: await signedIn(ada) })

  await deleteDestroyedPhotos(env, NOW)

  const { objects } = await env.BUCKET.list()
  expect(objects.map(({ key }) => key)).toEqual([kept.objectKey])
  const files = await db.select().from(requestFiles)
  expect(files.map(({ objectDeletedAt }) => objectDeletedAt)).toEqual([NOW, null])
  await deleteDestroyedPhotos(env, after(1))
  expect((await db.select().from(requestFiles))[0]!.objectDeletedAt).toEqual(NOW)
})

test('an upload that never got its row is deleted after a day, and nothing else', async () => {
  const { objectKey } = await givenNameChange(await givenCandidate())
  await env.BUCKET.put('request-files/orphan', 'ciphertext')
  await env.BUCKET.put('ecertificates/1/x.pdf', 'a certificate')
  const keys = async () => (await env.BUCKET.list()).objects.map(({ key }) => key)

  await deleteOrphanedPhotos(env, new Date())
  expect(await keys()).toContain('request-files/orphan')
  await deleteOrphanedPhotos(env, new Date(Date.now() + DAY_MS + 60_000))

  expect((await keys()).toSorted()).toEqual(['ecertificates/1/x.pdf', objectKey].toSorted())
})

test('the scheduler starts them', async () => {
  const ada = await givenCandidate()
  await givenNameChange(ada, { at: new Date('2026-01-01') })

  await worker.scheduled(createScheduledController({ cron: '*/5 * * * *', scheduledTime: new Date() }), {
    ...env,
    MAIL_QUEUE: { sendBatch: async () => {} } as unknown as Queue,
    URGENT_MAIL_QUEUE: { sendBatch: async () => {} } as unknown as Queue,
  } as Env)

  expect(await db.select().from(requestFiles)).toMatchObject([{ sealedKey: null }])
  expect((await env.BUCKET.list({ prefix: 'request-files/' })).objects).toEqual([])
})
