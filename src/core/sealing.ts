import { base64url } from 'jose'
import { deriveKey, type Keyring, keyById } from './keyring.ts'

const AES_GCM = { name: 'AES-GCM', length: 256 } as const
const IV_BYTES = 12

/**
 * Encrypts bytes with AES-256-GCM under the ring's first key: `id.iv.ciphertext`. `use` names what is kept, with
 * whose it is, and must be given again to open it: what is sealed for one holder opens for no other.
 */
export async function seal(ring: Keyring, use: string, bytes: Uint8Array): Promise<string> {
  const key = await deriveKey(ring[0], 'seal 1', AES_GCM)
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: aboutUse(use) },
    key,
    bytes,
  )
  return [ring[0].id, base64url.encode(iv), base64url.encode(new Uint8Array(sealed))].join('.')
}

/** The bytes again. Throws for what this ring did not seal, or sealed for another use: never a visitor's mistake. */
export async function unseal(ring: Keyring, use: string, sealed: string): Promise<Uint8Array> {
  const [id = '', iv = '', ciphertext = ''] = sealed.split('.')
  const known = keyById(ring, id)
  if (!known) throw new Error(`the key ${id} that sealed this is not in the ring`)
  const key = await deriveKey(known, 'seal 1', AES_GCM)
  const about = { name: 'AES-GCM', iv: base64url.decode(iv), additionalData: aboutUse(use) }
  return new Uint8Array(await crypto.subtle.decrypt(about, key, base64url.decode(ciphertext)))
}

function aboutUse(use: string): Uint8Array {
  return new TextEncoder().encode(use)
}
