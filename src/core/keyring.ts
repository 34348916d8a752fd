import { hex } from './tokens.ts'

/** One key of a ring. `id` is what the things it made carry, so that they find it again. */
export type Key = { id: string; secret: string }
/** The first key makes new things; all of them open what they once made. */
export type Keyring = readonly [Key, ...Key[]]

const KEY = /^(?:([a-z0-9]{1,8}):)?([A-Za-z0-9_.+/=-]{16,})$/
const encoder = new TextEncoder()

/**
 * Reads a secret that holds one key, or several as `2:NEW,1:OLD`: rotating puts a new one in front, and the old one
 * goes when nothing that it made matters any more. A lone key without an id is number 1.
 */
export function readKeyring(text: string): Keyring {
  const keys = text.split(',').map((part) => {
    const [, id = '1', secret] = KEY.exec(part.trim()) ?? []
    if (secret === undefined) throw new Error('a secret is not a key, nor a list of keys as id:key,id:key')
    return { id, secret }
  })
  if (new Set(keys.map(({ id }) => id)).size < keys.length)
    throw new Error('two keys of one secret have the same id')
  return keys as unknown as Keyring
}

export function keyById(ring: Keyring, id: string): Key | null {
  return ring.find((key) => key.id === id) ?? null
}

/** A key for one use, derived so that no other use of the secret can make or open the same things. */
export async function deriveKey(
  { secret }: Key,
  use: string,
  algorithm: { name: 'HMAC'; hash: 'SHA-256'; length: 256 } | { name: 'AES-GCM'; length: 256 },
): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey('raw', encoder.encode(secret), 'HKDF', false, ['deriveKey'])
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: encoder.encode(use) },
    base,
    algorithm,
    false,
    algorithm.name === 'HMAC' ? ['sign', 'verify'] : ['encrypt', 'decrypt'],
  )
}

export const HMAC_SHA256 = { name: 'HMAC', hash: 'SHA-256', length: 256 } as const

/** Hex HMAC-SHA-256 of a text, for one use: 64 characters. */
export async function keyedHash(key: Key, use: string, text: string): Promise<string> {
  return hex(await crypto.subtle.sign('HMAC', await deriveKey(key, use, HMAC_SHA256), encoder.encode(text)))
}
