import { type SQL, sql } from 'drizzle-orm'

/**
 * What came of the rows of deliveries since then, by the quarter of an hour in which they were received: zones differ
 * by such, and the days of the picture are the program's.
 */
export function selectPicture(since: Date): SQL {
  return sql`
    SELECT received_at / 900000 * 900000 AS at, sum(chunk.rows_new + chunk.rows_changed) AS fresh,
      sum(chunk.rows_unchanged + chunk.rows_superseded) AS known, sum(chunk.rows_quarantined) AS waiting,
      count(DISTINCT deliveries.id) AS deliveries
    FROM deliveries CROSS JOIN delivery_chunks AS chunk
      ON chunk.delivery_id = deliveries.id AND chunk.run = deliveries.run
    WHERE received_at >= ${since.getTime()}
    GROUP BY 1`
}
