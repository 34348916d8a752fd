import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { type Action, staffActor } from '../audit/actions.ts'
import { audited } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import type { FeedSettings } from '../import/feed-settings.ts'
import { feeds } from '../schema.ts'

/** So long a token opens its feed after another was made. */
const OLD_TOKEN_COUNTS_MS = 24 * 3_600_000

type Who = { staffId: number; now: Date }

/** Makes a feed; false where one has this ID. */
export async function insertFeed(
  db: Database,
  feed: { id: string; name: string; settings: object },
  { staffId, now }: Who,
): Promise<boolean> {
  const [made] = await db.batch([
    db
      .insert(feeds)
      .values({ ...feed, createdAt: now, changedAt: now })
      .onConflictDoNothing({ target: feeds.id })
      .returning({ id: feeds.id }),
    ...told(db, 'feed.made', { feed: feed.id }, { staffId, now }),
  ])
  return made.length > 0
}

/** Changes a feed that still is as somebody saw it: false where it was changed since `version`. */
export async function changeFeed(
  db: Database,
  { id, version }: { id: string; version: number },
  change: { name?: string; settings: FeedSettings },
  { staffId, now }: Who,
): Promise<boolean> {
  const [changed] = await db.batch([
    db
      .update(feeds)
      .set({ ...change, version: version + 1, changedAt: now })
      .where(and(eq(feeds.id, id), eq(feeds.version, version)))
      .returning({ id: feeds.id }),
    ...told(db, 'feed.changed', { feed: id, version: version + 1 }, { staffId, now }),
  ])
  return changed.length > 0
}

/** Stops a feed or starts it again; doing it twice does it once. */
export async function setStopped(
  db: Database,
  id: string,
  isStopped: boolean,
  { staffId, now }: Who,
): Promise<void> {
  await db.batch([
    db
      .update(feeds)
      .set({ stoppedAt: isStopped ? now : null, version: sql`version + 1`, changedAt: now })
      .where(and(eq(feeds.id, id), isStopped ? isNull(feeds.stoppedAt) : isNotNull(feeds.stoppedAt))),
    ...told(db, isStopped ? 'feed.stopped' : 'feed.started', { feed: id }, { staffId, now }),
  ])
}

/**
 * Gives a feed another token, by its hash, in the place of the one made at `madeAt`: false where somebody replaced that
 * since. The one before still counts for a day, unless `atOnce`.
 */
export async function replaceToken(
  db: Database,
  { id, hash, madeAt, atOnce }: { id: string; hash: string; madeAt: Date | null; atOnce: boolean },
  { staffId, now }: Who,
): Promise<boolean> {
  const until = now.getTime() + OLD_TOKEN_COUNTS_MS
  const [replaced] = await db.batch([
    db
      .update(feeds)
      .set({
        tokenHash: hash,
        tokenMadeAt: now,
        oldTokenHash: atOnce ? null : sql`token_hash`,
        oldTokenUntil: atOnce ? null : sql`iif(token_hash IS NULL, NULL, ${until})`,
      })
      .where(and(eq(feeds.id, id), madeAt ? eq(feeds.tokenMadeAt, madeAt) : isNull(feeds.tokenMadeAt)))
      .returning({ id: feeds.id }),
    ...told(db, 'feed.token-made', { feed: id }, { staffId, now }),
  ])
  return replaced.length > 0
}

function told(db: Database, action: Action, details: Record<string, string | number>, { staffId, now }: Who) {
  return audited(db, { action, actor: staffActor(staffId), details }, now).after
}
