import { timingSafeEqual } from 'node:crypto'
import { hex } from '../../core/tokens.ts'

/** A sender's clock may be off by so much, and what was overheard is worth nothing after it. */
export const TOLERANCE_MS = 5 * 60_000
const MOST_SIGNATURES = 10

/** What the headers of a signed request say. */
export type Signature = { signedAt: number; signatures: Uint8Array[] }

/** Reads the two headers; null when they are not well-formed, or the time they name is not now. */
export function readSignature(
  { timestamp, signature }: { timestamp: string | undefined; signature: string | undefined },
  now: Date,
): Signature | null {
  if (timestamp === undefined || signature === undefined || !/^[1-9]\d{0,11}$/.test(timestamp)) return null
  const signedAt = Number(timestamp) * 1000
  if (Math.abs(now.getTime() - signedAt) > TOLERANCE_MS) return null
  const signatures = signature.split(',', MOST_SIGNATURES).flatMap((part) => {
    const digits = /^v1=([0-9a-f]{64})$/i.exec(part.trim())?.[1]
    return digits === undefined ? [] : [bytesOf(digits)]
  })
  return signatures.length === 0 ? null : { signedAt, signatures }
}

/**
 * Whether one of the signatures was made with one of the secrets. Every pair is looked at, each in time that does not
 * depend on where it differs; without a secret as much is done as with one, so that a feed is not told by its silence.
 */
export async function isSignedWith(
  secrets: readonly string[],
  { signedAt, signatures }: Signature,
  body: Uint8Array,
): Promise<boolean> {
  const known = secrets.length > 0
  let matches = 0
  for (const secret of known ? secrets : ['no secret']) {
    const expected = new Uint8Array(await sign(secret, signedAt, body))
    for (const given of signatures) matches += Number(timingSafeEqual(given, expected))
  }
  return known && matches > 0
}

/** The header's value for a body that is sent at `signedAt`: how a sender makes it. */
export async function signatureOf(secret: string, signedAt: number, body: Uint8Array): Promise<string> {
  return `v1=${hex(await sign(secret, signedAt, body))}`
}

async function sign(secret: string, signedAt: number, body: Uint8Array): Promise<ArrayBuffer> {
  const encoder = new TextEncoder()
  const key = await crypto.subtle.importKey(
    'raw',
    encoder.encode(secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  )
  const prefix = encoder.encode(`${signedAt / 1000}.`)
  const signed = new Uint8Array(prefix.length + body.length)
  signed.set(prefix)
  signed.set(body, prefix.length)
  return crypto.subtle.sign('HMAC', key, signed)
}

function bytesOf(digits: string): Uint8Array {
  return Uint8Array.from(digits.match(/../g)!, (pair) => Number.parseInt(pair, 16))
}
