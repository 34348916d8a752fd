import { sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import type { Delivery } from '../import/delivery-queries.ts'
import { deliveries } from '../schema.ts'

/**
 * Deliveries that were not looked through since the last account was closed, and `through`, the entry of the audit
 * log that told of that. One that is yet to be imported, or just is, waits: its import reads by offsets.
 */
export async function listUncleared(
  db: Database,
  limit: number,
): Promise<{ through: number; uncleared: Delivery[] }> {
  const [last] = await db.all<{ through: number }>(sql`
    SELECT coalesce(max(seq), 0) AS through FROM audit_log WHERE action = 'account.closed'`)
  const through = last?.through ?? 0
  const uncleared = await db
    .select()
    .from(deliveries)
    .where(
      sql`${deliveries.clearedThrough} < ${through} AND ${deliveries.state} NOT IN ('received', 'importing')`,
    )
    .orderBy(sql`${deliveries.clearedThrough}, rowid`)
    .limit(limit)
  return { through, uncleared }
}

/** `bytes`: of the object as it is now. `isRedacted`: lines of it were blanked, now or before. */
export type Cleared = { bytes: number; isRedacted: boolean }

/** Notes that an object was looked through, and when lines of it were last blanked. */
export async function markCleared(
  db: Database,
  { id, through, bytes, isRedacted }: Cleared & { id: string; through: number },
  now: Date,
): Promise<void> {
  const isSame = sql`${deliveries.bytes} = ${bytes} AND ${deliveries.redactedAt} IS NOT NULL`
  await db
    .update(deliveries)
    .set({
      clearedThrough: sql`max(${deliveries.clearedThrough}, ${through})`,
      redactedAt: sql`iif(NOT ${isRedacted} OR (${isSame}), ${deliveries.redactedAt}, ${now.getTime()})`,
      bytes,
    })
    .where(sql`${deliveries.id} = ${id}`)
}

/** All IDs of closed accounts, by their hash, with when: some 100 bytes each, so some hundred thousand. */
export async function loadClosedIds(db: Database): Promise<ReadonlyMap<string, number>> {
  const closed = await db.all<{ idHmac: string; closedAt: number }>(
    sql`SELECT id_hmac AS idHmac, closed_at AS closedAt FROM closed_candidates`,
  )
  return new Map(closed.map(({ idHmac, closedAt }) => [idHmac, closedAt]))
}
