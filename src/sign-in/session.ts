import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { AppEnv } from '../core/app-env.ts'
import { keyById, keyedHash, readKeyring } from '../core/keyring.ts'
import { randomToken } from '../core/tokens.ts'

const SESSION_COOKIE = '__Host-session'
const SESSION_USE = 'session 1'

/** A session that nobody used for this long is over (OWASP ASVS 5.0, 7.3.1). */
export const SESSION_IDLE_MS = 30 * 60_000
/** A session is over after this long, however busy (ASVS 7.3.2). */
export const SESSION_MAX_MS = 12 * 3_600_000
/** Pages that change how one gets in want to see proof of who it is that is no older than this (ASVS 7.5.1). */
export const FRESH_MS = 10 * 60_000
/** Use is written down at most this often, so that reading pages is not writing rows. */
export const SESSION_TOUCH_MS = 60_000

/** Whether a session still opens doors at `now`. */
export function sessionIsLive(session: { createdAt: Date; lastSeenAt: Date }, now: Date): boolean {
  return (
    now.getTime() - session.createdAt.getTime() < SESSION_MAX_MS &&
    now.getTime() - session.lastSeenAt.getTime() < SESSION_IDLE_MS
  )
}

/** Whether its holder has proved who they are lately enough for what is sensitive. */
export function sessionIsFresh({ authenticatedAt }: { authenticatedAt: Date }, now: Date): boolean {
  return now.getTime() - authenticatedAt.getTime() < FRESH_MS
}

const SESSION_ID = /^([a-z0-9]{1,8})\.([A-Za-z0-9_-]{43})$/

/** The hash under which the caller's session would be stored; null for no cookie or one that cannot be ours. */
export async function presentedSession<PageEnv extends AppEnv>(c: Context<PageEnv>): Promise<string | null> {
  return sessionHash(getCookie(c, SESSION_COOKIE), c.env.SESSION_KEY)
}

/** A session id says which key of SESSION_KEY it is kept under; dropping a key from there ends its sessions. */
export async function sessionHash(id: string | undefined, sessionKey: string): Promise<string | null> {
  const [, keyId, token] = SESSION_ID.exec(id ?? '') ?? []
  if (keyId === undefined || token === undefined) return null
  const key = keyById(readKeyring(sessionKey), keyId)
  return key && keyedHash(key, SESSION_USE, token)
}

/** A session id that nobody ever had before: what the browser is given, and the keyed hash that we keep. */
export async function mintSession(sessionKey: string): Promise<{ id: string; idHash: string }> {
  const [key] = readKeyring(sessionKey)
  const token = randomToken()
  return { id: `${key.id}.${token}`, idHash: await keyedHash(key, SESSION_USE, token) }
}

export function handOutSession(c: Context, id: string): void {
  setSessionCookie(c, id, SESSION_MAX_MS / 1000)
}

/** With it goes what the browser keeps of pages (ASVS 5.0, 14.3.1). */
export function takeBackSession(c: Context): void {
  setSessionCookie(c, '', 0)
  c.header('clear-site-data', '"cache"')
}

function setSessionCookie(c: Context, value: string, maxAge: number) {
  setCookie(c, SESSION_COOKIE, value, { path: '/', secure: true, httpOnly: true, sameSite: 'Lax', maxAge })
}
