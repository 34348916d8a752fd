import type { Database } from '../core/database.ts'
import type { WaitingRow } from '../import/quarantine-queries.ts'
import { MOST_GROUPS } from '../import/replay-quarantine.ts'
import { beginReplaying, groupsOf, replayRows } from '../import/replay-rows.ts'
import { rereadRows } from '../import/reread-quarantine.ts'
import { runTogether } from '../import/row-queries.ts'
import { dismissRows, type RowAddress, type Settling } from '../import/settle-queries.ts'
import { askForReading } from './bulk-queries.ts'
import type { Filter } from './list-filter.ts'
import { countWaiting, listWaitingRows } from './list-queries.ts'
import { bulkWaysFor, type Way } from './reasons.ts'
import { listAddressedRows } from './row-queries.ts'
import { mapCode } from './settle.ts'
import type { Decision } from './settle-form.ts'
import { type Decider, noteSettled } from './settle-queries.ts'

/** More in one request would take too long; what is left is for the next. */
export const BULK_ROWS = 1000

/** Rows that were ticked, or all that a filter finds. */
export type Selection = { rows: readonly RowAddress[] } | { filter: Filter }

/** The selected rows that still wait, as many as one request settles. `total`: up to one more than can be counted. */
export type SelectedRows = { rows: WaitingRow[]; total: number; ways: Way[] }

export async function selectRows(db: Database, selection: Selection): Promise<SelectedRows> {
  const rows =
    'rows' in selection
      ? await listAddressedRows(db, selection.rows)
      : await listWaitingRows(db, selection.filter, BULK_ROWS)
  const total =
    'rows' in selection || rows.length < BULK_ROWS ? rows.length : await countWaiting(db, selection.filter)
  const reasons = [...new Set(rows.map(({ reason }) => reason))]
  const codes = [...new Set(rows.map(({ feed, examCode }) => `${feed} ${examCode}`))]
  return { rows, total, ways: rows.length === 0 ? [] : bulkWaysFor(reasons, codes) }
}

/** Settles the rows one way, and answers how many wait no more. Those that somebody was faster with stay as they are. */
export async function settleRows(
  env: Env,
  db: Database,
  { rows }: SelectedRows,
  selection: Selection,
  decision: Exclude<Decision, { way: 'link' }>,
  decider: Decider,
): Promise<number> {
  const [first] = rows as [WaitingRow]
  const settledBy = decider.staffId
  switch (decision.way) {
    case 'dismiss': {
      const about = { kind: 'dismissed', rows: rows.length }
      await runTogether(db, [
        ...dismissRows(db, rows, { settledBy, note: decision.note }, decider.now),
        ...noteSettled(db, first, about, decider),
      ])
      return rows.length
    }
    case 'map': {
      const mapped = await mapCode(db, first, decision.exam, decider)
      return mapped.ok && mapped.value.state === 'settled' ? 1 + mapped.value.also : 0
    }
    case 'count':
      return countRows(db, rows, { settlement: 'counted', settledBy, note: null }, decider)
    case 'again':
      if ('filter' in selection) await askForReading(db, selection.filter)
      return readRows(env, db, rows, { settlement: 'replayed', settledBy, note: null }, decider)
  }
}

async function countRows(db: Database, rows: readonly WaitingRow[], settling: Settling, decider: Decider) {
  const replaying = await beginReplaying(db, decider.now)
  let settled = 0
  for (const group of groupsOf(rows).slice(0, MOST_GROUPS)) {
    const about = { kind: 'counted', rows: group.length }
    const also = () => noteSettled(db, group[0]!, about, decider)
    settled +=
      (await replayRows(db, replaying, { rows: group, settling, isDecided: true, also }))?.settled ?? 0
  }
  return settled
}

async function readRows(
  env: Env,
  db: Database,
  rows: readonly WaitingRow[],
  settling: Settling,
  decider: Decider,
) {
  const replaying = await beginReplaying(db, decider.now)
  let settled = 0
  for (const group of groupsOf(rows).slice(0, MOST_GROUPS)) {
    const read = await rereadRows(env, db, replaying, group, settling, (waiting) => {
      const done = group.length - waiting.length
      return done === 0 ? [] : noteSettled(db, group[0]!, { kind: 'replayed', rows: done }, decider)
    })
    settled += read?.settled ?? 0
  }
  return settled
}
