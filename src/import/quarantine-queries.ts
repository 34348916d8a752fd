import { and, eq, isNull, or, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { quarantinedRows } from '../schema.ts'
import type { KnownCourse } from './course-of-row.ts'
import type { KeptRow, TableKind } from './row.ts'
import { inSlices, type Statement, statementOf } from './row-queries.ts'

/** Of a row that is longer than any row should be, so much is kept; the whole delivery lies in the bucket. */
export const LONGEST_RAW = 20_000

/** Whether nobody of the staff has said what is to become of a row. */
const isNotDecided = sql`(settlement IS NULL OR settlement IN ('replayed', 'rerun'))`

/**
 * Keeps rows with their reasons. A row that waits for nothing is resolved the moment it is kept. One that was kept in an
 * earlier run has the reason of this one, and waits anew if need be, unless one of the staff has settled it since.
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
        exam_code, resolved_at, registration_id, quarantined_at, feed, run, feed_version)
      SELECT ${deliveryId}, ${member}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5,
        value ->> 6, value ->> 7, value ->> 8, value ->> 9, ${now.getTime()}, deliveries.feed, deliveries.run,
        coalesce((SELECT version FROM feeds WHERE feeds.id = deliveries.feed), 1)
      FROM json_each(${json}) CROSS JOIN deliveries
      WHERE deliveries.id = ${deliveryId}
      ON CONFLICT (delivery_id, member, line) DO UPDATE SET
        kind = excluded.kind, reason = excluded.reason, message = excluded.message, raw = excluded.raw,
        fields = excluded.fields, candidate_id = excluded.candidate_id, exam_code = excluded.exam_code,
        resolved_at = excluded.resolved_at, quarantined_at = excluded.quarantined_at, run = excluded.run,
        feed_version = excluded.feed_version, tried_at = NULL, settlement = NULL
      WHERE quarantined_rows.run < excluded.run AND ${isNotDecided}`,
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
      UPDATE quarantined_rows SET resolved_at = ${now.getTime()}, settlement = 'rerun'
      WHERE delivery_id = ${deliveryId} AND member = ${member} AND line >= ${lines.from} AND line < ${lines.to}
        AND resolved_at IS NULL AND line NOT IN (SELECT value FROM json_each(${JSON.stringify(lines.waiting)}))`,
  )
}

/** A row that waits. `run`: the one in whose balance it is counted. */
export type WaitingRow = {
  deliveryId: string
  run: number
  feed: string
  vendorTime: number
  member: string
  line: number
  kind: TableKind
  reason: string
  message: string
  raw: string
  /** What was understood of it, as JSON. */
  fields: string | null
  candidateId: string | null
  examCode: string | null
}

export const waitingColumns = sql`waiting.delivery_id AS deliveryId, waiting.run, waiting.feed,
  deliveries.vendor_time AS vendorTime, waiting.member, waiting.line, waiting.kind, waiting.reason, waiting.message,
  waiting.raw, waiting.fields, waiting.candidate_id AS candidateId, waiting.exam_code AS examCode`

/** What the program knows, `examCodes` and those of `courses` in capitals. */
type KnownCodes = {
  examCodes: readonly string[]
  exams: readonly string[]
  courses: readonly KnownCourse[]
}

/**
 * Rows whose candidate, vendor's number of one, exam, course or sitting has come to be known since, by delivery and in their
 * order; those that were tried at `now` already without getting on stay out, and those that were ever tried come last,
 * so that none stands in the way.
 */
export async function listReplayableRows(
  db: Database,
  { examCodes, exams, courses }: KnownCodes,
  now: Date,
  limit: number,
): Promise<WaitingRow[]> {
  const known = sql`SELECT value FROM json_each(${JSON.stringify(examCodes)})`
  const aliases = sql`
    SELECT code FROM exam_code_aliases AS alias WHERE exam IN (SELECT value FROM json_each(${JSON.stringify(exams)}))`
  const isLinked = sql`EXISTS (
    SELECT 1 FROM candidate_links WHERE candidate_links.feed = rows.feed AND said_id = rows.candidate_id)`
  const knownCourses = sql`json_each(${JSON.stringify(courses)})`
  return db.all<WaitingRow>(sql`
    SELECT ${waitingColumns}
    FROM (
      SELECT * FROM quarantined_rows AS rows
      WHERE resolved_at IS NULL AND reason = 'unknown_candidate'
        AND (EXISTS (SELECT 1 FROM candidates WHERE candidates.id = rows.candidate_id) OR ${isLinked})
      UNION ALL
      SELECT rows.* FROM quarantined_rows rows
      JOIN vendor_candidates AS link
        ON link.feed = rows.feed AND link.vendor_candidate_id = rows.fields ->> 'vendorCandidateId'
      WHERE rows.resolved_at IS NULL AND rows.reason = 'unknown_candidate'
        AND rows.fields ->> 'vendorCandidateId' IS NOT NULL AND rows.kind <> 'acknowledgement'
        AND NOT EXISTS (SELECT 1 FROM candidates WHERE candidates.id = rows.candidate_id)
      UNION ALL
      SELECT * FROM quarantined_rows AS rows
      WHERE resolved_at IS NULL AND reason IN ('event_before_result', 'orphan_section')
        AND CASE kind
          WHEN 'registration' THEN EXISTS (SELECT 1 FROM registrations AS booked
            WHERE booked.feed = rows.feed AND booked.registration_id = rows.registration_id)
          ELSE EXISTS (SELECT 1 FROM results
            WHERE results.feed = rows.feed AND results.registration_id = rows.registration_id) END
      UNION ALL
      SELECT * FROM quarantined_rows AS rows
      WHERE resolved_at IS NULL AND reason = 'ambiguous_candidate' AND ${isLinked}
      UNION ALL
      -- Within another, since a SELECT may be put together of five at most.
      SELECT * FROM (
        SELECT * FROM quarantined_rows AS rows
        WHERE resolved_at IS NULL AND reason = 'unknown_exam'
          AND exam_code IN (${known} UNION ${aliases})
          AND (exam_code IN (${known}) OR exam_code IN (${aliases} AND alias.feed = rows.feed))
        UNION ALL
        SELECT * FROM quarantined_rows AS rows INDEXED BY quarantined_rows_course_idx
        WHERE resolved_at IS NULL AND reason = 'unknown_course'
          AND upper(trim(fields ->> 'courseCode')) IN (SELECT value ->> 'code' FROM ${knownCourses})
          AND EXISTS (
            SELECT 1 FROM ${knownCourses} AS known
            WHERE known.value ->> 'code' = upper(trim(rows.fields ->> 'courseCode'))
              AND known.value ->> 'from' <= rows.fields ->> 'completedOn'
              AND coalesce(rows.fields ->> 'completedOn' < known.value ->> 'before', true)))
    ) AS waiting
    JOIN deliveries ON deliveries.id = waiting.delivery_id
    WHERE waiting.tried_at IS NOT ${now.getTime()} AND waiting.fields IS NOT NULL
    ORDER BY coalesce(waiting.tried_at, 0), deliveries.vendor_time, deliveries.id, waiting.member, waiting.kind,
      waiting.line
    LIMIT ${limit}`)
}

/** Whether a delivery says that the vendor took nothing of a whole file of ours. */
export async function isRefusedWhole(db: Database, deliveryId: string): Promise<boolean> {
  const [answer] = await db.all<{ found: number }>(sql`
    SELECT EXISTS (
      SELECT 1 FROM quarantined_rows
      WHERE delivery_id = ${deliveryId} AND reason = 'file_not_accepted' AND resolved_at IS NULL) AS found`)
  return answer!.found === 1
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
