import { desc, eq, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { type Feed, feedOf } from '../import/feeds.ts'
import { deliveries, feeds } from '../schema.ts'

/** How many of a feed's newest deliveries are looked through for what waits, and how many rows are counted at most. */
export const DELIVERIES_LOOKED_AT = 100
export const MOST_COUNTED = 100

const MOST_FEEDS = 200
const NAMES_SHOWN = 5

type State = (typeof deliveries.$inferSelect)['state']

export type ListedFeed = {
  id: string
  name: string
  stoppedAt: number | null
  tokenMadeAt: number | null
  deliveryId: string | null
  deliveryState: State | null
  receivedAt: number | null
  waiting: number
}

/** Every feed with its newest delivery by the vendor's clock, and how many of its rows wait. */
export async function listFeedsInUse(db: Database): Promise<ListedFeed[]> {
  return db.all<ListedFeed>(sql`
    SELECT feeds.id, feeds.name, feeds.stopped_at AS stoppedAt, feeds.token_made_at AS tokenMadeAt,
      newest.id AS deliveryId, newest.state AS deliveryState, newest.received_at AS receivedAt,
      ${waitingRowsOf(sql`feeds.id`)} AS waiting
    FROM feeds LEFT JOIN deliveries AS newest ON newest.id = (
      SELECT id FROM deliveries WHERE feed = feeds.id ORDER BY vendor_time DESC, id DESC LIMIT 1)
    ORDER BY feeds.id LIMIT ${MOST_FEEDS}`)
}

function waitingRowsOf(feed: unknown) {
  return sql<number>`(SELECT count(*) FROM (
    SELECT 1 FROM (
      SELECT id FROM deliveries WHERE feed = ${feed} ORDER BY vendor_time DESC, id DESC LIMIT ${DELIVERIES_LOOKED_AT}
    ) AS recent
    JOIN quarantined_rows ON quarantined_rows.delivery_id = recent.id
    WHERE quarantined_rows.resolved_at IS NULL LIMIT ${MOST_COUNTED}))`
}

/** A feed as it is set, with the `version` that a change of it must name. `stored`: its settings, unread. */
export type SetFeed = Feed & {
  version: number
  stored: object
  stoppedAt: Date | null
  tokenMadeAt: Date | null
  oldTokenUntil: Date | null
}

export type NamedDelivery = { id: string; name: string; state: State; receivedAt: Date }

export async function findSetFeed(db: Database, id: string): Promise<SetFeed | null> {
  const [row] = await selectSetFeed(db, id)
  return row ? setFeedOf(row) : null
}

/** All that the page of a feed tells, in one round trip. */
export async function findFeedPage(
  db: Database,
  id: string,
): Promise<{ feed: SetFeed; newest: NamedDelivery[]; waiting: number } | null> {
  const [[row], newest, [counted]] = await db.batch([
    selectSetFeed(db, id),
    db
      .select({
        id: deliveries.id,
        name: deliveries.name,
        state: deliveries.state,
        receivedAt: deliveries.receivedAt,
      })
      .from(deliveries)
      .where(eq(deliveries.feed, id))
      .orderBy(desc(deliveries.vendorTime), desc(deliveries.id))
      .limit(NAMES_SHOWN),
    db.select({ waiting: waitingRowsOf(id).as('waiting') }).from(sql`(SELECT 1)`),
  ])
  return row ? { feed: setFeedOf(row), newest, waiting: counted!.waiting } : null
}

function selectSetFeed(db: Database, id: string) {
  return db.select().from(feeds).where(eq(feeds.id, id))
}

function setFeedOf(row: typeof feeds.$inferSelect): SetFeed {
  const { version, stoppedAt, tokenMadeAt, oldTokenUntil } = row
  const stored = row.settings as object
  return { ...feedOf(row), version, stored, stoppedAt, tokenMadeAt, oldTokenUntil }
}
