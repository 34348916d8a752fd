import { sql } from 'drizzle-orm'
import { DATABASE_CLOCK, type Database } from '../core/database.ts'
import { type Programs, readCourseVersions, readPrograms, selectPrograms } from '../program/queries.ts'
import { stagedChunks } from '../schema.ts'
import { type KnownCourse, knownCourses } from './course-of-row.ts'
import { examAliasesOf, selectExamAliases } from './exam-alias-queries.ts'
import { selectFeed } from './feed-queries.ts'
import { type Feed, feedOf } from './feeds.ts'
import type { Reason } from './row.ts'
import { inWideSlices, type Statement, statementOf } from './row-queries.ts'

type Position = { offset: number; line: number }

/** A piece of a table, in one run. `number`: the table's, in the order in which tables are loaded. */
export type StagedPlace = { deliveryId: string; run: number; number: number; byteOffset: number }

export type StagedRow = { key: string; line: number; rowHash: string; fault: Reason | null }

/** What a piece came to. `unmatched`: names a candidate, an exam or a course that nobody knows. */
export type StagedCounts = {
  read: number
  failing: number
  unmatched: number
  /** How many rows there are of each kind of outcome, as a manifest counts them. */
  totals: Record<string, number>
  examples: { line: number; reason: Reason }[]
}

type StagingFacts = {
  staged: Position | null
  programs: Programs
  courses: readonly KnownCourse[]
  feed: Feed
  examAliases: ReadonlyMap<string, string>
}

/** Where the piece ended, if it was staged before; the programs, and the feed as it is set now. */
export async function loadStagedChunk(
  db: Database,
  { deliveryId, run, number, byteOffset }: StagedPlace,
  feedId: string,
): Promise<StagingFacts> {
  const [chunks, programs, feeds, examAliases] = await db.batch([
    db
      .select({ offset: stagedChunks.nextOffset, line: stagedChunks.nextLine })
      .from(stagedChunks)
      .where(
        sql`${stagedChunks.deliveryId} = ${deliveryId} AND ${stagedChunks.run} = ${run}
          AND ${stagedChunks.number} = ${number} AND ${stagedChunks.byteOffset} = ${byteOffset}`,
      ),
    selectPrograms(db),
    selectFeed(db, feedId),
    selectExamAliases(db, feedId),
  ])
  return {
    staged: chunks[0] ?? null,
    programs: readPrograms(programs),
    courses: knownCourses(readCourseVersions(programs)),
    feed: feedOf(feeds[0]!),
    examAliases: examAliasesOf(examAliases),
  }
}

/**
 * Of these IDs, those that neither the record knows nor a table of people in the same delivery, by its `number`s, is
 * about to bring.
 */
export async function listUnknownCandidates(
  db: Database,
  delivery: { id: string; feed: string },
  candidateTables: readonly number[],
  ids: readonly string[],
): Promise<Set<string>> {
  const unknown = await db.all<{ id: string }>(sql`
    SELECT value AS id FROM json_each(${JSON.stringify([...new Set(ids)])})
    WHERE NOT EXISTS (SELECT 1 FROM candidates WHERE candidates.id = value)
      AND NOT EXISTS (SELECT 1 FROM candidate_aliases WHERE alias_id = value)
      AND NOT EXISTS (SELECT 1 FROM candidate_links WHERE feed = ${delivery.feed} AND said_id = value)
      AND NOT EXISTS (
        SELECT 1 FROM staged_rows
        WHERE delivery_id = ${delivery.id} AND "key" = value
          AND number IN (SELECT number.value FROM json_each(${JSON.stringify(candidateTables)}) AS number))`)
  return new Set(unknown.map(({ id }) => id))
}

/** Of the vendor's own numbers, those that are known to mean somebody. */
export async function listLinkedNumbers(
  db: Database,
  feed: string,
  numbers: readonly string[],
): Promise<Set<string>> {
  const linked = await db.all<{ number: string }>(sql`
    SELECT vendor_candidate_id AS number FROM vendor_candidates
    WHERE feed = ${feed} AND vendor_candidate_id IN (SELECT value FROM json_each(${JSON.stringify(numbers)}))`)
  return new Set(linked.map(({ number }) => number))
}

/** Notes what a piece came to; a second time it breaks the whole batch. */
export function insertStagedChunk(
  db: Database,
  place: StagedPlace,
  next: Position,
  counts: StagedCounts,
  digests: string | null,
): Statement {
  return statementOf(
    db,
    db.insert(stagedChunks).values({
      ...place,
      nextOffset: next.offset,
      nextLine: next.line,
      rowsRead: counts.read,
      rowsFailing: counts.failing,
      rowsUnmatched: counts.unmatched,
      totals: JSON.stringify(counts.totals),
      examples: JSON.stringify(counts.examples),
      digests,
      stagedAt: DATABASE_CLOCK,
    }),
  )
}

export function stageRows(
  db: Database,
  { deliveryId, number }: StagedPlace,
  rows: readonly StagedRow[],
): Statement[] {
  return inWideSlices(
    db,
    rows.map(({ key, line, rowHash, fault }) => [key, line, rowHash, fault]),
    (value, given) => sql`
      INSERT INTO staged_rows (delivery_id, number, "key", line, row_hash, fault)
      SELECT ${deliveryId}, ${number}, ${value(0)}, ${value(1)}, ${value(2)}, ${value(3)}
      FROM ${given}
      WHERE true
      ON CONFLICT DO NOTHING`,
  )
}

