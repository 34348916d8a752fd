import type { Context } from 'hono'
import type { AppEnv } from '../core/app-env.ts'
import { keyedHash, readKeyring } from '../core/keyring.ts'
import { askingNetwork, limitRate } from '../core/rate-limit.ts'
import type { AccountName } from './account-name.ts'

const NAME_USE = 'sign-in brake 1'

/**
 * A brake at the edge, before anything is looked up: so many tries a minute for each network, and for each name from
 * there. A name alone would let a stranger use up the tries of its holder; those are counted by brake-queries.ts.
 */
export async function limitAttempts<PageEnv extends AppEnv>(c: Context<PageEnv>, name: AccountName) {
  const network = askingNetwork(c)
  await limitRate(c, c.env.SIGN_IN_LIMITER, [`network:${network}`, `account:${network} ${spelled(name)}`])
}

/** The same brake where nobody is named. */
export async function limitNetwork<PageEnv extends AppEnv>(c: Context<PageEnv>) {
  await limitRate(c, c.env.SIGN_IN_LIMITER, [`network:${askingNetwork(c)}`])
}

/** What tries at a name that is nobody's are counted under: strangers' typing is kept nowhere. */
export function nameKey(sessionKey: string, name: AccountName): Promise<string> {
  return keyedHash(readKeyring(sessionKey)[0], NAME_USE, `${name.kind} ${spelled(name)}`)
}

function spelled(name: AccountName): string {
  return name.kind === 'email' ? name.normalized : name.id.toUpperCase()
}
