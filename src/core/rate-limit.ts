import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'

const RETRY_AFTER_S = 60

/** The network that asks, as far as a rate limit can tell. */
export function askingNetwork(c: Context): string {
  return networkOf(c.req.header('cf-connecting-ip') ?? 'local')
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

/** Stops the request unless the limit has room for every key; each of them is counted, whatever the others say. */
export async function limitRate(c: Context, limiter: RateLimit, keys: readonly string[]): Promise<void> {
  const outcomes = await Promise.all(keys.map((key) => limiter.limit({ key })))
  if (outcomes.every(({ success }) => success)) return
  c.header('retry-after', String(RETRY_AFTER_S))
  throw new HTTPException(429)
}
