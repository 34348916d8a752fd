import type { Context } from 'hono'
import { routePath } from 'hono/route'
import type { AppEnv } from './app-env.ts'

/**
 * Notes that somebody did not prove who they say they are (ASVS 5.0, 16.3.1): where, by what, and nothing of whom. The
 * log of the account tells of the delays that follow.
 */
export function logRefusal<PageEnv extends AppEnv>(
  c: Context<PageEnv>,
  by: 'password' | 'code' | 'passkey' | 'token' | 'signature',
): void {
  console.warn({ message: 'proof refused', route: routePath(c, -1), by })
}
