import type { Database } from '../core/database.ts'
import { listReplayableRows } from './quarantine-queries.ts'
import { beginReplaying, groupsOf, replayRows } from './replay-rows.ts'
import type { Settling } from './settle-queries.ts'

/** Rows that count because what they waited for has come. */
export const byThemselves: Settling = { settlement: 'replayed', settledBy: null, note: null }

/** Each table that rows are of costs a score of statements, of which an invocation has a thousand. */
export const MOST_GROUPS = 40

/**
 * Tries rows again whose candidate or exam has come to be known, up to `limit`, and answers how many. Those that go on
 * waiting for the same reason are not tried at `now` again.
 */
export async function replayQuarantine(db: Database, now: Date, limit = 1000): Promise<number> {
  const replaying = await beginReplaying(db, now)
  const { exams } = replaying.program
  const examCodes = exams.flatMap(({ codes }) => codes.map(({ code }) => code.trim().toUpperCase()))
  const known = { examCodes, exams: exams.map(({ code }) => code) }
  const rows = await listReplayableRows(db, known, now, limit)
  let tried = 0
  for (const group of groupsOf(rows).slice(0, MOST_GROUPS)) {
    await replayRows(db, replaying, { rows: group, settling: byThemselves })
    tried += group.length
  }
  return tried
}
