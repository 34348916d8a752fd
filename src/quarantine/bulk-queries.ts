import { sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import type { Filter } from './list-filter.ts'
import { waitingRows, within } from './list-queries.ts'

/** Far below the 30 seconds that one statement may take. */
const MARKED_AT_ONCE = 20_000

/** Has waiting rows read again from their text, whoever comes first: this request, or the trigger. */
export async function askForReading(db: Database, filter: Filter): Promise<void> {
  await db.run(sql`
    UPDATE quarantined_rows SET feed_version = 0
    WHERE resolved_at IS NULL AND (delivery_id, member, line) IN (
      SELECT delivery_id, member, line FROM ${waitingRows(filter)}
      WHERE resolved_at IS NULL AND ${within(filter)} LIMIT ${MARKED_AT_ONCE})`)
}
