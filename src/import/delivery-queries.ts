import { and, desc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import type { Actor } from '../audit/actions.ts'
import { audited } from '../audit/audit-queries.ts'
import { DATABASE_CLOCK, type Database } from '../core/database.ts'
import { type Programs, readCourseVersions, readPrograms, selectPrograms } from '../program/queries.ts'
import { type Brake, deliveries, deliveryChunks, type Sender } from '../schema.ts'
import { selectHasAliases } from './alias-queries.ts'
import { type KnownCourse, knownCourses } from './course-of-row.ts'
import { examAliasesOf, selectExamAliases } from './exam-alias-queries.ts'
import { selectFeed } from './feed-queries.ts'
import { type Feed, feedOf } from './feeds.ts'
import { type Problem, selectProblems } from './quarantine-queries.ts'
import type { Counts } from './row.ts'
import { type Statement, statementOf } from './row-queries.ts'
import { selectHasContradictions } from './staging-queries.ts'

export type Delivery = typeof deliveries.$inferSelect
export type NewDelivery = Omit<
  Delivery,
  | 'state'
  | 'failure'
  | 'instanceId'
  | 'startedAt'
  | 'handedAt'
  | 'finishedAt'
  | 'redactedAt'
  | 'clearedThrough'
  | 'run'
  | 'brakes'
  | 'passedBy'
  | 'manifest'
  | 'rawDeletedAt'
  | 'setAsideBy'
  | 'bytesGone'
>

/** A run's own name among instances: the bytes' digest, which two feeds may have in common, at most 100 characters. */
const INSTANCE_ID = sql`sha256 || '-' || feed || iif(run = 1, '', '-' || run)`

/** Where in a table a chunk begins. */
export type Place = { deliveryId: string; run: number; member: string; byteOffset: number }
export type Position = { offset: number; line: number }

export async function findDelivery(db: Database, id: string): Promise<Delivery | null> {
  const [delivery] = await db.select().from(deliveries).where(eq(deliveries.id, id))
  return delivery ?? null
}

export async function findDeliveryOfBytes(
  db: Database,
  feed: string,
  sha256: string,
): Promise<Delivery | null> {
  const [delivery] = await db
    .select()
    .from(deliveries)
    .where(and(eq(deliveries.feed, feed), eq(deliveries.sha256, sha256)))
  return delivery ?? null
}

/**
 * Registers a delivery; false when these bytes of this feed were registered before. That one of the staff sent it
 * stands in the audit log.
 */
export async function insertDelivery(db: Database, delivery: NewDelivery): Promise<boolean> {
  const insertion = db
    .insert(deliveries)
    .values({ ...delivery, state: 'received' })
    .onConflictDoNothing({ target: [deliveries.feed, deliveries.sha256] })
    .returning({ id: deliveries.id })
  const { id, feed, sender } = delivery
  if (sender === undefined || !isStaffSender(sender)) return (await insertion).length > 0

  const details = { delivery: id, feed }
  const sent = audited(db, { action: 'delivery.uploaded', actor: sender, details }, delivery.receivedAt)
  const [, inserted] = await db.batch([sent.before, insertion, ...sent.after])
  return inserted.length > 0
}

function isStaffSender(sender: Sender): sender is Actor & Sender {
  return sender.startsWith('staff:')
}

/**
 * Claims the feed's next delivery in the vendor's order, unless one of the feed is being imported. The index
 * deliveries_importing_idx refuses whoever comes second.
 */
export async function claimNextDelivery(db: Database, feed: string): Promise<Delivery | null> {
  const next = sql`(
    SELECT id FROM deliveries waiting WHERE waiting.feed = ${feed} AND waiting.state = 'received'
    ORDER BY waiting.vendor_time, waiting.id LIMIT 1)`
  const nothingRuns = sql`NOT EXISTS (
    SELECT 1 FROM deliveries running WHERE running.feed = ${feed} AND running.state = 'importing')`
  const [claimed] = await db
    .update(deliveries)
    .set({ state: 'importing', instanceId: INSTANCE_ID, startedAt: DATABASE_CLOCK, handedAt: null })
    .where(and(eq(deliveries.id, next), nothingRuns))
    .returning()
  return claimed ?? null
}

/** `idleMs`: for how long it has not got on. */
export type RunningDelivery = { id: string; instanceId: string; idleMs: number }

/** The deliveries that are being imported. */
export async function listRunningDeliveries(db: Database): Promise<RunningDelivery[]> {
  return db.all<RunningDelivery>(sql`
    SELECT id, instance_id AS instanceId, ${DATABASE_CLOCK} - max(coalesce(handed_at, started_at, 0), coalesce(
      (SELECT max(applied_at) FROM delivery_chunks WHERE delivery_id = deliveries.id), 0), coalesce(
      (SELECT max(staged_at) FROM staged_chunks WHERE delivery_id = deliveries.id), 0)) AS idleMs
    FROM deliveries WHERE state = 'importing'`)
}

/** Gives a running delivery to another instance; false when somebody else did so first. */
export async function handToInstance(
  db: Database,
  running: { id: string; instanceId: string },
  instanceId: string,
): Promise<boolean> {
  const handed = await db
    .update(deliveries)
    .set({ instanceId, handedAt: DATABASE_CLOCK })
    .where(and(isImporting(running.id), eq(deliveries.instanceId, running.instanceId)))
    .returning({ id: deliveries.id })
  return handed.length > 0
}

/**
 * Lets go of the instances of all running deliveries, so that the next tick gives each a new one. For a machine
 * on which no import can be alive: the local engine still calls an instance running that was killed with it.
 */
export async function forgetInstances(db: Database): Promise<void> {
  await db
    .update(deliveries)
    .set({ instanceId: sql`${INSTANCE_ID} || '-' || lower(hex(randomblob(3)))` })
    .where(eq(deliveries.state, 'importing'))
}

/** `brakes`: nothing was applied, and why; without them something of it wants a look, and the rest was applied. */
export type DeliveryEnd =
  | { state: 'imported' }
  | { state: 'needs_review'; brakes?: Brake[] }
  | { state: 'failed'; failure: string }

export async function finishDelivery(db: Database, id: string, end: DeliveryEnd): Promise<void> {
  const failure = end.state === 'failed' ? end.failure : null
  const brakes = end.state === 'needs_review' ? (end.brakes ?? null) : null
  await db
    .update(deliveries)
    .set({ state: end.state, failure, brakes, finishedAt: DATABASE_CLOCK })
    .where(isImporting(id))
}

/**
 * Lets a delivery be imported once more, from its bytes; false when it runs or waits, or its bytes are gone. `passedBy`
 * is who of the staff lets it past its brakes.
 */
export async function requestRun(db: Database, id: string, passedBy: number | null): Promise<boolean> {
  return (await nextRun(db, id, passedBy)).length > 0
}

/** requestRun as a statement for a batch, under one more condition. */
export function nextRun(db: Database, id: string, passedBy: number | null, onlyIf: SQL = sql`true`) {
  return db
    .update(deliveries)
    .set({
      state: 'received',
      run: sql`run + 1`,
      failure: null,
      brakes: null,
      passedBy,
      setAsideBy: null,
      instanceId: null,
      startedAt: null,
      finishedAt: null,
    })
    .where(
      and(
        eq(deliveries.id, id),
        inArray(deliveries.state, ['imported', 'needs_review', 'failed']),
        isNull(deliveries.rawDeletedAt),
        onlyIf,
      ),
    )
    .returning({ id: deliveries.id })
}

function isImporting(id: string): SQL | undefined {
  return and(eq(deliveries.id, id), eq(deliveries.state, 'importing'))
}

type ChunkFacts = {
  applied: Position | null
  /** That in force, and those that were before it. */
  programs: Programs
  courses: readonly KnownCourse[]
  feed: Feed
  hasAliases: boolean
  examAliases: ReadonlyMap<string, string>
  hasContradictions: boolean
}

/**
 * Where the chunk at this place ended, if it was applied before; the programs and the feed as it is set; and
 * whether records were merged, or rows of the delivery contradict each other.
 */
export async function loadChunk(
  db: Database,
  { deliveryId, run, member, byteOffset }: Place,
  feedId: string,
): Promise<ChunkFacts> {
  const [chunks, programs, aliases, feeds, contradictions, examAliases] = await db.batch([
    db
      .select({ offset: deliveryChunks.nextOffset, line: deliveryChunks.nextLine })
      .from(deliveryChunks)
      .where(
        and(
          eq(deliveryChunks.deliveryId, deliveryId),
          eq(deliveryChunks.run, run),
          eq(deliveryChunks.member, member),
          eq(deliveryChunks.byteOffset, byteOffset),
        ),
      ),
    selectPrograms(db),
    selectHasAliases(db),
    selectFeed(db, feedId),
    selectHasContradictions(db, deliveryId),
    selectExamAliases(db, feedId),
  ])
  return {
    applied: chunks[0] ?? null,
    programs: readPrograms(programs),
    courses: knownCourses(readCourseVersions(programs)),
    feed: feedOf(feeds[0]!),
    hasAliases: aliases[0]!.found === 1,
    examAliases: examAliasesOf(examAliases),
    hasContradictions: contradictions[0]!.found === 1,
  }
}

/** Notes that a chunk was applied, with what it came to; a second time it breaks the whole batch. */
export function insertChunk(db: Database, place: Place, next: Position, counts: Counts): Statement {
  const chunk = db.insert(deliveryChunks).values({
    ...place,
    nextOffset: next.offset,
    nextLine: next.line,
    rowsRead: counts.read,
    rowsNew: counts.new,
    rowsChanged: counts.changed,
    rowsUnchanged: counts.unchanged,
    rowsSuperseded: counts.superseded,
    rowsQuarantined: counts.quarantined,
    rowsSkipped: counts.skipped,
    appliedAt: DATABASE_CLOCK,
  })
  return statementOf(db, chunk)
}

const total = (column: SQL) => sql<number>`coalesce(sum(${column}), 0)`

const countColumns = {
  read: total(sql`rows_read`),
  new: total(sql`rows_new`),
  changed: total(sql`rows_changed`),
  unchanged: total(sql`rows_unchanged`),
  superseded: total(sql`rows_superseded`),
  quarantined: total(sql`rows_quarantined`),
  skipped: total(sql`rows_skipped`),
}

/** How many rows a run has staged, and of how many it has said what they came to. */
export async function balanceOf(
  db: Database,
  { id, run }: { id: string; run: number },
): Promise<{ staged: number; applied: number }> {
  const [balance] = await db.all<{ staged: number; applied: number }>(sql`
    SELECT
      (SELECT coalesce(sum(rows_read), 0) FROM staged_chunks WHERE delivery_id = ${id} AND run = ${run}) AS staged,
      (SELECT coalesce(sum(rows_read), 0) FROM delivery_chunks WHERE delivery_id = ${id} AND run = ${run}) AS applied`)
  return balance!
}

export type DeliveryReport = { delivery: Delivery; counts: Counts; problems: Problem[] }

/** A delivery with what became of its rows, in one round trip. */
export async function loadReport(
  db: Database,
  id: string,
  page: { limit: number; offset: number },
): Promise<DeliveryReport | null> {
  const [[delivery], [counts], problems] = await db.batch([
    db.select().from(deliveries).where(eq(deliveries.id, id)),
    selectCounts(db, id),
    selectProblems(db, id, page),
  ])
  return delivery ? { delivery, counts: counts!, problems } : null
}

/** The feed's newest deliveries by the vendor's clock, with what became of their rows, in one round trip. */
export async function listReports(db: Database, feed: string, limit: number) {
  const newestFirst = [desc(deliveries.vendorTime), desc(deliveries.id)]
  // Chosen before they are joined: what older deliveries came to is not added up to be thrown away.
  const newest = db
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(eq(deliveries.feed, feed))
    .orderBy(...newestFirst)
    .limit(limit)
  return db
    .select({ delivery: deliveries, counts: countColumns })
    .from(deliveries)
    .leftJoin(
      deliveryChunks,
      and(eq(deliveryChunks.deliveryId, deliveries.id), eq(deliveryChunks.run, deliveries.run)),
    )
    .where(inArray(deliveries.id, newest))
    .groupBy(deliveries.id)
    .orderBy(...newestFirst)
}

/** What all chunks of a delivery's last run came to. */
function selectCounts(db: Database, deliveryId: string) {
  const run = db.select({ run: deliveries.run }).from(deliveries).where(eq(deliveries.id, deliveryId))
  return db
    .select(countColumns)
    .from(deliveryChunks)
    .where(and(eq(deliveryChunks.deliveryId, deliveryId), inArray(deliveryChunks.run, run)))
}
