import { sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import type { LeftOut, Sequences } from './check-manifest.ts'

/**
 * The numbers of the feed's other manifests whose deliveries were applied, next to this one's. None from it on for a
 * delivery that was applied before: it is only imported again.
 */
export async function findSequences(
  db: Database,
  { id, feed, run }: { id: string; feed: string; run: number },
  sequence: number,
): Promise<Sequences> {
  const others = sql`
    FROM deliveries
    WHERE feed = ${feed} AND manifest IS NOT NULL AND id <> ${id}
      AND (state = 'imported' OR (state = 'needs_review' AND brakes IS NULL))`
  const [found] = await db.all<Sequences & { wasApplied: number }>(sql`
    SELECT
      (SELECT max(manifest ->> 'sequence') ${others} AND manifest ->> 'sequence' < ${sequence}) AS "before",
      (SELECT max(manifest ->> 'sequence') ${others} AND manifest ->> 'sequence' >= ${sequence}) AS notBefore,
      EXISTS (SELECT 1 FROM delivery_chunks WHERE delivery_id = ${id} AND run < ${run}) AS wasApplied`)
  const { before, notBefore, wasApplied } = found!
  return { before, notBefore: wasApplied === 1 ? null : notBefore }
}

/** Of the feed's registrations whose sitting is awaited, those that the staged tables, by number, leave out. */
export async function countLeftOut(
  db: Database,
  { id, feed }: { id: string; feed: string },
  tables: readonly number[],
): Promise<LeftOut> {
  const [counted] = await db.all<LeftOut>(sql`
    SELECT count(*) AS open, coalesce(sum(NOT EXISTS (
      SELECT 1 FROM staged_rows
      WHERE delivery_id = ${id} AND "key" = registrations.registration_id
        AND number IN (SELECT value FROM json_each(${JSON.stringify(tables)})))), 0) AS missing
    FROM registrations
    WHERE feed = ${feed} AND state IN ('authorized', 'scheduled', 'rescheduled') AND NOT EXISTS (
      SELECT 1 FROM results
      WHERE results.feed = registrations.feed AND results.registration_id = registrations.registration_id)`)
  return counted!
}
