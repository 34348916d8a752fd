import { and, eq, isNull, or, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { quarantinedRows } from '../schema.ts'
import type { Origin } from './origin.ts'
import type { Fault, KeptRow, RowKind } from './row.ts'
import { inSlices, type Statement, statementOf } from './row-queries.ts'

/** Of a row that is longer than any row should be, so much is kept; the whole delivery lies in the bucket. */
const LONGEST_RAW = 20_000

/**
 * Keeps rows with their reasons. A row that waits for nothing is resolved the moment it is kept. One that was kept in an
 * earlier run has the reason of this one, unless somebody has settled it since.
 */
export function keepRows(
  db: Database,
  { deliveryId, member }: { deliveryId: string; member: string },
  rows: readonly KeptRow[],
  now: Date,
): Statement[] {
  const values = rows.map(
    ({ line, kind, fault, raw, fields, candidateId, examCode, registrationId, waits }) => [
      line,
      kind,
      fault.reason,
      fault.message,
      raw.slice(0, LONGEST_RAW),
      fields === null ? null : JSON.stringify(fields),
      candidateId,
      examCode,
      waits ? null : now.getTime(),
      registrationId ?? null,
    ],
  )
  return inSlices(
    db,
    values,
    (json) =>
      sql`
      INSERT INTO quarantined_rows (delivery_id, member, line, kind, reason, message, raw, fields, candidate_id,
        exam_code, resolved_at, registration_id, quarantined_at)
      SELECT ${deliveryId}, ${member}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5,
        value ->> 6, value ->> 7, value ->> 8, value ->> 9, ${now.getTime()}
      FROM json_each(${json})
      WHERE true
      ON CONFLICT (delivery_id, member, line) DO UPDATE SET
        kind = excluded.kind, reason = excluded.reason, message = excluded.message, raw = excluded.raw,
        fields = excluded.fields, candidate_id = excluded.candidate_id, exam_code = excluded.exam_code,
        resolved_at = excluded.resolved_at, quarantined_at = excluded.quarantined_at
      WHERE quarantined_rows.resolved_at IS NULL AND quarantined_rows.quarantined_at < excluded.quarantined_at`,
  )
}

/**
 * What a later run does for rows that waited since an earlier one, and do not any more: of the lines from `from` to
 * before `to` those that are not among `waiting`.
 */
export function settleRowsOfRun(
  db: Database,
  { deliveryId, member }: { deliveryId: string; member: string },
  lines: { from: number; to: number; waiting: readonly number[] },
  now: Date,
): Statement {
  return statementOf(
    db,
    sql`
      UPDATE quarantined_rows SET resolved_at = ${now.getTime()}
      WHERE delivery_id = ${deliveryId} AND member = ${member} AND line >= ${lines.from} AND line < ${lines.to}
        AND resolved_at IS NULL AND line NOT IN (SELECT value FROM json_each(${JSON.stringify(lines.waiting)}))`,
  )
}

export type WaitingRow = {
  deliveryId: string
  run: number
  feed: string
  vendorTime: number
  member: string
  line: number
  kind: RowKind
  raw: string
  fields: string
}

/** Rows whose candidate, exam or sitting has come to be known since, by delivery and in their order. */
export async function listReplayableRows(
  db: Database,
  examCodes: readonly string[],
  limit: number,
): Promise<WaitingRow[]> {
  return db.all<WaitingRow>(sql`
    SELECT deliveries.id AS deliveryId, deliveries.run, deliveries.feed, deliveries.vendor_time AS vendorTime, waiting.member,
      waiting.line, waiting.kind, waiting.raw, waiting.fields
    FROM (
      SELECT rows.* FROM quarantined_rows rows JOIN candidates ON candidates.id = rows.candidate_id
      WHERE rows.resolved_at IS NULL AND rows.reason = 'unknown_candidate'
      UNION ALL
      SELECT * FROM quarantined_rows
      WHERE resolved_at IS NULL AND reason = 'unknown_exam'
        AND exam_code IN (SELECT value FROM json_each(${JSON.stringify(examCodes)}))
      UNION ALL
      SELECT rows.* FROM quarantined_rows rows JOIN deliveries arrived ON arrived.id = rows.delivery_id
      WHERE rows.resolved_at IS NULL AND rows.reason = 'event_before_result'
        AND CASE rows.kind
          WHEN 'result' THEN EXISTS (SELECT 1 FROM results
            WHERE feed = arrived.feed AND registration_id = rows.registration_id)
          ELSE EXISTS (SELECT 1 FROM registrations
            WHERE feed = arrived.feed AND registration_id = rows.registration_id) END
    ) AS waiting
    JOIN deliveries ON deliveries.id = waiting.delivery_id
    ORDER BY deliveries.vendor_time, deliveries.id, waiting.member, waiting.kind, waiting.line
    LIMIT ${limit}`)
}

/**
 * Notes what became of rows that were tried again: they count now, or wait for another reason. The delivery stands in
 * the JSON for the reason given at confirmResults.
 */
export function settleRows(
  db: Database,
  { deliveryId, member, importedAt }: Pick<Origin, 'deliveryId' | 'member' | 'importedAt'>,
  settled: readonly { line: number; fault: Fault | null }[],
): Statement[] {
  const values = settled.map(({ line, fault }) => [
    deliveryId,
    line,
    fault?.reason ?? null,
    fault?.message ?? null,
  ])
  return inSlices(
    db,
    values,
    (json) =>
      sql`
      UPDATE quarantined_rows SET
        resolved_at = iif(settled.value ->> 2 IS NULL, ${importedAt.getTime()}, NULL),
        reason = coalesce(settled.value ->> 2, reason), message = coalesce(settled.value ->> 3, message)
      FROM json_each(${json}) AS settled
      WHERE delivery_id = settled.value ->> 0 AND member = ${member} AND line = settled.value ->> 1`,
  )
}

export type Problem = Pick<typeof quarantinedRows.$inferSelect, 'member' | 'line' | 'reason' | 'message'>

/** What is to be told about a delivery: rows that wait, and remarks. What was resolved later is not a problem. */
export function selectProblems(db: Database, deliveryId: string, page: { limit: number; offset: number }) {
  return db
    .select({
      member: quarantinedRows.member,
      line: quarantinedRows.line,
      reason: quarantinedRows.reason,
      message: quarantinedRows.message,
    })
    .from(quarantinedRows)
    .where(
      and(
        eq(quarantinedRows.deliveryId, deliveryId),
        or(isNull(quarantinedRows.resolvedAt), eq(quarantinedRows.resolvedAt, quarantinedRows.quarantinedAt)),
      ),
    )
    .orderBy(quarantinedRows.member, quarantinedRows.line)
    .limit(page.limit)
    .offset(page.offset)
}
