import { openDatabase } from '../core/database.ts'
import { listFeeds } from './feed-queries.ts'
import { digestOf, takeIn } from './take-in.ts'

/** Takes in what was put under `inbox/{feed}/`, and answers how many objects that were. */
export async function takeInInbox(env: Pick<Env, 'DB' | 'BUCKET'>, now: Date): Promise<number> {
  const db = openDatabase(env.DB)
  let taken = 0
  for (const feed of await listFeeds(db)) {
    if (feed.isStopped) continue
    const prefix = `inbox/${feed.id}/`
    for (const { key, size } of await listAll(env.BUCKET, prefix)) {
      const name = key.slice(prefix.length)
      if (name === '' || name.endsWith('/')) continue
      await takeIn(db, env.BUCKET, feed, {
        name,
        objectKey: key,
        bytes: size,
        sha256: await digestOf(env.BUCKET, key),
        receivedAt: now,
        receivedBy: 'inbox',
      })
      taken += 1
    }
  }
  return taken
}

async function listAll(bucket: R2Bucket, prefix: string): Promise<R2Object[]> {
  const objects: R2Object[] = []
  let cursor: string | undefined
  do {
    const page = await bucket.list({ prefix, ...(cursor !== undefined && { cursor }) })
    objects.push(...page.objects)
    cursor = page.truncated ? page.cursor : undefined
  } while (cursor !== undefined)
  return objects
}
