import { isUniqueViolation, openDatabase } from '../core/database.ts'
import type { Program } from '../program/program.ts'
import { keyOfRow } from './apply-rows.ts'
import type { Position } from './delivery-queries.ts'
import { examOfRow } from './exam-of-row.ts'
import type { OpenTable } from './open-table.ts'
import { readPiece } from './read-piece.ts'
import { readRecord } from './read-record.ts'
import { isPassedOver, type RowReading } from './row.ts'
import { rowHash } from './row-hash.ts'
import { runTogether } from './row-queries.ts'
import {
  insertStagedChunk,
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
 * Stages the rows of one piece of a table, and answers where the next piece begins: what each speaks of and says, and
 * whether it makes sense and names somebody known. Nothing is applied. Doing it again does nothing.
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
  const { staged, feed, ...catalogue } = await loadStagedChunk(db, place, delivery.feed)
  if (staged) return staged

  const piece = await readPiece(env.BUCKET, table, from, chunkBytes)
  const read = piece.records.map((record) => ({
    line: record.line,
    reading: readRecord(feed, table, record),
  }))
  const named = read.flatMap(({ reading }) => (reading.ok ? candidateOf(reading.value.fields) || [] : []))
  const unknown =
    table.layout.kind === 'candidate' || named.length === 0
      ? new Set<string>()
      : await listUnknownCandidates(db, delivery, candidateTables, named)
  const rows = read.map((one) => stagedRow(table, one))
  try {
    await runTogether(db, [
      insertStagedChunk(db, place, piece.next, countsOf(catalogue, read, unknown)),
      ...stageRows(db, place, rows),
    ])
  } catch (error) {
    const other = isUniqueViolation(error) ? (await loadStagedChunk(db, place, delivery.feed)).staged : null
    if (!other) throw error
    return other
  }
  return piece.next
}

function stagedRow({ layout }: OpenTable, { line, reading }: Read): StagedRow {
  if (!reading.ok) return { key: '', line, rowHash: '', fault: reading.refusal.reason }
  const { fields } = reading.value
  return { key: keyOfRow(layout.kind, fields), line, rowHash: rowHash(JSON.stringify(fields)), fault: null }
}

type Catalogue = { program: Program; examAliases: ReadonlyMap<string, string> }

function countsOf(catalogue: Catalogue, read: readonly Read[], unknown: ReadonlySet<string>): StagedCounts {
  const counts: StagedCounts = { read: read.length, failing: 0, unmatched: 0, totals: {}, examples: [] }
  for (const { line, reading } of read) {
    const fault = reading.ok ? faultOf(catalogue, reading.value.fields, unknown) : reading.refusal
    if (reading.ok) countTotals(counts.totals, reading.value.fields)
    if (fault === null || isPassedOver(fault.reason)) continue
    counts[reading.ok ? 'unmatched' : 'failing'] += 1
    if (counts.examples.length < MOST_EXAMPLES) counts.examples.push({ line, reason: fault.reason })
  }
  return counts
}

type Named = { candidateId?: string; examCode?: string; delivery?: string; grade?: string }

function candidateOf(fields: object): string {
  return (fields as Named).candidateId ?? ''
}

function faultOf(catalogue: Catalogue, fields: object, unknown: ReadonlySet<string>) {
  const { candidateId, examCode } = fields as Named
  if (candidateId !== undefined && unknown.has(candidateId)) return { reason: 'unknown_candidate' } as const
  if (examCode !== undefined && examOfRow(catalogue, examCode) === null)
    return { reason: 'unknown_exam' } as const
  return null
}

/** As a manifest counts results: no-shows, and the others by their grade. */
function countTotals(totals: Record<string, number>, fields: object): void {
  const { delivery, grade } = fields as Named
  if (delivery === undefined || grade === undefined) return
  const name = delivery.startsWith('no_show') ? 'no_show' : grade
  totals[name] = (totals[name] ?? 0) + 1
}
