import type { Keyring } from '../core/keyring.ts'
import { seal, unseal } from '../core/sealing.ts'

const IV_BYTES = 12
const KEY_BYTES = 32

/**
 * Encrypts a photo with AES-256-GCM under a key of its own, bound to the object's key: the IV, then the ciphertext.
 * Without `sealedKey` nobody can ever read it again.
 */
export async function encryptPhoto(
  ring: Keyring,
  objectKey: string,
  bytes: Uint8Array,
): Promise<{ ciphertext: Uint8Array; sealedKey: string }> {
  const raw = crypto.getRandomValues(new Uint8Array(KEY_BYTES))
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt'])
  const sealed = new Uint8Array(await crypto.subtle.encrypt(cipher(iv, objectKey), key, bytes))
  const ciphertext = new Uint8Array(IV_BYTES + sealed.length)
  ciphertext.set(iv)
  ciphertext.set(sealed, IV_BYTES)
  return { ciphertext, sealedKey: await seal(ring, useOf(objectKey), raw) }
}

/** The photo again. Throws for a key, an object or a place that do not belong together. */
export async function decryptPhoto(
  ring: Keyring,
  objectKey: string,
  sealedKey: string,
  ciphertext: Uint8Array,
): Promise<Uint8Array> {
  const raw = await unseal(ring, useOf(objectKey), sealedKey)
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['decrypt'])
  const iv = ciphertext.slice(0, IV_BYTES)
  return new Uint8Array(await crypto.subtle.decrypt(cipher(iv, objectKey), key, ciphertext.slice(IV_BYTES)))
}

function cipher(iv: Uint8Array, objectKey: string) {
  return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(objectKey) }
}

function useOf(objectKey: string): string {
  return `key of ${objectKey}`
}
