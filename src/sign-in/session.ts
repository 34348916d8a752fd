import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { randomToken, sha256Hex, TOKEN_PATTERN } from '../core/tokens.ts'

const SESSION_COOKIE = '__Host-session'

/** A session that nobody used for this long is over (OWASP ASVS 5.0, 7.3.1). */
export const SESSION_IDLE_MS = 30 * 60_000
/** A session is over after this long, however busy (ASVS 7.3.2). */
export const SESSION_MAX_MS = 12 * 3_600_000
/** Use is written down at most this often, so that reading pages is not writing rows. */
export const SESSION_TOUCH_MS = 60_000

/** Whether a session still opens doors at `now`. */
export function sessionIsLive(session: { createdAt: Date; lastSeenAt: Date }, now: Date): boolean {
  return (
    now.getTime() - session.createdAt.getTime() < SESSION_MAX_MS &&
    now.getTime() - session.lastSeenAt.getTime() < SESSION_IDLE_MS
  )
}

/** The hash under which the caller's session would be stored; null for no cookie or one that cannot be ours. */
export async function presentedSession(c: Context): Promise<string | null> {
  const id = getCookie(c, SESSION_COOKIE)
  return id !== undefined && TOKEN_PATTERN.test(id) ? sha256Hex(id) : null
}

/** A session id that nobody ever had before: what the browser is given, and the hash that we keep. */
export async function mintSession(): Promise<{ id: string; idHash: string }> {
  const id = randomToken()
  return { id, idHash: await sha256Hex(id) }
}

export function handOutSession(c: Context, id: string): void {
  setSessionCookie(c, id, SESSION_MAX_MS / 1000)
}

export function takeBackSession(c: Context): void {
  setSessionCookie(c, '', 0)
}

function setSessionCookie(c: Context, value: string, maxAge: number) {
  setCookie(c, SESSION_COOKIE, value, { path: '/', secure: true, httpOnly: true, sameSite: 'Lax', maxAge })
}
