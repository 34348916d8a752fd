import { env } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import { readKeyring } from '../../src/core/keyring.ts'
import { findSameRequest } from '../../src/requests/make-queries.ts'
import { makeRequest } from '../../src/requests/make-request.ts'
import { decryptPhoto } from '../../src/requests/photo-cipher.ts'
import { auditLog, mailOutbox, requestFiles, requests } from '../../src/schema.ts'
import { NOW } from '../mail/given-mail.ts'
import { db, givenCandidate, givenProgram } from '../support/builders.ts'
import { jpeg, SECRET } from './given-photo.ts'

const photo = { bytes: jpeg(), mediaType: 'image/jpeg' } as const
const asks = (candidateId: string, submission = 'one') =>
  ({
    kind: 'address_recovery',
    candidateId,
    submission,
    details: { recoveryId: 7 },
    photo,
    actor: 'nobody',
  }) as const

beforeEach(async () => {
  await givenProgram()
})

test('keeps the request, its photo, the entry and the mail', async () => {
  const { id: candidateId } = await givenCandidate()

  const made = await makeRequest(env, db, asks(candidateId), NOW)

  expect(await db.select().from(requests)).toMatchObject([
    { id: made!.id, kind: 'address_recovery', candidateId, state: 'open', details: { recoveryId: 7 } },
  ])
  expect(await db.select().from(requestFiles)).toMatchObject([
    {
      requestId: made!.id,
      mediaType: 'image/jpeg',
      bytes: photo.bytes.length,
      destroyAfter: new Date('2026-12-23T10:00:00Z'),
      destroyedAt: null,
    },
  ])
  expect(await db.select().from(auditLog)).toMatchObject([
    { action: 'request.made', actor: 'nobody', details: '{"kind":"address_recovery","hasPhoto":true}' },
  ])
  expect(await db.select().from(mailOutbox)).toMatchObject([
    {
      template: 'request_received',
      candidateId,
      payload: { requestId: made!.id, kind: 'address_recovery' },
    },
  ])
})

test('what is in the bucket is ciphertext, which only its own key and place open', async () => {
  const { id: candidateId } = await givenCandidate()
  await makeRequest(env, db, asks(candidateId), NOW)
  const [file] = await db.select().from(requestFiles)
  const { objectKey, sealedKey } = file!

  const stored = new Uint8Array(await (await env.BUCKET.get(objectKey))!.arrayBuffer())
  const text = new TextDecoder('latin1').decode(stored)

  for (let at = 0; at + 4 <= SECRET.length; at += 4) expect(text).not.toContain(SECRET.slice(at, at + 4))
  expect(text).not.toContain('\xff\xd8\xff')
  const ring = readKeyring(env.SEAL_KEY)
  expect(await decryptPhoto(ring, objectKey, sealedKey!, stored)).toEqual(photo.bytes)
  await expect(decryptPhoto(ring, 'request-files/another', sealedKey!, stored)).rejects.toThrow()
  const other = readKeyring('1:another-key-of-32-characters-or-so')
  await expect(decryptPhoto(other, objectKey, sealedKey!, stored)).rejects.toThrow()
})

test('the same form twice, and a second of a kind, make nothing and leave nothing', async () => {
  const { id: candidateId } = await givenCandidate()
  const conflict = (submission: string) =>
    ({ ...asks(candidateId, submission), kind: 'merge_conflict', details: { otherId: 'JPR7' } }) as const
  const first = await makeRequest(env, db, conflict('one'), NOW)

  expect(await makeRequest(env, db, conflict('one'), NOW)).toBeNull()
  expect(await makeRequest(env, db, conflict('two'), NOW)).toBeNull()

  expect(await findSameRequest(db, conflict('one'))).toEqual(first)
  expect(await findSameRequest(db, conflict('two'))).toEqual(first)
  expect(await db.$count(requests)).toBe(1)
  expect(await db.$count(requestFiles)).toBe(1)
  expect(await db.$count(auditLog)).toBe(1)
  expect(await db.$count(mailOutbox)).toBe(1)
  expect((await env.BUCKET.list({ prefix: 'request-files/' })).objects).toHaveLength(1)
})

test('of lost addresses five may be open, so that a stranger’s stands in nobody’s way', async () => {
  const { id: candidateId } = await givenCandidate()

  const made = []
  for (const submission of ['1', '2', '3', '4', '5', '6'])
    made.push(await makeRequest(env, db, asks(candidateId, submission), NOW))

  expect(made.map((one) => one !== null)).toEqual([true, true, true, true, true, false])
  expect((await env.BUCKET.list({ prefix: 'request-files/' })).objects).toHaveLength(5)
})

test('a request without a photo is one, too', async () => {
  const { id: candidateId } = await givenCandidate()

  await makeRequest(env, db, { ...asks(candidateId), photo: null }, NOW)

  expect(await db.$count(requestFiles)).toBe(0)
  expect(await db.select().from(auditLog)).toMatchObject([
    { details: '{"kind":"address_recovery","hasPhoto":false}' },
  ])
})
