import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { type WaitingRow, waitingColumns } from '../import/quarantine-queries.ts'
import { askTogether } from '../import/row-queries.ts'
import type { Cursor, Filter } from './list-filter.ts'
import { AGE_STEPS, COUNT_LIMIT, waitingReasons } from './reasons.ts'

const DAY_MS = 86_400_000

export type ListedRow = {
  deliveryId: string
  delivery: string
  feed: string
  member: string
  line: number
  kind: string
  reason: string
  message: string
  candidateId: string | null
  examCode: string | null
  registrationId: string | null
  courseCode: string | null
  quarantinedAt: number
}

export type ReasonCount = { reason: string; rows: number }
export type FeedName = { id: string; name: string }

/** One page of the waiting rows by reason and age, with how many wait for what and for how long, in one round trip. */
export async function loadWaitingList(
  db: Database,
  filter: Filter,
  page: { after: Cursor | null; limit: number },
  now: Date,
) {
  const steps = AGE_STEPS.map((days, index) => [
    now.getTime() - (AGE_STEPS[index - 1] ?? Infinity) * DAY_MS,
    index === AGE_STEPS.length - 1 ? Number.MAX_SAFE_INTEGER : now.getTime() - days * DAY_MS,
  ])
  // A code fixes the reason; otherwise those beside the one that is shown are told of, too.
  const counted = { ...filter, reason: filter.code === null ? null : filter.reason }
  const [rows, reasons, ages, feeds] = await askTogether<
    [ListedRow, ReasonCount, { rows: number }, FeedName]
  >(db, [
    selectPage(filter, page.after, page.limit),
    sql`
      SELECT asked.value AS reason, (SELECT count(*) FROM (
        SELECT 1 FROM ${waitingRows(filter)}
        WHERE resolved_at IS NULL AND reason = asked.value AND ${within(counted)}
        LIMIT ${COUNT_LIMIT + 1})) AS rows
      FROM json_each(${JSON.stringify(counted.reason === null ? waitingReasons : [counted.reason])}) AS asked`,
    sql`
      SELECT (SELECT count(*) FROM (
        SELECT 1 FROM quarantined_rows
        WHERE resolved_at IS NULL AND quarantined_at > coalesce(step.value ->> 0, 0) AND quarantined_at <= step.value ->> 1
        LIMIT ${COUNT_LIMIT + 1})) AS rows
      FROM json_each(${JSON.stringify(steps)}) AS step`,
    sql`SELECT id, name FROM feeds ORDER BY name, id`,
  ])
  return { rows, reasons, ages: ages.map((age) => age.rows), feeds }
}

/** One page of the list for a file, with the rows' text. */
export function listForExport(db: Database, filter: Filter, after: Cursor | null, limit: number) {
  return db.all<ListedRow & { raw: string }>(
    selectPage(filter, after, limit, sql`, substr(raw, 1, 2000) AS raw`),
  )
}

/** Waiting rows of a filter, to be settled. */
export function listWaitingRows(db: Database, filter: Filter, limit: number): Promise<WaitingRow[]> {
  return db.all<WaitingRow>(sql`
    SELECT ${waitingColumns}
    FROM ${waitingRows(filter, sql`waiting`)} CROSS JOIN deliveries ON deliveries.id = waiting.delivery_id
    WHERE waiting.resolved_at IS NULL AND ${within(filter, sql`waiting`)}
    LIMIT ${limit}`)
}

/** How many rows of a filter wait, up to one more than the limit. */
export async function countWaiting(db: Database, filter: Filter): Promise<number> {
  const [counted] = await db.all<{ rows: number }>(sql`
    SELECT count(*) AS rows FROM (
      SELECT 1 FROM ${waitingRows(filter)} WHERE resolved_at IS NULL AND ${within(filter)}
      LIMIT ${COUNT_LIMIT + 1})`)
  return counted!.rows
}

/**
 * The waiting rows by the index that is made for the filter: left to choose, SQLite takes the primary key of a
 * delivery's rows, and reads all that were ever settled.
 */
export function waitingRows({ delivery, feed, code }: Filter, as: SQL = sql`rows`): SQL {
  const index = delivery !== null ? 'delivery' : code !== null ? 'exam' : feed !== null ? 'feed' : 'waiting'
  return sql`quarantined_rows AS ${as} INDEXED BY ${sql.identifier(`quarantined_rows_${index}_idx`)}`
}

/** Word for word as in the partial indexes, which are used by it. */
export function within({ reason, feed, delivery, code }: Filter, of: SQL = sql`rows`): SQL {
  const parts = [
    ...(reason === null
      ? []
      : [code === null ? sql`${of}.reason = ${reason}` : sql`${of}.reason = 'unknown_exam'`]),
    ...(delivery === null ? [] : [sql`${of}.delivery_id = ${delivery}`]),
    ...(feed === null ? [] : [sql`${of}.feed = ${feed}`]),
    ...(code === null ? [] : [sql`${of}.exam_code = ${code}`]),
  ]
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` AND `)
}

function selectPage(filter: Filter, after: Cursor | null, limit: number, more: SQL = sql``): SQL {
  // What the filter fixes is left out, so that the index leads straight to where the page begins.
  const keys = [
    ...(filter.reason === null ? [{ column: sql`rows.reason`, at: 0 }] : []),
    { column: sql`rows.quarantined_at`, at: 1 },
    ...(filter.delivery === null ? [{ column: sql`rows.delivery_id`, at: 2 }] : []),
    { column: sql`rows.member`, at: 3 },
    { column: sql`rows.line`, at: 4 },
  ]
  const columns = sql.join(
    keys.map(({ column }) => column),
    sql`, `,
  )
  const isBehind =
    after === null
      ? sql`true`
      : sql`(${columns}) > (${sql.join(
          keys.map(({ at }) => sql`${after[at]}`),
          sql`, `,
        )})`
  return sql`
    SELECT rows.delivery_id AS deliveryId, deliveries.name AS delivery, rows.feed, rows.member, rows.line, rows.kind,
      rows.reason, rows.message, rows.candidate_id AS candidateId, rows.exam_code AS examCode,
      rows.fields ->> 'registrationId' AS registrationId, rows.fields ->> 'courseCode' AS courseCode,
      rows.quarantined_at AS quarantinedAt ${more}
    FROM ${waitingRows(filter)} CROSS JOIN deliveries ON deliveries.id = rows.delivery_id
    WHERE rows.resolved_at IS NULL AND ${within(filter)} AND ${isBehind}
    ORDER BY ${columns}
    LIMIT ${limit}`
}
