import type { Context } from 'hono'
import type { AppEnv } from '../core/app-env.ts'
import { askingNetwork, limitRate } from '../core/rate-limit.ts'
import type { AccountName } from './account-name.ts'

/** A brake on guessing: so many tries a minute for each account, and for each network, whoever asks. */
export async function limitAttempts<PageEnv extends AppEnv>(c: Context<PageEnv>, name: AccountName) {
  const account = name.kind === 'email' ? name.normalized : name.id.toUpperCase()
  await limitRate(c, c.env.SIGN_IN_LIMITER, [`network:${askingNetwork(c)}`, `account:${account}`])
}
