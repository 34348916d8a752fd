import { sql } from 'drizzle-orm'

/** What pieces of a run came to, added up; the table is called `chunk`. */
export const COUNT_COLUMNS = sql.raw(`
  coalesce(sum(chunk.rows_read), 0) AS "read", coalesce(sum(chunk.rows_new), 0) AS "new",
  coalesce(sum(chunk.rows_changed), 0) AS changed, coalesce(sum(chunk.rows_unchanged), 0) AS unchanged,
  coalesce(sum(chunk.rows_superseded), 0) AS superseded, coalesce(sum(chunk.rows_quarantined), 0) AS quarantined,
  coalesce(sum(chunk.rows_skipped), 0) AS skipped`)

/** Who of the staff sent it; null for machines. The delivery is called `delivery`. */
export const SENDER_NAME = sql.raw(`
  (SELECT staff.name FROM staff WHERE staff.id = CAST(substr(delivery.sender, 7) AS INTEGER)
    AND delivery.sender LIKE 'staff:%')`)
