import { type Database, openDatabase } from '../core/database.ts'
import { causeOf } from '../core/failure.ts'
import { passOverClosed } from './closed-rows.ts'
import { feedOfDelivery } from './events/our-format.ts'
import type { Feed } from './feeds.ts'
import { LONGEST_RAW, type WaitingRow } from './quarantine-queries.ts'
import { readRecord } from './read-record.ts'
import { type RecordShape, shapeOf } from './record-shape.ts'
import { byThemselves, MOST_GROUPS, type Tried } from './replay-quarantine.ts'
import { beginReplaying, groupsOf, type Replay, type Replaying, replayRows, sourceOf } from './replay-rows.ts'
import { findTable, listOutdatedRows } from './reread-queries.ts'
import { isPassedOver, type KeptRow, type Reason, type SourceRow, type TableKind } from './row.ts'
import { blankRows, type Settling } from './settle-queries.ts'
import { readRecords } from './table-records.ts'

type Bindings = Pick<Env, 'DB' | 'SEAL_KEY'>

const ROWS_AT_ONCE = 1000

/**
 * Reads rows again from their text that were last read under earlier settings of their feed, and applies those that
 * make sense now. One table that cannot be read is no reason to leave the others.
 */
export async function rereadQuarantine(env: Bindings, now: Date): Promise<Tried> {
  const db = openDatabase(env.DB)
  const rows = await listOutdatedRows(db, ROWS_AT_ONCE)
  if (rows.length === 0) return { rows: 0, units: 0 }
  const replaying = await beginReplaying(db, now)
  const groups = groupsOf(rows).slice(0, MOST_GROUPS)
  const failures: string[] = []
  for (const group of groups)
    await rereadRows(env, db, replaying, group, byThemselves).catch((error: unknown) =>
      failures.push(causeOf(error)),
    )
  if (failures.length > 0) throw new Error(failures.join('; '))
  return { rows: groups.flat().length, units: groups.length }
}

/** Reads rows of one table again, by the feed as it is set now, and by what was understood where their text was cut. */
export async function rereadRows(
  env: Bindings,
  db: Database,
  replaying: Replaying,
  rows: readonly WaitingRow[],
  settling: Settling,
  also: Replay['also'] = () => [],
) {
  const [first] = rows as [WaitingRow]
  const feed = replaying.feeds.get(first.feed)!
  const member = await findTable(db, first)
  const shape = member && shapeOf(feedOfDelivery(feed, member), member)
  const kind = shape?.layout.kind ?? first.kind
  const readings = rows.map((row) => readAgain(row, kind, feed, shape))
  const sources = readings.flatMap(({ source }) => source ?? [])
  const { taken, passedOver } = await passOverClosed(
    db,
    env.SEAL_KEY,
    { feed, vendorTime: first.vendorTime },
    sources,
    [],
  )
  return replayRows(db, replaying, {
    rows: rows.map((row) => ({ ...row, kind })),
    sources: taken,
    refused: readings.flatMap(({ refused }) => refused ?? []),
    settling,
    feedVersion: replaying.versions.get(first.feed)!,
    also: (waiting) => [...also(waiting), ...blankRows(db, first, [...passedOver])],
  })
}

/** Which of two rows counts, and whether a grade is taken back, is for a person to say, however they are read. */
const FOR_PERSONS: readonly string[] = ['duplicate_in_file', 'regression'] satisfies Reason[]

/** Neither for a row that is passed over now. */
type Reading = { source?: SourceRow<object>; refused?: KeptRow }

function readAgain(row: WaitingRow, kind: TableKind, feed: Feed, shape: RecordShape | null): Reading {
  const { line, raw } = row
  if (FOR_PERSONS.includes(row.reason)) return { refused: keptAsItWas(row) }
  if (!shape || raw.length >= LONGEST_RAW)
    return row.fields === null ? { refused: keptAsItWas(row) } : { source: sourceOf(row) }

  const { layout, delimiter } = shape
  const { records } = readRecords(raw, { delimiter, width: layout.width, line, complete: true, limit: 1 })
  const reading = readRecord(feed, shape, { line, raw, cells: records[0]?.cells ?? [] })
  if (reading.ok) return { source: { line, raw, fields: reading.value.fields } }
  const fault = reading.refusal
  if (isPassedOver(fault.reason)) return {}
  return { refused: { line, kind, fault, raw, fields: null, candidateId: null, examCode: null, waits: true } }
}

function keptAsItWas({
  line,
  kind,
  reason,
  message,
  raw,
  candidateId,
  examCode,
  ...row
}: WaitingRow): KeptRow {
  const fault = { reason: reason as Reason, message }
  const fields: unknown = row.fields === null ? null : JSON.parse(row.fields)
  return { line, kind, fault, raw, fields, candidateId, examCode, waits: true }
}
