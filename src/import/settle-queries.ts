import { type SQL, sql } from 'drizzle-orm'
import { DATABASE_CLOCK, type Database } from '../core/database.ts'
import type { settlements } from '../schema.ts'
import type { Counts, KeptRow } from './row.ts'
import { inSlices, type Statement, statementOf } from './row-queries.ts'

/** How rows come to wait no more: `settledBy` is who of the staff decided it, null where what they waited for came. */
export type Settling = {
  settlement: (typeof settlements)[number]
  settledBy: number | null
  note: string | null
}

/** Rows of one table of one delivery; `run`: the one in whose balance they are counted. */
export type RowsPlace = { deliveryId: string; run: number; member: string }

export type RowAddress = { deliveryId: string; member: string; line: number }

/** Breaks the whole batch unless the condition holds: nothing of it happens then. See isRefused. */
export function requireThat(db: Database, condition: SQL): Statement {
  return statementOf(
    db,
    sql`INSERT INTO quarantined_rows (delivery_id) SELECT NULL WHERE NOT coalesce(${condition}, 0)`,
  )
}

/** Whether requireThat broke a batch; nothing else writes rows without a delivery. */
export function isRefused(error: unknown): boolean {
  return error instanceof Error && /NOT NULL constraint failed: quarantined_rows\./.test(error.message)
}

/** Breaks the whole batch if any of these rows does not wait any more: somebody was faster. */
export function requireWaiting(db: Database, { deliveryId, member }: RowsPlace, lines: readonly number[]) {
  return requireThat(
    db,
    sql`${lines.length} = (
      SELECT count(*) FROM quarantined_rows
      WHERE delivery_id = ${deliveryId} AND member = ${member} AND resolved_at IS NULL
        AND line IN (SELECT value FROM json_each(${JSON.stringify(lines)})))`,
  )
}

/**
 * Keeps the balance of a delivery right: what was in quarantine moves to what it has become. Named after the first of
 * the lines, each of which moves once in a run.
 */
export function moveRows(
  db: Database,
  { deliveryId, run, member }: RowsPlace,
  lines: readonly number[],
  counts: Omit<Counts, 'read' | 'quarantined'>,
): Statement {
  const first = Math.min(...lines)
  return statementOf(
    db,
    sql`
      INSERT INTO delivery_chunks (delivery_id, run, member, byte_offset, next_offset, next_line, rows_read, rows_new,
        rows_changed, rows_unchanged, rows_superseded, rows_quarantined, rows_skipped, applied_at)
      VALUES (${deliveryId}, ${run}, ${`${member} (again)`}, ${first}, ${first}, ${first}, 0, ${counts.new},
        ${counts.changed}, ${counts.unchanged}, ${counts.superseded}, ${-lines.length}, ${counts.skipped},
        ${DATABASE_CLOCK})`,
  )
}

/** Notes that rows wait no more, and why. */
export function settleRows(
  db: Database,
  { deliveryId, member }: RowsPlace,
  lines: readonly number[],
  { settlement, settledBy, note }: Settling,
  now: Date,
): Statement[] {
  return inSlices(
    db,
    lines,
    (json) => sql`
      UPDATE quarantined_rows SET resolved_at = ${now.getTime()}, settlement = ${settlement},
        settled_by = ${settledBy}, settlement_note = ${note}
      WHERE delivery_id = ${deliveryId} AND member = ${member} AND resolved_at IS NULL
        AND line IN (SELECT value FROM json_each(${json}))`,
  )
}

/**
 * Notes what rows wait for that were tried once more. \`feedVersion\`: the settings under which they were read; null
 * where what had been understood of them before was taken.
 */
