import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { AppEnv } from '../core/app-env.ts'
import { randomToken, sha256Hex, TOKEN_PATTERN } from '../core/tokens.ts'

const PENDING_COOKIE = '__Host-pending'

/** After the password the code is awaited for this long (ASVS 5.0, 6.5.5), in the same browser. */
export const PENDING_MS = 10 * 60_000

/** The hash under which the caller's half sign-in would be kept; null for no cookie or one that cannot be ours. */
export async function presentedPending<PageEnv extends AppEnv>(c: Context<PageEnv>): Promise<string | null> {
  const token = getCookie(c, PENDING_COOKIE) ?? ''
  return TOKEN_PATTERN.test(token) ? sha256Hex(token) : null
}

export async function mintPending(): Promise<{ token: string; idHash: string }> {
  const token = randomToken()
  return { token, idHash: await sha256Hex(token) }
}

export function handOutPending(c: Context, token: string): void {
  setPendingCookie(c, token, PENDING_MS / 1000)
}

export function takeBackPending(c: Context): void {
  setPendingCookie(c, '', 0)
}

function setPendingCookie(c: Context, value: string, maxAge: number) {
  setCookie(c, PENDING_COOKIE, value, { path: '/', secure: true, httpOnly: true, sameSite: 'Strict', maxAge })
}
