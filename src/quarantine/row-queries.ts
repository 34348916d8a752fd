import { sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { type WaitingRow, waitingColumns } from '../import/quarantine-queries.ts'
import { askTogether } from '../import/row-queries.ts'
import type { RowAddress } from '../import/settle-queries.ts'
import type { settlements } from '../schema.ts'
import { COUNT_LIMIT } from './reasons.ts'
import { type SuggestedCandidate, selectSuggestions } from './suggestion-queries.ts'

export type ShownRow = Omit<WaitingRow, 'kind'> & {
  /** `member`: no row, but a note about a whole file. */
  kind: WaitingRow['kind'] | 'member'
  delivery: string
  feedName: string | null
  /** Of its table, as JSON; null where nothing is known of that. */
  header: string | null
  quarantinedAt: number
  resolvedAt: number | null
  settlement: (typeof settlements)[number] | null
  settlementNote: string | null
  settledBy: string | null
  settledById: number | null
  examCode: string | null
  candidateId: string | null
}

/** Another row of the same file about the same. */
export type SiblingRow = { line: number; raw: string }

const MOST_SIBLINGS = 4

/** Of two rows of one kind whether they are about one person, one sitting, one part of it, or one completed course. */
const saysSame = sql`
  CASE waiting.kind
    WHEN 'candidate' THEN other.fields ->> 'candidateId' = waiting.fields ->> 'candidateId'
    WHEN 'section' THEN other.fields ->> 'registrationId' = waiting.fields ->> 'registrationId'
      AND other.fields ->> 'code' = waiting.fields ->> 'code'
    WHEN 'course' THEN other.fields ->> 'enrolmentId' = waiting.fields ->> 'enrolmentId'
      AND (other.fields ->> 'enrolmentId' <> '' OR (other.fields ->> 'candidateId' = waiting.fields ->> 'candidateId'
        AND other.fields ->> 'courseCode' = waiting.fields ->> 'courseCode'
        AND other.fields ->> 'completedOn' = waiting.fields ->> 'completedOn'))
    ELSE other.fields ->> 'registrationId' = waiting.fields ->> 'registrationId' END`

/** A row with where it lies, who it may be about, and how many others wait for the same: one round trip. */
export async function loadRow(db: Database, { deliveryId, line, member }: RowAddress) {
  const isIt = sql`waiting.delivery_id = ${deliveryId} AND waiting.member = ${member} AND waiting.line = ${line}`
  const [rows, suggested, others, siblings] = await askTogether<
    [ShownRow, SuggestedCandidate, { rows: number }, SiblingRow]
  >(db, [
    sql`
      SELECT ${waitingColumns}, deliveries.name AS delivery,
        members.header, waiting.quarantined_at AS quarantinedAt,
        waiting.resolved_at AS resolvedAt, waiting.settlement, waiting.settlement_note AS settlementNote,
        waiting.settled_by AS settledById,
        (SELECT name FROM feeds WHERE feeds.id = waiting.feed) AS feedName,
        (SELECT name FROM staff WHERE staff.id = waiting.settled_by) AS settledBy
      FROM quarantined_rows AS waiting
      JOIN deliveries ON deliveries.id = waiting.delivery_id
      LEFT JOIN delivery_members AS members ON members.delivery_id = waiting.delivery_id
        AND members.name = waiting.member
      WHERE ${isIt} LIMIT 1`,
    selectSuggestions(isIt),
    sql`
      SELECT count(*) AS rows FROM (
        SELECT 1 FROM quarantined_rows AS waiting
        CROSS JOIN quarantined_rows AS other INDEXED BY quarantined_rows_said_idx
          ON other.feed = waiting.feed AND other.candidate_id = waiting.candidate_id AND other.resolved_at IS NULL
          AND other.reason = waiting.reason
        WHERE ${isIt} AND waiting.reason IN ('unknown_candidate', 'ambiguous_candidate')
          AND (other.delivery_id, other.member, other.line) <> (waiting.delivery_id, waiting.member, waiting.line)
        UNION ALL
        SELECT 1 FROM quarantined_rows AS waiting
        CROSS JOIN quarantined_rows AS other INDEXED BY quarantined_rows_exam_idx
          ON other.exam_code = waiting.exam_code AND other.resolved_at IS NULL AND other.reason = 'unknown_exam'
          AND other.feed = waiting.feed
        WHERE ${isIt} AND waiting.reason = 'unknown_exam'
          AND (other.delivery_id, other.member, other.line) <> (waiting.delivery_id, waiting.member, waiting.line)
        LIMIT ${COUNT_LIMIT + 1})`,
    sql`
      SELECT other.line, other.raw
      FROM quarantined_rows AS waiting
      CROSS JOIN quarantined_rows AS other INDEXED BY quarantined_rows_delivery_idx
        ON other.delivery_id = waiting.delivery_id AND other.reason = 'duplicate_in_file'
        AND other.resolved_at IS NULL AND other.member = waiting.member AND other.kind = waiting.kind
        AND other.line <> waiting.line AND ${saysSame}
      WHERE ${isIt} AND waiting.reason = 'duplicate_in_file' AND waiting.resolved_at IS NULL
      ORDER BY other.line LIMIT ${MOST_SIBLINGS}`,
  ])
  const [row] = rows
  return row ? { row, suggested, others: others[0]!.rows, siblings } : null
}

/** A row as it is to be settled, with who settled it before, if anybody did. */
export async function findRow(db: Database, { deliveryId, line, member }: RowAddress) {
  const [row] = await db.all<WaitingRow & { resolvedAt: number | null; settledById: number | null }>(sql`
    SELECT ${waitingColumns}, waiting.resolved_at AS resolvedAt, waiting.settled_by AS settledById
    FROM quarantined_rows AS waiting JOIN deliveries ON deliveries.id = waiting.delivery_id
    WHERE waiting.delivery_id = ${deliveryId} AND waiting.member = ${member} AND waiting.line = ${line}`)
  return row ?? null
}

/** Those of the addressed rows that still wait. */
export async function listAddressedRows(db: Database, rows: readonly RowAddress[]): Promise<WaitingRow[]> {
  const named = JSON.stringify(rows.map(({ deliveryId, member, line }) => [deliveryId, member, line]))
  return db.all<WaitingRow>(sql`
    SELECT ${waitingColumns}
    FROM json_each(${named}) AS named CROSS JOIN quarantined_rows AS waiting
      ON waiting.delivery_id = named.value ->> 0 AND waiting.member = named.value ->> 1
        AND waiting.line = named.value ->> 2
    CROSS JOIN deliveries ON deliveries.id = waiting.delivery_id
    WHERE waiting.resolved_at IS NULL`)
}
