import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { AppEnv } from '../core/app-env.ts'
import { keyById, keyedHash, readKeyring } from '../core/keyring.ts'
import { randomToken } from '../core/tokens.ts'

// The password was right; the code is awaited, in this browser only. It opens nothing by itself.
const PENDING_COOKIE = '__Host-staff-pending'
const PENDING_USE = 'staff pending sign-in 1'
const PENDING = /^([a-z0-9]{1,8})\.([A-Za-z0-9_-]{43})$/

/** Time to find the phone. */
export const PENDING_TTL_MS = 10 * 60_000

/** The hash under which the caller's half sign-in would be stored; null for none, or one that cannot be ours. */
export async function presentedPending<PageEnv extends AppEnv>(c: Context<PageEnv>): Promise<string | null> {
  const [, keyId, token] = PENDING.exec(getCookie(c, PENDING_COOKIE) ?? '') ?? []
  if (keyId === undefined || token === undefined) return null
  const key = keyById(readKeyring(c.env.SESSION_KEY), keyId)
  return key && keyedHash(key, PENDING_USE, token)
}

export async function mintPending(sessionKey: string): Promise<{ id: string; idHash: string }> {
  const [key] = readKeyring(sessionKey)
  const token = randomToken()
  return { id: `${key.id}.${token}`, idHash: await keyedHash(key, PENDING_USE, token) }
}

export function handOutPending(c: Context, id: string): void {
  setPendingCookie(c, id, PENDING_TTL_MS / 1000)
}

export function takeBackPending(c: Context): void {
  setPendingCookie(c, '', 0)
}

function setPendingCookie(c: Context, value: string, maxAge: number) {
  setCookie(c, PENDING_COOKIE, value, { path: '/', secure: true, httpOnly: true, sameSite: 'Strict', maxAge })
}
