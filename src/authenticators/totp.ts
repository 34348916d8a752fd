import { Secret, TOTP } from 'otpauth'
import { readKeyring } from '../core/keyring.ts'
import { seal, unseal } from '../core/sealing.ts'
import { type Holder, holderName } from './holder.ts'

/** RFC 6238 as every authenticator app has it: SHA-1, six digits, 30 seconds (ASVS 6.5.5). */
const PERIOD_S = 30
const DIGITS = 6
/** A code may be one step old or new: clocks differ, and people type (RFC 6238, 5.2). */
const WINDOW_STEPS = 1
const SECRET_BYTES = 20

/** A new secret of 160 bits: as base32 to be typed, sealed to be kept. */
export async function mintTotpSecret(
  sealKey: string,
  holder: Holder,
): Promise<{ base32: string; sealed: string }> {
  const bytes = crypto.getRandomValues(new Uint8Array(SECRET_BYTES))
  const sealed = await seal(readKeyring(sealKey), sealUse(holder), bytes)
  return { base32: secretOf(bytes).base32, sealed }
}

export async function openTotpSecret(sealKey: string, holder: Holder, sealed: string): Promise<string> {
  return secretOf(await unseal(readKeyring(sealKey), sealUse(holder), sealed)).base32
}

/** The `otpauth:` address that an authenticator app reads from a QR code. */
export function totpAddress(base32: string, { issuer, label }: { issuer: string; label: string }): string {
  return totpOf(base32, { issuer, label }).toString()
}

/**
 * The time step whose code this is, if it is one that may be used now: none at or before `lastStep`, so that each
 * code works once (ASVS 6.5.1). Null for every other text; spaces are passed over.
 */
export function acceptedTotpStep(base32: string, code: string, lastStep: number, now: Date): number | null {
  const token = code.replace(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return null
  const timestamp = now.getTime()
  const delta = totpOf(base32).validate({ token, timestamp, window: WINDOW_STEPS })
  if (delta === null) return null
  const step = Math.floor(timestamp / 1000 / PERIOD_S) + delta
  return step > lastStep ? step : null
}

function totpOf(base32: string, { issuer = '', label = '' } = {}): TOTP {
  const secret = Secret.fromBase32(base32)
  return new TOTP({ issuer, label, algorithm: 'SHA1', digits: DIGITS, period: PERIOD_S, secret })
}

function secretOf(bytes: Uint8Array): Secret {
  return new Secret({ buffer: Uint8Array.from(bytes).buffer })
}

function sealUse(holder: Holder): string {
  return `totp ${holderName(holder)}`
}
