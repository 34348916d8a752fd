import { type Database, isUniqueViolation, openDatabase } from '../core/database.ts'
import type { Program } from '../program/program.ts'
import { keyOfRow } from './apply-rows.ts'
import { courseOfRow, type KnownCourse } from './course-of-row.ts'
import type { Position } from './delivery-queries.ts'
import { examOfRow } from './exam-of-row.ts'
import { loadFeed } from './feed-queries.ts'
import type { Feed } from './feeds.ts'
import { keyDigest, writeDigests } from './key-digests.ts'
import { canBeCreated } from './match-candidate.ts'
import type { OpenTable } from './open-table.ts'
import type { Named } from './read-named.ts'
import { readPiece } from './read-piece.ts'
import { readRecord } from './read-record.ts'
import { isPassedOver, type RowReading, type TableKind } from './row.ts'
import { rowHash } from './row-hash.ts'
import { runTogether } from './row-queries.ts'
import {
  insertStagedChunk,
  listLinkedNumbers,
  listUnknownCandidates,
  loadStagedChunk,
  type StagedCounts,
  type StagedPlace,
  type StagedRow,
  stageRows,
} from './staging-queries.ts'

/** Enough to see what is wrong with a delivery that stopped before anything was applied; without anybody's data. */
const MOST_EXAMPLES = 20

type Read = { line: number; reading: RowReading<object> }

/**
 * Stages the rows of one piece of a table, and answers where the next piece begins: what each speaks of, and whether it
 * makes sense and names somebody known. Nothing is applied. Doing it again does nothing.
 */
export async function stageChunk(
  env: Pick<Env, 'DB' | 'BUCKET'>,
  delivery: { id: string; feed: string; run: number },
  table: OpenTable,
  from: Position,
  chunkBytes: number,
  candidateTables: readonly number[],
): Promise<Position> {
  const db = openDatabase(env.DB)
  const place: StagedPlace = {
    deliveryId: delivery.id,
    run: delivery.run,
    number: table.number,
    byteOffset: from.offset,
  }
  const { staged, feed, programs, courses, examAliases } = await loadStagedChunk(db, place, delivery.feed)
  if (staged) return staged

  const catalogue = { program: programs[0], programs, courses, examAliases }
  const piece = await readPiece(env.BUCKET, table, from, chunkBytes)
  const read = piece.records.map((record) => ({
    line: record.line,
    reading: readRecord(feed, table, record),
  }))
  const known = await listKnown(db, delivery, table, read, candidateTables)
  const isAsked = isAskedByKey(table.layout.kind)
  const digests = isAsked ? null : digestsOf(table, read)
  const counts = countsOf(catalogue, feed, table, read, known)
  try {
    await runTogether(db, [
      insertStagedChunk(db, place, piece.next, counts, digests),
      ...(isAsked
        ? stageRows(
            db,
            place,
            read.map((one) => stagedRow(table, one)),
          )
        : []),
    ])
  } catch (error) {
    const other = isUniqueViolation(error) ? (await loadStagedChunk(db, place, delivery.feed)).staged : null
    if (!other) throw error
    return other
  }
  return piece.next
}

/**
 * Stages the rows of a piece one by one whose key has one of these digests, or all: what they say is compared then. Answers where
 * the next piece begins. Doing it again does nothing.
 */
export async function stageRepeats(
  env: Pick<Env, 'DB' | 'BUCKET'>,
  delivery: { id: string; feed: string; run: number },
  table: OpenTable,
  from: Position,
  chunkBytes: number,
  repeated: ReadonlySet<number> | null,
): Promise<Position> {
  const db = openDatabase(env.DB)
  const feed = await loadFeed(db, delivery.feed)
  const { records, next } = await readPiece(env.BUCKET, table, from, chunkBytes)
  const rows = records
    .map((record) => stagedRow(table, { line: record.line, reading: readRecord(feed, table, record) }))
    .filter(({ key, fault }) => fault === null && (repeated?.has(keyDigest(key)) ?? true))
  const place = { deliveryId: delivery.id, run: delivery.run, number: table.number, byteOffset: from.offset }
  await runTogether(db, stageRows(db, place, rows))
  return next
}

/** Of these tables single rows are asked for while the delivery is weighed: who it brings, and what it leaves out. */
export function isAskedByKey(kind: TableKind): boolean {
  return kind === 'candidate' || kind === 'registration'
}