export function keepWaiting(
  db: Database,
  { deliveryId, member }: RowsPlace,
  rows: readonly Omit<KeptRow, 'raw' | 'waits'>[],
  feedVersion: number | null,
  now: Date,
): Statement[] {
  const values = rows.map(({ line, kind, fault, fields, candidateId, examCode, registrationId }) => [
    line,
    fault.reason,
    fault.message,
    fields === null ? null : JSON.stringify(fields),
    candidateId,
    examCode,
    kind,
    registrationId ?? null,
  ])
  return inSlices(
    db,
    values,
    (json) => sql`
      UPDATE quarantined_rows SET
        tried_at = iif(reason = tried.value ->> 1, ${now.getTime()}, NULL),
        reason = tried.value ->> 1, message = tried.value ->> 2, fields = tried.value ->> 3,
        candidate_id = tried.value ->> 4, exam_code = tried.value ->> 5,
        kind = tried.value ->> 6, registration_id = coalesce(tried.value ->> 7, registration_id),
        feed_version = coalesce(${feedVersion}, feed_version)
      -- With a limit the list is read first, and leads to the rows; else each row of the table would read the list.
      FROM (SELECT value FROM json_each(${json}) LIMIT -1) AS tried
      WHERE delivery_id = ${deliveryId} AND member = ${member} AND resolved_at IS NULL
        AND line = tried.value ->> 0`,
  )
}

/** Keeps nothing of rows that turned out to be about somebody who has left. */
export function blankRows(
  db: Database,
  { deliveryId, member }: RowsPlace,
  lines: readonly number[],
): Statement[] {
  return inSlices(
    db,
    lines,
    (json) => sql`
      UPDATE quarantined_rows SET raw = '', fields = NULL, message = '', candidate_id = NULL
      WHERE delivery_id = ${deliveryId} AND member = ${member} AND line IN (SELECT value FROM json_each(${json}))`,
  )
}

/**
 * Dismisses rows that still wait, whatever deliveries they are of: they do not count. A note about a whole member is
 * no row, and stands in no balance.
 */
export function dismissRows(
  db: Database,
  rows: readonly RowAddress[],
  { settledBy, note }: { settledBy: number; note: string },
  now: Date,
): Statement[] {
  const json = JSON.stringify(rows.map(({ deliveryId, member, line }) => [deliveryId, member, line]))
  const named = sql`json_each(${json}) AS named CROSS JOIN quarantined_rows AS rows
    ON rows.delivery_id = named.value ->> 0 AND rows.member = named.value ->> 1 AND rows.line = named.value ->> 2`
  return [
    statementOf(
      db,
      sql`
      INSERT INTO delivery_chunks (delivery_id, run, member, byte_offset, next_offset, next_line, rows_read, rows_new,
        rows_changed, rows_unchanged, rows_superseded, rows_quarantined, rows_skipped, applied_at)
      SELECT rows.delivery_id, rows.run, rows.member || ' (again)', min(rows.line), min(rows.line), min(rows.line), 0, 0,
        0, 0, 0, -count(*), count(*), ${DATABASE_CLOCK}
      FROM ${named}
      WHERE rows.resolved_at IS NULL AND rows.kind <> 'member'
      GROUP BY rows.delivery_id, rows.run, rows.member`,
    ),
    statementOf(
      db,
      sql`
      UPDATE quarantined_rows SET resolved_at = ${now.getTime()}, settlement = 'dismissed', settled_by = ${settledBy},
        settlement_note = ${note}
      WHERE resolved_at IS NULL AND (delivery_id, member, line) IN (
        SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(${json}))`,
    ),
  ]
}

/** Of these lines, those that one of the staff has settled, and how. */
export async function listSettledByHand(
  db: Database,
  { deliveryId, member }: { deliveryId: string; member: string },
  lines: readonly number[],
): Promise<Map<number, Settling['settlement']>> {
  const settled = await db.all<{ line: number; settlement: Settling['settlement'] }>(sql`
    SELECT line, settlement FROM quarantined_rows
    WHERE delivery_id = ${deliveryId} AND member = ${member} AND settlement NOT IN ('replayed', 'rerun')
      AND line IN (SELECT value FROM json_each(${JSON.stringify(lines)}))`)
  return new Map(settled.map(({ line, settlement }) => [line, settlement]))
}
