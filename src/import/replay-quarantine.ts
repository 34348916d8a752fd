import { calendarDateIn } from '../core/calendar-date.ts'
import type { Database } from '../core/database.ts'
import { loadProgram } from '../program/queries.ts'
import { applyRows } from './apply-rows.ts'
import { insertChunk } from './delivery-queries.ts'
import { listFeeds } from './feed-queries.ts'
import type { Origin } from './origin.ts'
import { listReplayableRows, settleRows, type WaitingRow } from './quarantine-queries.ts'
import type { SourceRow } from './row.ts'
import { runTogether } from './row-queries.ts'

/**
 * Tries rows again whose candidate or exam has come to be known, up to `limit`, and answers how many. Each keeps
 * its delivery, its line and the vendor's time, so it has the effect that it would have had in its turn.
 */
export async function replayQuarantine(db: Database, now: Date, limit = 1000): Promise<number> {
  const program = await loadProgram(db)
  const examCodes = program.exams.flatMap(({ codes }) => codes.map(({ code }) => code.trim().toUpperCase()))
  const rows = await listReplayableRows(db, examCodes, limit)
  if (rows.length === 0) return 0
  const feeds = new Map((await listFeeds(db)).map((feed) => [feed.id, feed]))

  for (const [first, ...rest] of groupsOf(rows)) {
    const origin: Origin = {
      ...first!,
      feed: feeds.get(first!.feed)!,
      program,
      today: calendarDateIn(program.settings.timeZone, now),
      importedAt: now,
      hasContradictions: false,
      contradicted: new Set(),
      hasAliases: true,
    }
    await replay(db, origin, [first!, ...rest])
  }
  return rows.length
}

/** The rows of one member are decided together, as they would have been. */
function groupsOf(rows: readonly WaitingRow[]): WaitingRow[][] {
  const groups = Map.groupBy(rows, ({ deliveryId, member, kind }) => `${deliveryId}/${kind}/${member}`)
  return [...groups.values()]
}

async function replay(db: Database, origin: Origin, rows: readonly WaitingRow[]): Promise<void> {
  const sources: SourceRow<object>[] = rows.map(({ line, raw, fields }) => ({
    line,
    raw,
    fields: JSON.parse(fields) as object,
  }))
  const { counts, kept, writes } = await applyRows(db, origin, rows[0]!.kind, sources)
  const faults = new Map(kept.filter(({ waits }) => waits).map(({ line, fault }) => [line, fault]))

  // The balance of the delivery stays right: what was in quarantine moves to what it has become.
  const moved = { ...counts, read: 0, quarantined: counts.quarantined - counts.read }
  const [{ line }] = rows as [WaitingRow]
  const { deliveryId, member } = origin
  const place = { deliveryId, run: rows[0]!.run, member: `${member} (again)`, byteOffset: line }
  const settled = rows.map((row) => ({ line: row.line, fault: faults.get(row.line) ?? null }))
  await runTogether(db, [
    ...(moved.quarantined === 0 ? [] : [insertChunk(db, place, { offset: line, line }, moved)]),
    ...writes,
    ...settleRows(db, origin, settled),
  ])
}
