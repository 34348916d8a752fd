import * as v from 'valibot'
import type { ChainHead } from './chain.ts'

// The folder on which the bucket's lock lies, so that nobody can take a head away again.
const HEADS = 'audit/heads/'

const Head = v.object({
  seq: v.pipe(v.number(), v.integer(), v.minValue(1)),
  hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
})

/** A head as it was written down, and under which key. */
export type NotedHead = ChainHead & { key: string }

/**
 * Writes down the head of the chain for the day on which it is asked to, in UTC. What stands there already is never
 * changed. Answers whether it was written.
 */
export async function noteHead(bucket: R2Bucket, { seq, hash }: ChainHead, now: Date): Promise<boolean> {
  const key = `${HEADS}${now.toISOString().slice(0, 10)}.json`
  const written = await bucket.put(key, JSON.stringify({ seq, hash, at: now.toISOString() }), {
    onlyIf: { etagDoesNotMatch: '*' },
    httpMetadata: { contentType: 'application/json' },
  })
  return written !== null
}

/** Every head that was written down, the oldest first. One that cannot be read is a fault, and said. */
export async function listNotedHeads(bucket: R2Bucket): Promise<NotedHead[]> {
  const keys: string[] = []
  let cursor: string | undefined
  do {
    const listed = await bucket.list({ prefix: HEADS, ...(cursor !== undefined && { cursor }) })
    keys.push(...listed.objects.map(({ key }) => key))
    cursor = listed.truncated ? listed.cursor : undefined
  } while (cursor !== undefined)

  const heads: NotedHead[] = []
  for (const key of keys.sort()) {
    const object = await bucket.get(key)
    const head = v.safeParse(Head, await object?.json().catch(() => null))
    if (!head.success) throw new Error(`${key} cannot be read as a head of the audit log`)
    heads.push({ key, ...head.output })
  }
  return heads
}
