import { calendarDateIn } from '../core/calendar-date.ts'
import { type Database, isUniqueViolation, openDatabase } from '../core/database.ts'
import type { Applied } from './applied.ts'
import { applyRows, keyOfRow } from './apply-rows.ts'
import { withoutLeadingZeros } from './cells.ts'
import { passOverClosed, type RefusedRecord } from './closed-rows.ts'
import { insertChunk, loadChunk, type Position } from './delivery-queries.ts'
import type { Feed } from './feeds.ts'
import type { OpenTable } from './open-table.ts'
import type { Origin } from './origin.ts'
import { keepRows, settleRowsOfRun } from './quarantine-queries.ts'
import { readPiece } from './read-piece.ts'
import { readRecord } from './read-record.ts'
import { type Fault, isPassedOver, type KeptRow, type SourceRow } from './row.ts'
import { runTogether } from './row-queries.ts'
import { listContradicted } from './staging-queries.ts'
import { standByDecisions } from './stand-by-decisions.ts'
import type { TableRecord } from './table-records.ts'

export type ImportedDelivery = { id: string; feed: string; run: number; vendorTime: number }

/** Some thousand rows. Memory and the longest statement grow with it, round trips shrink. */
export const CHUNK_BYTES = 1_048_576

/**
 * Imports the records of one piece of a table, from a position up to the last complete record within
 * `chunkBytes`, and answers where the next piece begins. Everything is written in one batch together with the
 * note that this piece was applied, so that doing it again does nothing.
 */
export async function importChunk(
  env: Pick<Env, 'DB' | 'BUCKET' | 'SEAL_KEY'>,
  delivery: ImportedDelivery,
  table: OpenTable,
  from: Position,
  importedAt: Date,
  chunkBytes = CHUNK_BYTES,
): Promise<Position> {
  const db = openDatabase(env.DB)
  const { id: deliveryId, run } = delivery
  const place = { deliveryId, run, member: table.member, byteOffset: from.offset }
  const { applied, programs, courses, feed, hasAliases, examAliases, hasContradictions } = await loadChunk(
    db,
    place,
    delivery.feed,
  )
  if (applied) return applied

  const program = programs[0]
  const origin: Origin = {
    deliveryId: delivery.id,
    member: table.member,
    feed,
    vendorTime: delivery.vendorTime,
    program,
    programs,
    courses,
    today: calendarDateIn(program.settings.timeZone, importedAt),
    importedAt,
    hasAliases,
    examAliases,
    isDecided: false,
    hasContradictions,
    isCompared: true,
    contradicted: new Set(),
  }
  const piece = await readPiece(env.BUCKET, table, from, chunkBytes)
  const decided = await applyRecords(db, env.SEAL_KEY, origin, table, piece.records)
  const { counts, kept, writes } = run > 1 ? await standByDecisions(db, place, decided) : decided
  try {
    await runTogether(db, [
      insertChunk(db, place, piece.next, counts),
      ...writes,
      ...(run > 1 ? [settleRowsOfRun(db, place, linesOf(from, piece.next, kept), importedAt)] : []),
      ...keepRows(db, place, kept, importedAt),
    ])
  } catch (error) {
    // Two instances of one delivery may run for a moment; the batch of the second is refused whole.
    const other = isUniqueViolation(error) ? (await loadChunk(db, place, delivery.feed)).applied : null
    if (!other) throw error
    return other
  }
  return piece.next
}

/** Reads each record as a row, decides what it does, and sets aside what makes no sense. Nothing is written. */
export async function applyRecords(
  db: Database,
  sealKey: string,
  origin: Origin,
  table: OpenTable,
  records: readonly TableRecord[],
): Promise<Applied> {
  const understood: SourceRow<object>[] = []
  const kept: KeptRow[] = []
  for (const record of records) {
    const reading = readRecord(origin.feed, table, record)
    if (reading.ok) understood.push({ line: record.line, raw: record.raw, fields: reading.value.fields })
    const faults = reading.ok ? reading.value.remarks : [reading.refusal]
    for (const fault of faults) kept.push(keptRecord(table, record, fault, !reading.ok))
  }

  const lines = new Set(understood.map(({ line }) => line))
  const unread = records
    .filter(({ line }) => !lines.has(line))
    .map((record) => refusedRecord(origin.feed, table, record))
  const { taken, passedOver } = await passOverClosed(db, sealKey, origin, understood, unread)
  const keys = taken.map(({ fields }) => keyOfRow(table.layout.kind, fields))
  const contradicted = origin.hasContradictions
    ? await listContradicted(db, { deliveryId: origin.deliveryId, number: table.number }, keys)
    : new Set<string>()
  const applied = await applyRows(db, { ...origin, contradicted }, table.layout.kind, taken)
  const told = kept.filter(({ line }) => !passedOver.has(line))
  const refused = records.length - taken.length
  const waiting = told.filter(({ waits }) => waits).length
  return {
    counts: {
      ...applied.counts,
      read: applied.counts.read + refused,
      quarantined: applied.counts.quarantined + waiting,
      skipped: applied.counts.skipped + refused - waiting,
    },
    // Of two reasons on one line the first is kept: why a row waits is more than a remark about it.
    kept: [...applied.kept, ...told],
    writes: applied.writes,
  }
}

function linesOf(from: Position, next: Position, kept: readonly KeptRow[]) {
  const waiting = kept.filter(({ waits }) => waits).map(({ line }) => line)
  return { from: from.line, to: next.line, waiting }
}

/** Which cell is the ID is known only where the record has as many as the header. */
function refusedRecord(
  { stripsZeros }: Feed,
  { layout }: OpenTable,
  { line, cells }: TableRecord,
): RefusedRecord {
  const id = layout.columns.candidateId
  const named = cells.length !== layout.width ? cells : id === undefined ? [] : [cells[id] ?? '']
  const ids = named.map((cell) => cell.trim())
  return { line, ids: stripsZeros ? [...ids, ...ids.map(withoutLeadingZeros)] : ids }
}

function keptRecord(
  { layout }: OpenTable,
  { line, raw }: TableRecord,
  fault: Fault,
  refused: boolean,
): KeptRow {
  return {
    line,
    kind: layout.kind,
    fault,
    raw,
    fields: null,
    candidateId: null,
    examCode: null,
    waits: refused && !isPassedOver(fault.reason),
  }
}
