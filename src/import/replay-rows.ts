import { type CalendarDate, calendarDateIn } from '../core/calendar-date.ts'
import type { Database } from '../core/database.ts'
import type { Program } from '../program/program.ts'
import type { Applied } from './applied.ts'
import { applyRows } from './apply-rows.ts'
import type { Origin } from './origin.ts'
import type { WaitingRow } from './quarantine-queries.ts'
import { loadReplayFacts, type ReplayFacts } from './replay-queries.ts'
import { type KeptRow, noCounts, type SourceRow, type TableKind } from './row.ts'
import { runTogether, type Statement } from './row-queries.ts'
import {
  isRefused,
  keepWaiting,
  moveRows,
  requireWaiting,
  type Settling,
  settleRows,
} from './settle-queries.ts'

/** What is the same for all rows that are tried again at one time. */
export type Replaying = ReplayFacts & { program: Program; now: Date; today: CalendarDate }

export async function beginReplaying(db: Database, now: Date): Promise<Replaying> {
  const facts = await loadReplayFacts(db)
  const [program] = facts.programs
  return { ...facts, program, now, today: calendarDateIn(program.settings.timeZone, now) }
}

/** How many rows wait no more, and which go on waiting, and for what. */
export type Replayed = { settled: number; waiting: KeptRow[] }

export type Replay = {
  /** Of one table of one delivery, and of one run. */
  rows: readonly WaitingRow[]
  /** What they say, where it is not what was understood of them before. Rows without a source just settle. */
  sources?: readonly SourceRow<object>[]
  /** Rows that make no sense, read anew. */
  refused?: readonly KeptRow[]
  settling: Settling
  isDecided?: boolean
  /** Written in the same batch, by which of the rows go on waiting. */
  also?: (waiting: readonly KeptRow[]) => readonly Statement[]
  /** The settings under which the rows were read anew. */
  feedVersion?: number
}

/**
 * Tries waiting rows of one table again. Each keeps its delivery, its line and the vendor's time, so that it has the
 * effect that it would have had in its turn; the balance of the delivery follows. Null where one of them does not
 * wait any more: then nothing happened.
 */
export async function replayRows(
  db: Database,
  replaying: Replaying,
  {
    rows,
    sources = rows.map(sourceOf),
    refused = [],
    settling,
    isDecided = false,
    also = () => [],
    feedVersion,
  }: Replay,
): Promise<Replayed | null> {
  const [first] = rows as [WaitingRow]
  const place = { deliveryId: first.deliveryId, run: first.run, member: first.member }
  const lines = rows.map(({ line }) => line)
  const origin = originOf(replaying, first, isDecided)
  const applied = await applyAll(db, origin, first.kind, sources)
  const waiting = [...refused, ...applied.kept.filter(({ waits }) => waits)]
  const isWaiting = new Set(waiting.map(({ line }) => line))
  const settled = lines.filter((line) => !isWaiting.has(line))

  const { counts } = applied
  // Rows without a source were passed over by whoever settled them.
  const skipped = counts.skipped + settled.length - (counts.read - counts.quarantined)
  try {
    await runTogether(db, [
      requireWaiting(db, place, lines),
      ...(settled.length === 0 ? [] : [moveRows(db, place, settled, { ...counts, skipped })]),
      ...applied.writes,
      ...settleRows(db, place, settled, settling, replaying.now),
      ...keepWaiting(db, place, waiting, feedVersion ?? null, replaying.now),
      ...also(waiting),
    ])
  } catch (error) {
    if (isRefused(error)) return null
    throw error
  }
  return { settled: settled.length, waiting }
}

/** The rows of one member are decided together, as they would have been. */
export function groupsOf(rows: readonly WaitingRow[]): WaitingRow[][] {
  const groups = Map.groupBy(
    rows,
    ({ deliveryId, run, member, kind }) => `${deliveryId}/${run}/${kind}/${member}`,
  )
  return [...groups.values()]
}

export function originOf(
  { program, programs, courses, feeds, examAliases, now, today }: Replaying,
  { deliveryId, member, vendorTime, feed }: WaitingRow,
  isDecided: boolean,
): Origin {
  return {
    deliveryId,
    member,
    vendorTime,
    feed: feeds.get(feed)!,
    program,
    programs,
    courses,
    today,
    importedAt: now,
    hasContradictions: false,
    isCompared: false,
    contradicted: new Set(),
    hasAliases: true,
    examAliases: examAliases.get(feed) ?? new Map(),
    isDecided,
  }
}

export function sourceOf({ deliveryId, line, raw, fields }: WaitingRow): SourceRow<object> {
  if (fields === null) throw new Error(`nothing was understood of line ${line} of ${deliveryId}`)
  return { line, raw, fields: JSON.parse(fields) as object }
}

async function applyAll(
  db: Database,
  origin: Origin,
  kind: TableKind,
  sources: readonly SourceRow<object>[],
): Promise<Applied> {
  return sources.length === 0
    ? { counts: noCounts(), kept: [], writes: [] }
    : applyRows(db, origin, kind, sources)
}
