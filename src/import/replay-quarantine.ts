import type { Database } from '../core/database.ts'
import { listReplayableRows } from './quarantine-queries.ts'
import { beginReplaying, groupsOf, replayRows } from './replay-rows.ts'
import type { Settling } from './settle-queries.ts'

/** Rows that count because what they waited for has come. */
export const byThemselves: Settling = { settlement: 'replayed', settledBy: null, note: null }

/** Each table that rows are of costs a score of statements, of which an invocation has a thousand. */
export const MOST_GROUPS = 40

/** How many rows were tried, and of how many tables they are. */
export type Tried = { rows: number; units: number }

/** Goes on until nothing is left, or as long as one invocation may. */
export async function whileItMay(work: () => Promise<Tried>): Promise<void> {
  for (let spent = 0; spent < MOST_GROUPS; ) {
    const { rows, units } = await work()
    if (rows === 0) return
    spent += units
  }
}

/**
 * Tries rows again whose candidate, exam or course has come to be known, up to `limit` of up to `mostGroups` tables. Those that go on waiting for the same
 * reason are not tried at `now` again.
 */
export async function replayRound(
  db: Database,
  now: Date,
  limit = 1000,
  mostGroups = MOST_GROUPS,
): Promise<Tried> {
  const replaying = await beginReplaying(db, now)
  const { exams } = replaying.program
  const examCodes = exams.flatMap(({ codes }) => codes.map(({ code }) => code.trim().toUpperCase()))
  const known = {
    examCodes,
    exams: exams.map(({ code }) => code),
    courses: replaying.courses.map((course) => ({ ...course, code: course.code.toUpperCase() })),
  }
  const rows = await listReplayableRows(db, known, now, limit)
  const groups = groupsOf(rows).slice(0, mostGroups)
  for (const group of groups) await replayRows(db, replaying, { rows: group, settling: byThemselves })
  return { rows: groups.flat().length, units: groups.length }
}
