import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { AppEnv } from '../core/app-env.ts'
import { randomToken, sha256Hex, TOKEN_PATTERN } from '../core/tokens.ts'

const BROWSER_COOKIE = '__Host-browser'

/** A browser in which nobody signed in for this long is a stranger again. */
export const KNOWN_BROWSER_MS = 365 * 86_400_000

/** What a browser carries to show that an account was opened in it before. It opens nothing by itself. */
export type Browser = { token: string; tokenHash: string }

/** Null for a browser that carries nothing, or nothing of ours. */
export async function presentedBrowser<PageEnv extends AppEnv>(c: Context<PageEnv>): Promise<Browser | null> {
  const token = getCookie(c, BROWSER_COOKIE) ?? ''
  return TOKEN_PATTERN.test(token) ? { token, tokenHash: await sha256Hex(token) } : null
}

export async function mintBrowser(): Promise<Browser> {
  const token = randomToken()
  return { token, tokenHash: await sha256Hex(token) }
}

export function handOutBrowser(c: Context, { token }: Browser): void {
  const maxAge = KNOWN_BROWSER_MS / 1000
  setCookie(c, BROWSER_COOKIE, token, { path: '/', secure: true, httpOnly: true, sameSite: 'Strict', maxAge })
}
