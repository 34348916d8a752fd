import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { AppEnv } from '../core/app-env.ts'
import { keyById, keyedHash, readKeyring } from '../core/keyring.ts'
import { randomToken } from '../core/tokens.ts'

// A cookie of its own: signing in as a candidate never makes anybody staff, nor the other way round.
const STAFF_COOKIE = '__Host-staff'
const STAFF_USE = 'staff session 1'

/** Shorter than for candidates: the console shows other people's records. */
export const STAFF_IDLE_MS = 30 * 60_000
export const STAFF_MAX_MS = 8 * 3_600_000
export const STAFF_TOUCH_MS = 60_000

const SESSION_ID = /^([a-z0-9]{1,8})\.([A-Za-z0-9_-]{43})$/

export function staffSessionIsLive(session: { createdAt: Date; lastSeenAt: Date }, now: Date): boolean {
  return (
    now.getTime() - session.createdAt.getTime() < STAFF_MAX_MS &&
    now.getTime() - session.lastSeenAt.getTime() < STAFF_IDLE_MS
  )
}

/** The hash under which the caller's staff session would be stored; null for no cookie or one that cannot be ours. */
export async function presentedStaffSession<PageEnv extends AppEnv>(
  c: Context<PageEnv>,
): Promise<string | null> {
  const [, keyId, token] = SESSION_ID.exec(getCookie(c, STAFF_COOKIE) ?? '') ?? []
  if (keyId === undefined || token === undefined) return null
  const key = keyById(readKeyring(c.env.SESSION_KEY), keyId)
  return key && keyedHash(key, STAFF_USE, token)
}

export async function mintStaffSession(sessionKey: string): Promise<{ id: string; idHash: string }> {
  const [key] = readKeyring(sessionKey)
  const token = randomToken()
  return { id: `${key.id}.${token}`, idHash: await keyedHash(key, STAFF_USE, token) }
}

export function handOutStaffSession(c: Context, id: string): void {
  setStaffCookie(c, id, STAFF_MAX_MS / 1000)
}

export function takeBackStaffSession(c: Context): void {
  setStaffCookie(c, '', 0)
  c.header('clear-site-data', '"cache"')
}

/** Strict: nothing outside the console leads into it. */
function setStaffCookie(c: Context, value: string, maxAge: number) {
  setCookie(c, STAFF_COOKIE, value, { path: '/', secure: true, httpOnly: true, sameSite: 'Strict', maxAge })
}
