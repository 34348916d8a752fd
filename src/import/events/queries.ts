import { eq, sql } from 'drizzle-orm'
import type { Database } from '../../core/database.ts'
import { deliveries, feedEvents } from '../../schema.ts'
import type { NewDelivery } from '../delivery-queries.ts'
import { runTogether, statementOf } from '../row-queries.ts'
import type { EventRow } from './event-row.ts'

export type NewEvent = { eventId: string; kind: string; happenedAt: number; row: EventRow }

/** Keeps events until they are bundled, and answers how many were not known. One that is known stays as it was. */
export async function insertEvents(
  db: Database,
  feed: string,
  events: readonly NewEvent[],
  now: Date,
): Promise<number> {
  const values = events.map(({ eventId, kind, happenedAt, row }) => [eventId, kind, happenedAt, row])
  const inserted = await db.all<{ id: number }>(sql`
    INSERT INTO feed_events (feed, event_id, kind, happened_at, received_at, body)
    SELECT ${feed}, value ->> 0, value ->> 1, value ->> 2, ${now.getTime()}, value -> 3
    FROM json_each(${JSON.stringify(values)})
    WHERE true
    ON CONFLICT (feed, event_id) DO NOTHING
    RETURNING id`)
  return inserted.length
}

/** Events that are to become one delivery, which bears this id. */
export type Claim = { feed: string; deliveryId: string }

/** What was claimed for a delivery that has not come to be: whoever claimed it was stopped. */
export async function listOpenClaims(db: Database): Promise<Claim[]> {
  return db.all<Claim>(sql`
    SELECT DISTINCT feed, delivery_id AS deliveryId FROM feed_events
    WHERE body IS NOT NULL AND delivery_id IS NOT NULL`)
}

export async function listFeedsWithEvents(db: Database): Promise<string[]> {
  const feeds = await db.all<{ feed: string }>(sql`
    SELECT DISTINCT feed FROM feed_events WHERE body IS NOT NULL AND delivery_id IS NULL`)
  return feeds.map(({ feed }) => feed)
}

/** Claims what waits, in the vendor's order, and answers how many events that are. */
export async function claimEvents(db: Database, { feed, deliveryId }: Claim, limit: number): Promise<number> {
  const claimed = await db.all<{ id: number }>(sql`
    UPDATE feed_events SET delivery_id = ${deliveryId}
    WHERE id IN (
      SELECT id FROM feed_events WHERE feed = ${feed} AND body IS NOT NULL AND delivery_id IS NULL
      ORDER BY happened_at, id LIMIT ${limit})
    RETURNING id`)
  return claimed.length
}

/** An event of a claim. `row` is null where whoever it named has left since. */
export type ClaimedEvent = {
  id: number
  eventId: string
  kind: string
  happenedAt: number
  receivedAt: number
  row: EventRow | null
}

export async function listClaimedEvents(db: Database, deliveryId: string): Promise<ClaimedEvent[]> {
  const events = await db.all<Omit<ClaimedEvent, 'row'> & { body: string }>(sql`
    SELECT id, event_id AS eventId, kind, happened_at AS happenedAt, received_at AS receivedAt, body
    FROM feed_events WHERE body IS NOT NULL AND delivery_id = ${deliveryId}
    ORDER BY happened_at, id`)
  return events.map(({ body, ...event }) => ({
    ...event,
    row: body === '{}' ? null : (JSON.parse(body) as EventRow),
  }))
}

/** Lets go of events that do not fit into their delivery. */
export async function releaseEvents(db: Database, ids: readonly number[]): Promise<void> {
  await db.run(sql`
    UPDATE feed_events SET delivery_id = NULL
    WHERE body IS NOT NULL AND id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`)
}

/**
 * Registers the delivery of a claim, and takes out of the events what the delivery has from now on; both or neither. A
 * second time it does nothing. `delivery` is null where nothing is left to deliver.
 */
export async function settleClaim(
  db: Database,
  deliveryId: string,
  delivery: NewDelivery | null,
): Promise<void> {
  const emptied = db.update(feedEvents).set({ body: null }).where(eq(feedEvents.deliveryId, deliveryId))
  await runTogether(db, [
    ...(delivery === null
      ? []
      : [
          statementOf(
            db,
            db
              .insert(deliveries)
              .values({ ...delivery, state: 'received' })
              .onConflictDoNothing({ target: deliveries.id }),
          ),
        ]),
    statementOf(db, emptied),
  ])
}
