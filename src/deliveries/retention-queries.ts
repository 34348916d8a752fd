import { sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { deliveries, feedEvents } from '../schema.ts'

/**
 * Gives up the bytes of deliveries of a feed that were received before then and are done with, up to so many, and answers
 * how many. From then on none of them can be imported again. What waits for somebody keeps its bytes.
 */
export async function giveUpBytes(
  db: Database,
  feed: string,
  before: Date,
  limit: number,
  now: Date,
): Promise<number> {
  const done = sql`
    SELECT id FROM deliveries
    WHERE feed = ${feed} AND received_at < ${before.getTime()} AND raw_deleted_at IS NULL
      AND (state IN ('imported', 'failed') OR (state = 'needs_review' AND set_aside_by IS NOT NULL))
      AND NOT EXISTS (
        SELECT 1 FROM quarantined_rows
        WHERE quarantined_rows.delivery_id = deliveries.id AND quarantined_rows.resolved_at IS NULL)
    LIMIT ${limit}`
  const given = await db
    .update(deliveries)
    .set({ rawDeletedAt: now })
    .where(sql`${deliveries.id} IN (${done})`)
    .returning({ id: deliveries.id })
  return given.length
}

/**
 * Forgets events of a feed that were told before then and whose delivery's bytes are given up, up to so many, and answers
 * how many. One that is told again after that is taken in anew, and is old news by its own clock.
 */
export async function forgetEvents(db: Database, feed: string, before: Date, limit: number): Promise<number> {
  const spent = sql`
    SELECT id FROM feed_events
    WHERE feed = ${feed} AND body IS NULL AND received_at < ${before.getTime()}
      AND NOT EXISTS (
        SELECT 1 FROM deliveries WHERE deliveries.id = feed_events.delivery_id AND raw_deleted_at IS NULL)
    ORDER BY received_at LIMIT ${limit}`
  const forgotten = await db
    .delete(feedEvents)
    .where(sql`${feedEvents.id} IN (${spent})`)
    .returning({ id: feedEvents.id })
  return forgotten.length
}

export type GivenUp = { id: string; objectKey: string }

/** Deliveries whose bytes were given up and may still be in the bucket. */
export async function listGivenUp(db: Database, limit: number): Promise<GivenUp[]> {
  return db
    .select({ id: deliveries.id, objectKey: deliveries.objectKey })
    .from(deliveries)
    .where(sql`raw_deleted_at IS NOT NULL AND bytes_gone = 0`)
    .limit(limit)
}

export async function recordBytesGone(db: Database, ids: readonly string[]): Promise<void> {
  await db
    .update(deliveries)
    .set({ bytesGone: true })
    .where(sql`${deliveries.id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`)
}
