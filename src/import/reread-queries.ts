import { and, eq, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { deliveries, deliveryMembers } from '../schema.ts'
import { type WaitingRow, waitingColumns } from './quarantine-queries.ts'

/** Waiting rows that were last read under earlier settings of their feed, by delivery and line. */
export async function listOutdatedRows(db: Database, limit: number): Promise<WaitingRow[]> {
  return db.all<WaitingRow>(sql`
    SELECT ${waitingColumns}
    FROM feeds CROSS JOIN quarantined_rows AS waiting INDEXED BY quarantined_rows_version_idx
      ON waiting.feed = feeds.id AND waiting.feed_version < feeds.version AND waiting.resolved_at IS NULL
    CROSS JOIN deliveries ON deliveries.id = waiting.delivery_id
    WHERE waiting.kind <> 'member'
    ORDER BY waiting.feed, waiting.feed_version, waiting.delivery_id, waiting.member, waiting.line
    LIMIT ${limit}`)
}

/** What the last run of a delivery found a table to be, and who sent it. */
export async function findTable(
  db: Database,
  { deliveryId, member }: { deliveryId: string; member: string },
) {
  const [found] = await db
    .select({ name: deliveryMembers.name, header: deliveryMembers.header, sender: deliveries.sender })
    .from(deliveryMembers)
    .innerJoin(deliveries, eq(deliveries.id, deliveryMembers.deliveryId))
    .where(and(eq(deliveryMembers.deliveryId, deliveryId), eq(deliveryMembers.name, member)))
    .limit(1)
  return found ?? null
}
