import { asc, isNull } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { feeds } from '../schema.ts'
import type { FeedName } from './delivery-list.ts'

/** The feeds that take files in. */
export async function listOpenFeeds(db: Database): Promise<FeedName[]> {
  return db
    .select({ id: feeds.id, name: feeds.name })
    .from(feeds)
    .where(isNull(feeds.stoppedAt))
    .orderBy(asc(feeds.name), asc(feeds.id))
}