/** Marks the rows of which the same table says different things elsewhere. */
export async function markContradictions(db: Database, deliveryId: string): Promise<void> {
  await db.run(sql`
    UPDATE staged_rows SET contradicted = 1
    FROM (
      SELECT number, "key" FROM staged_rows WHERE delivery_id = ${deliveryId} AND fault IS NULL
      GROUP BY number, "key" HAVING count(*) > 1 AND min(row_hash) <> max(row_hash)
    ) AS twice
    WHERE staged_rows.delivery_id = ${deliveryId} AND staged_rows.number = twice.number
      AND staged_rows."key" = twice."key" AND staged_rows.contradicted = 0`)
}

/** As a statement for a batch: whether any table of the delivery contradicts itself. Hardly any does. */
export function selectHasContradictions(db: Database, deliveryId: string) {
  const contradiction = sql`SELECT 1 FROM staged_rows WHERE delivery_id = ${deliveryId} AND contradicted = 1`
  return db.select({ found: sql<number>`EXISTS (${contradiction})`.as('found') }).from(sql`(SELECT 1)`)
}

/** Of these keys, those of which the table says different things. */
export async function listContradicted(
  db: Database,
  { deliveryId, number }: { deliveryId: string; number: number },
  keys: readonly string[],
): Promise<Set<string>> {
  const found = await db.all<{ key: string }>(sql`
    SELECT DISTINCT "key" FROM staged_rows
    WHERE delivery_id = ${deliveryId} AND number = ${number} AND contradicted = 1
      AND "key" IN (SELECT value FROM json_each(${JSON.stringify(keys)}))`)
  return new Set(found.map(({ key }) => key))
}

/** Without the digests, which weigh a hundred times as much as all of these. */
const COUNTED_COLUMNS = {
  number: stagedChunks.number,
  rowsRead: stagedChunks.rowsRead,
  rowsFailing: stagedChunks.rowsFailing,
  rowsUnmatched: stagedChunks.rowsUnmatched,
  totals: stagedChunks.totals,
  examples: stagedChunks.examples,
}

export type StagedTable = StagedCounts & { number: number }

/** What a run's tables came to when they were staged, by number. */
export async function listStagedTables(
  db: Database,
  { deliveryId, run }: { deliveryId: string; run: number },
): Promise<StagedTable[]> {
  const chunks = await db
    .select(COUNTED_COLUMNS)
    .from(stagedChunks)
    .where(sql`${stagedChunks.deliveryId} = ${deliveryId} AND ${stagedChunks.run} = ${run}`)
    .orderBy(stagedChunks.number, stagedChunks.byteOffset)
  return stagedTablesOf(chunks)
}

type StagedChunk = Pick<
  typeof stagedChunks.$inferSelect,
  'number' | 'rowsRead' | 'rowsFailing' | 'rowsUnmatched' | 'totals' | 'examples'
>

/** The pieces of a run, in their order, as what its tables came to. */
export function stagedTablesOf(chunks: readonly StagedChunk[]): StagedTable[] {
  const tables = new Map<number, StagedTable>()
  for (const chunk of chunks) {
    const table = tables.get(chunk.number) ?? emptyTable(chunk.number)
    tables.set(chunk.number, table)
    table.read += chunk.rowsRead
    table.failing += chunk.rowsFailing
    table.unmatched += chunk.rowsUnmatched
    for (const [name, count] of Object.entries(JSON.parse(chunk.totals) as Record<string, number>))
      table.totals[name] = (table.totals[name] ?? 0) + count
    if (table.examples.length < MOST_EXAMPLES)
      table.examples.push(...(JSON.parse(chunk.examples) as StagedCounts['examples']))
  }
  return [...tables.values()]
}

const MOST_EXAMPLES = 100

function emptyTable(number: number): StagedTable {
  return { number, read: 0, failing: 0, unmatched: 0, totals: {}, examples: [] }
}

/** Some of the digests of a table's keys, in the order of its pieces, from a piece on; and where the next ones begin. */
export async function listDigests(
  db: Database,
  { deliveryId, run, number, byteOffset }: StagedPlace,
  limit: number,
): Promise<{ digests: string; next: number }[]> {
  return db.all(sql`
    SELECT coalesce(digests, '') AS digests, next_offset AS next FROM staged_chunks
    WHERE delivery_id = ${deliveryId} AND run = ${run} AND number = ${number} AND byte_offset >= ${byteOffset}
    ORDER BY byte_offset LIMIT ${limit}`)
}

/** Takes away the digests of a run, which tell nothing when it is over. */
export async function sweepDigests(db: Database, { id, run }: { id: string; run: number }): Promise<void> {
  await db.run(sql`
    UPDATE staged_chunks SET digests = NULL
    WHERE delivery_id = ${id} AND run = ${run} AND digests IS NOT NULL`)
}

/** Takes away staged rows of a delivery, up to so many, and answers how many those were. */
export async function sweepStagedRows(db: Database, deliveryId: string, limit: number): Promise<number> {
  const swept = await db.run(sql`
    DELETE FROM staged_rows WHERE delivery_id = ${deliveryId} AND (number, "key", line) IN (
      SELECT number, "key", line FROM staged_rows WHERE delivery_id = ${deliveryId} LIMIT ${limit})`)
  return swept.meta.changes
}

/** How many rows the feed's last so many deliveries that were imported had, the newest first. */
export async function listUsualRows(db: Database, feed: string, limit: number): Promise<number[]> {
  const rows = await db.all<{ n: number }>(sql`
    SELECT (
      SELECT coalesce(sum(rows_read), 0) FROM delivery_chunks
      WHERE delivery_chunks.delivery_id = deliveries.id AND delivery_chunks.run = deliveries.run) AS n
    FROM deliveries WHERE feed = ${feed} AND state = 'imported' AND sender = 'vendor'
    ORDER BY vendor_time DESC, id DESC LIMIT ${limit}`)
  return rows.map(({ n }) => n)
}
