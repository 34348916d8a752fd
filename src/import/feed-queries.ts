import { and, asc, eq, gt, or } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { feeds } from '../schema.ts'
import { type Feed, feedOf } from './feeds.ts'

/** As a statement that can ride in another question's batch; feedOf reads what it answers. */
export function selectFeed(db: Database, id: string) {
  return db
    .select({ id: feeds.id, name: feeds.name, settings: feeds.settings, stoppedAt: feeds.stoppedAt })
    .from(feeds)
    .where(eq(feeds.id, id))
}

export async function findFeed(db: Database, id: string): Promise<Feed | null> {
  const [stored] = await selectFeed(db, id)
  return stored ? feedOf(stored) : null
}

/** Of a delivery's feed there is no doubt: none is ever deleted. */
export async function loadFeed(db: Database, id: string): Promise<Feed> {
  const feed = await findFeed(db, id)
  if (!feed) throw new Error(`the feed ${id} is gone`)
  return feed
}

/** All feeds, also those that are stopped. */
export async function listFeeds(db: Database): Promise<Feed[]> {
  const stored = await db
    .select({ id: feeds.id, name: feeds.name, settings: feeds.settings, stoppedAt: feeds.stoppedAt })
    .from(feeds)
    .orderBy(asc(feeds.id))
  return stored.map(feedOf)
}

/** The feed that a token opens, by the token's hash. After it was replaced it may do so for a while. */
export async function findFeedOfToken(db: Database, tokenHash: string, now: Date): Promise<string | null> {
  const isOldOne = and(eq(feeds.oldTokenHash, tokenHash), gt(feeds.oldTokenUntil, now))
  const [found] = await db
    .select({ id: feeds.id })
    .from(feeds)
    .where(or(eq(feeds.tokenHash, tokenHash), isOldOne))
  return found?.id ?? null
}