function digestsOf({ layout }: OpenTable, read: readonly Read[]): string {
  const digests = new Float64Array(read.length)
  let count = 0
  for (const { reading } of read) {
    if (!reading.ok) continue
    digests[count] = keyDigest(keyOfRow(layout.kind, reading.value.fields))
    count += 1
  }
  return writeDigests(digests.subarray(0, count))
}

function stagedRow({ layout }: OpenTable, { line, reading }: Read): StagedRow {
  if (!reading.ok) return { key: '', line, rowHash: '', fault: reading.refusal.reason }
  const { fields } = reading.value
  return { key: keyOfRow(layout.kind, fields), line, rowHash: rowHash(fields), fault: null }
}

/** Candidate IDs that are nobody's, and numbers of the vendor's that are somebody's. */
type Known = { unknown: ReadonlySet<string>; linked: ReadonlySet<string> }

/** Tables whose rows are about somebody who is a candidate by then. */
const NAMING_KINDS: readonly TableKind[] = ['registration', 'result', 'course']

const NOBODY: Known = { unknown: new Set(), linked: new Set() }

async function listKnown(
  db: Database,
  { id, feed }: { id: string; feed: string },
  { layout }: OpenTable,
  read: readonly Read[],
  candidateTables: readonly number[],
): Promise<Known> {
  if (!NAMING_KINDS.includes(layout.kind)) return NOBODY
  const named = read.flatMap(({ reading }) => (reading.ok ? [reading.value.fields as Named] : []))
  const ids = named.flatMap(({ candidateId }) => candidateId || [])
  const numbers = named.flatMap(({ vendorCandidateId }) => vendorCandidateId ?? [])
  const [unknown, linked] = await Promise.all([
    ids.length === 0 ? NOBODY.unknown : listUnknownCandidates(db, { id, feed }, candidateTables, ids),
    numbers.length === 0 ? NOBODY.linked : listLinkedNumbers(db, feed, numbers),
  ])
  return { unknown, linked }
}

type Catalogue = {
  program: Program
  programs: readonly Program[]
  courses: readonly KnownCourse[]
  examAliases: ReadonlyMap<string, string>
}

/** What the vendor did not accept of ours is told, but says nothing against its own file. */
function countsOf(
  catalogue: Catalogue,
  feed: Feed,
  { layout }: OpenTable,
  read: readonly Read[],
  known: Known,
): StagedCounts {
  const counts: StagedCounts = { read: read.length, failing: 0, unmatched: 0, totals: {}, examples: [] }
  if (layout.kind === 'acknowledgement') return counts
  for (const { line, reading } of read) {
    const fault = reading.ok ? faultOf(catalogue, feed, reading.value.fields, known) : reading.refusal
    if (reading.ok) countTotals(counts.totals, reading.value.fields)
    if (fault === null || isPassedOver(fault.reason)) continue
    counts[reading.ok ? 'unmatched' : 'failing'] += 1
    if (counts.examples.length < MOST_EXAMPLES) counts.examples.push({ line, reason: fault.reason })
  }
  return counts
}

type Sitting = Named & {
  examCode?: string
  courseCode?: string
  completedOn?: string
  delivery?: string
  grade?: string
}

function faultOf(catalogue: Catalogue, { createsCandidates }: Feed, fields: object, known: Known) {
  const { examCode, courseCode, completedOn = '' } = fields as Sitting
  // Tables of people and of sections name neither, and are asked nothing else; an event need not say whose it is.
  if ((examCode === undefined && courseCode === undefined) || 'event' in fields) return null
  if (isNobody(fields as Sitting, known) && !(createsCandidates && canBeCreated(fields as Sitting)))
    return { reason: 'unknown_candidate' } as const
  if (examCode !== undefined && examOfRow(catalogue, examCode) === null)
    return { reason: 'unknown_exam' } as const
  if (courseCode !== undefined && courseOfRow(catalogue, { courseCode, completedOn }) === null)
    return { reason: 'unknown_course' } as const
  return null
}

function isNobody({ candidateId, vendorCandidateId }: Named, { unknown, linked }: Known): boolean {
  const isNamed = candidateId === '' ? vendorCandidateId === undefined : !unknown.has(candidateId)
  return !isNamed && !(vendorCandidateId !== undefined && linked.has(vendorCandidateId))
}

/** As a manifest counts results: no-shows, and the others by their grade. */
function countTotals(totals: Record<string, number>, fields: object): void {
  const { delivery, grade } = fields as Sitting
  if (delivery === undefined || grade === undefined) return
  const name = delivery.startsWith('no_show') ? 'no_show' : grade
  totals[name] = (totals[name] ?? 0) + 1
}
