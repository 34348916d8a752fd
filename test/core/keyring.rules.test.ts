import { describe, expect, test } from 'vitest'
import { keyById, keyedHash, readKeyring } from '../../src/core/keyring.ts'
import { seal, unseal } from '../../src/core/sealing.ts'
import { mintSession, sessionHash } from '../../src/sign-in/session.ts'
import { readTranscriptToken, signTranscriptToken, transcriptKeys } from '../../src/transcripts/token.ts'

const OLD = 'an-old-key-of-enough-characters'
const NEW = 'a-new-key-of-enough-characters'
const ROTATED = `2:${NEW},1:${OLD}`

describe('a ring of keys', () => {
  test('is a lone key, number 1, or several with the newest first', () => {
    expect(readKeyring(OLD)).toEqual([{ id: '1', secret: OLD }])
    expect(readKeyring(`2:${NEW}, 1:${OLD}`)).toEqual([
      { id: '2', secret: NEW },
      { id: '1', secret: OLD },
    ])
    expect(keyById(readKeyring(ROTATED), '3')).toBeNull()
  })

  test.each([
    ['nothing', ''],
    ['a short key', 'short'],
    ['a key with a space', 'a key of enough characters'],
    ['two keys of one number', `${OLD},${NEW}`],
    ['an empty place', `2:${NEW},`],
    ['a number in capitals', `A:${NEW}`],
  ])('is not %s', (_, text) => {
    expect(() => readKeyring(text)).toThrow()
  })

  test('never names the key in its complaint', () => {
    const complaint = (text: string) => {
      try {
        return String(readKeyring(text))
      } catch (error) {
        return String(error)
      }
    }

    expect(complaint('hunter2 hunter2 hunter2')).toContain('is not a key')
    expect(complaint('hunter2 hunter2 hunter2')).not.toContain('hunter2')
  })
})

describe('while two keys are valid', () => {
  const publicId = 'AAAAAAAAAAAAAAAAAAAAAA'

  test('links of both open, new ones are of the new key, and dropping a key ends its links', async () => {
    const before = await transcriptKeys(OLD)
    const during = await transcriptKeys(ROTATED)
    const after = await transcriptKeys(`2:${NEW}`)
    const oldLink = await signTranscriptToken(publicId, before)
    const newLink = await signTranscriptToken(publicId, during)

    expect(await readTranscriptToken(oldLink, during)).toBe(publicId)
    expect(await readTranscriptToken(newLink, during)).toBe(publicId)
    expect(await readTranscriptToken(newLink, after)).toBe(publicId)
    expect(await readTranscriptToken(oldLink, after)).toBeNull()
    expect(await readTranscriptToken(newLink, before)).toBeNull()
  })

  test('sessions of both open, and dropping a key ends its sessions', async () => {
    const old = await mintSession(OLD)
    const fresh = await mintSession(ROTATED)

    expect(await sessionHash(old.id, ROTATED)).toBe(old.idHash)
    expect(await sessionHash(fresh.id, ROTATED)).toBe(fresh.idHash)
    expect(await sessionHash(old.id, `2:${NEW}`)).toBeNull()
    expect(await sessionHash(`2${old.id.slice(1)}`, ROTATED)).not.toBe(old.idHash)
  })

  test('what was sealed under either opens, and under neither does not', async () => {
    const secret = new TextEncoder().encode('JBSWY3DPEHPK3PXP')
    const old = await seal(readKeyring(OLD), 'totp candidate A', secret)
    const fresh = await seal(readKeyring(ROTATED), 'totp candidate A', secret)

    expect(await unseal(readKeyring(ROTATED), 'totp candidate A', old)).toEqual(secret)
    expect(await unseal(readKeyring(ROTATED), 'totp candidate A', fresh)).toEqual(secret)
    await expect(unseal(readKeyring(`2:${NEW}`), 'totp candidate A', old)).rejects.toThrow('not in the ring')
  })
})

test('what is sealed for one holder opens for no other, and not when a bit of it is changed', async () => {
  const ring = readKeyring(OLD)
  const sealed = await seal(ring, 'totp candidate A', new Uint8Array([1, 2, 3]))

  await expect(unseal(ring, 'totp candidate B', sealed)).rejects.toThrow()
  const bent = sealed.slice(0, -2) + (sealed.at(-2) === 'A' ? 'B' : 'A') + sealed.at(-1)
  await expect(unseal(ring, 'totp candidate A', bent)).rejects.toThrow()
})

test('one text has another hash for every use and every key', async () => {
  const [key] = readKeyring(OLD)
  const [other] = readKeyring(NEW)
  const hashes = await Promise.all([
    keyedHash(key, 'session 1', 'x'),
    keyedHash(key, 'staff session 1', 'x'),
    keyedHash(other, 'session 1', 'x'),
  ])

  expect(new Set(hashes).size).toBe(3)
  expect(hashes[0]).toMatch(/^[0-9a-f]{64}$/)
})
