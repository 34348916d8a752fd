import { sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'

/** IDs that were merged into other records, and whose they are now. */
export type Aliases = ReadonlyMap<string, string>

/** As a statement for a batch: whether any record was ever merged. Most programs go long without. */
export function selectHasAliases(db: Database) {
  return db
    .select({ found: sql<number>`EXISTS (SELECT 1 FROM candidate_aliases)`.as('found') })
    .from(sql`(SELECT 1)`)
}

/** Of the IDs that rows name, those that were merged. Vendors go on using them for ever. */
export async function loadAliases(db: Database, candidateIds: readonly string[]): Promise<Aliases> {
  const ids = JSON.stringify([...new Set(candidateIds)])
  const found = await db.all<{ aliasId: string; candidateId: string }>(sql`
    SELECT alias_id AS aliasId, candidate_id AS candidateId FROM candidate_aliases
    WHERE alias_id IN (SELECT value FROM json_each(${ids}))`)
  return new Map(found.map(({ aliasId, candidateId }) => [aliasId, candidateId]))
}
