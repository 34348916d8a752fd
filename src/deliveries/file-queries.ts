import { sql } from 'drizzle-orm'
import { type Action, staffActor } from '../audit/actions.ts'
import { audited } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import { askTogether } from '../import/row-queries.ts'
import { deliveries } from '../schema.ts'
import type { KeptRow, LineCursor } from './delivery-detail.ts'
import { selectKeptRows } from './line-queries.ts'

/**
 * A delivery whose bytes somebody is about to get, or a list of its rows: that stands in the audit log before they do.
 * Null where there is none.
 */
export async function takeNoted(
  db: Database,
  id: string,
  action: Action & ('delivery.downloaded' | 'rows.exported'),
  staffId: number,
  now: Date,
) {
  const isThere = sql`EXISTS (SELECT 1 FROM deliveries WHERE id = ${id})`
  const event = { action, actor: staffActor(staffId), details: { delivery: id } }
  const { before, after } = audited(db, event, now, isThere)
  const [, , , found] = await db.batch([before, ...after, selectFile(db, id)])
  return found[0] ?? null
}

export async function findFile(db: Database, id: string) {
  return (await selectFile(db, id))[0] ?? null
}

function selectFile(db: Database, id: string) {
  return db
    .select({
      name: deliveries.name,
      objectKey: deliveries.objectKey,
      rawDeletedAt: deliveries.rawDeletedAt,
    })
    .from(deliveries)
    .where(sql`${deliveries.id} = ${id}`)
}

export type ExportedRow = KeptRow & { candidateId: string | null; examCode: string | null; raw: string }

/** Every row that was kept, page by page. */
export async function listExportedRows(
  db: Database,
  id: string,
  after: LineCursor | null,
  limit: number,
): Promise<ExportedRow[]> {
  const more = sql.raw(', candidate_id AS candidateId, exam_code AS examCode, raw')
  const [rows] = await askTogether<[ExportedRow]>(db, [selectKeptRows(id, false, after, limit, more)])
  return rows
}
