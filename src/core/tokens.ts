import { base64url } from 'jose'

const encoder = new TextEncoder()

/** 256 random bits as 43 base64url characters. */
export function randomToken(): string {
  return base64url.encode(crypto.getRandomValues(new Uint8Array(32)))
}

/** 128 random bits as 22 base64url characters. */
export function randomPublicId(): string {
  return base64url.encode(crypto.getRandomValues(new Uint8Array(16)))
}

export const TOKEN_PATTERN = /^[A-Za-z0-9_-]{43}$/

/** Hex SHA-256 of a text: how tokens and session ids are kept. */
export async function sha256Hex(text: string): Promise<string> {
  return sha256HexOf(encoder.encode(text))
}

/** Hex SHA-256 of bytes. */
export async function sha256HexOf(bytes: Uint8Array): Promise<string> {
  return hex(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>))
}

export function hex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Compares two secrets in time that does not depend on where they differ. */
export async function sameSecret(given: string, expected: string): Promise<boolean> {
  const [a, b] = await Promise.all(
    [given, expected].map((text) => crypto.subtle.digest('SHA-256', encoder.encode(text))),
  )
  return crypto.subtle.timingSafeEqual(a!, b!)
}
