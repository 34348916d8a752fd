import { sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'

/** IDs that were merged into other records, or linked to them by hand, and whose they are now. */
export type Aliases = ReadonlyMap<string, string>

/** As a statement for a batch: whether any record was ever merged, or any ID linked. Most programs go long without. */
export function selectHasAliases(db: Database) {
  const found = sql<number>`(EXISTS (SELECT 1 FROM candidate_aliases) OR EXISTS (SELECT 1 FROM candidate_links))`
  return db.select({ found: found.as('found') }).from(sql`(SELECT 1)`)
}

/** Of the IDs that a feed's rows name, those that are others' now. Vendors go on using them for ever. */
export async function loadAliases(
  db: Database,
  feed: string,
  candidateIds: readonly string[],
): Promise<Aliases> {
  const ids = JSON.stringify([...new Set(candidateIds)])
  const found = await db.all<{ aliasId: string; candidateId: string }>(sql`
    SELECT alias_id AS aliasId, candidate_id AS candidateId FROM candidate_aliases
    WHERE alias_id IN (SELECT value FROM json_each(${ids}))
    UNION ALL
    SELECT said_id, candidate_id FROM candidate_links
    WHERE feed = ${feed} AND said_id IN (SELECT value FROM json_each(${ids}))`)
  return new Map(found.map(({ aliasId, candidateId }) => [aliasId, candidateId]))
}
