import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { AppEnv } from '../core/app-env.ts'
import type { AccountName } from './account-name.ts'

const RETRY_AFTER_S = 60

/** A brake on guessing: so many tries a minute for each account, and for each network, whoever asks. */
export async function limitAttempts<PageEnv extends AppEnv>(c: Context<PageEnv>, name: AccountName) {
  const account = name.kind === 'email' ? name.normalized : name.id.toUpperCase()
  const network = networkOf(c.req.header('cf-connecting-ip') ?? 'local')
  const outcomes = await Promise.all(
    [`network:${network}`, `account:${account}`].map((key) => c.env.SIGN_IN_LIMITER.limit({ key })),
  )
  if (outcomes.every(({ success }) => success)) return
  c.header('retry-after', String(RETRY_AFTER_S))
  throw new HTTPException(429)
}

/** An IPv4 address, or the /64 of an IPv6 address: one customer has all 2^64 of those. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address
  const [head = '', tail] = address.split('::')
  const groups = head === '' ? [] : head.split(':')
  if (tail !== undefined) {
    const after = tail === '' ? 0 : tail.split(':').length
    while (groups.length + after < 8) groups.push('0')
  }
  return groups.slice(0, 4).join(':')
}
