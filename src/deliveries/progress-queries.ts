import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import type { Counts } from '../import/row.ts'
import { askTogether } from '../import/row-queries.ts'
import { COUNT_COLUMNS } from './count-columns-queries.ts'
import type { Progress } from './progress.ts'

export type BytesDone = Omit<Progress, 'counts'>

/** How far an import has come, in one round trip; null where there is no such delivery. */
export async function findProgress(db: Database, id: string): Promise<Progress | null> {
  const [bytes, counts] = await askTogether<[BytesDone, Counts]>(db, [
    selectBytesDone(id),
    sql`SELECT ${COUNT_COLUMNS} FROM delivery_chunks AS chunk WHERE ${isOfRun(id)}`,
  ])
  return bytes[0] ? { ...bytes[0], counts: counts[0]! } : null
}

/** Headers are not read in pieces, so that how far a table is read is where its last piece ended. */
export function selectBytesDone(id: string): SQL {
  return sql`
    SELECT state,
      (SELECT coalesce(sum(reached), 0) FROM (
        SELECT max(next_offset) AS reached FROM staged_chunks WHERE ${isOfRun(id)} GROUP BY number)) AS stagedBytes,
      (SELECT coalesce(sum(reached), 0) FROM (
        SELECT max(next_offset) AS reached FROM delivery_chunks
        WHERE ${isOfRun(id)} AND next_offset > byte_offset GROUP BY member)) AS appliedBytes,
      (SELECT coalesce(sum(bytes), 0) FROM delivery_members
        WHERE delivery_id = ${id} AND kind IN ('candidate', 'registration', 'result', 'section', 'course')) AS totalBytes,
      (SELECT coalesce(sum(rows_read), 0) FROM staged_chunks WHERE ${isOfRun(id)}) AS "rows"
    FROM deliveries WHERE id = ${id}`
}

function isOfRun(id: string): SQL {
  return sql`delivery_id = ${id} AND run = (SELECT run FROM deliveries WHERE id = ${id})`
}
