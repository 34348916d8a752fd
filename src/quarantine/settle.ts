import type { Database } from '../core/database.ts'
import { ok, type Result, refuse } from '../core/result.ts'
import type { WaitingRow } from '../import/quarantine-queries.ts'
import { MOST_GROUPS } from '../import/replay-quarantine.ts'
import {
  beginReplaying,
  groupsOf,
  type Replayed,
  type Replaying,
  replayRows,
  sourceOf,
} from '../import/replay-rows.ts'
import { rereadRows } from '../import/reread-quarantine.ts'
import { runTogether } from '../import/row-queries.ts'
import { dismissRows, isRefused, requireWaiting, type Settling } from '../import/settle-queries.ts'
import { findExam } from '../program/catalogue.ts'
import type { Decision } from './settle-form.ts'
import {
  type Decider,
  findLinkFacts,
  learnCode,
  learnLink,
  listContradictions,
  listRowsOfCode,
  listRowsOfSaid,
  noteSettled,
} from './settle-queries.ts'

/** `waits`: the row was tried, and waits for something else. `late`: it was settled before. `also`: so many other rows. */
export type Settled = { state: 'settled' | 'waits' | 'late'; also: number }

/** Message keys of what cannot be done, by the field that asked for it. */
export type SettleRefusal = { field: string; message: string }

const MOST_ROWS = 1000
const LONGEST_ID = 50

/** What is learned and settled in one request with this decision. */
export async function settleRow(
  env: Env,
  db: Database,
  row: WaitingRow,
  decision: Decision,
  decider: Decider,
): Promise<Result<Settled, SettleRefusal>> {
  switch (decision.way) {
    case 'link':
      return linkRow(db, row, decision.candidate, decider)
    case 'map':
      return mapCode(db, row, decision.exam, decider)
    case 'count':
      return ok(await countRow(db, row, decider))
    case 'again':
      return ok(await readAgain(env, db, row, decider))
    case 'dismiss':
      return ok(await dismissRow(db, row, decision.note, decider))
  }
}

type Named = { candidateId?: string; registrationId?: string; enrolmentId?: string }

async function linkRow(
  db: Database,
  row: WaitingRow,
  typed: string,
  decider: Decider,
): Promise<Result<Settled, SettleRefusal>> {
  const source = sourceOf(row)
  const { candidateId: said = '', registrationId = '', enrolmentId = '' } = source.fields as Named
  const named = { feed: row.feed, said, registrationId, enrolmentId, typed }
  const { chosen, isKnown, holder } = await findLinkFacts(db, named)
  if (chosen === null) return refuse({ field: 'candidate', message: 'quarantine.candidate.unknown' })
  if (holder !== null && holder !== chosen)
    return refuse({ field: 'candidate', message: 'quarantine.candidate.not-holder' })

  // Nothing is learned of an ID that is somebody's: their own rows would go to another.
  const isLearned = said !== '' && said.length <= LONGEST_ID && !isKnown && said !== chosen
  const others = isLearned
    ? (await listRowsOfSaid(db, row.feed, said, MOST_ROWS)).filter((other) => !isSameRow(other, row))
    : []
  const settling: Settling = { settlement: 'linked', settledBy: decider.staffId, note: null }
  const replaying = await beginReplaying(db, decider.now)
  const done = await replayRows(db, replaying, {
    rows: [row],
    // Who a candidate is says their own record.
    sources:
      row.kind === 'candidate' ? [] : [{ ...source, fields: { ...source.fields, candidateId: chosen } }],
    settling,
    also: () => [
      ...(isLearned ? learnLink(db, { feed: row.feed, said, candidateId: chosen }, decider) : []),
      ...noteSettled(db, row, { kind: 'linked', rows: 1 + others.length, candidateId: chosen }, decider),
    ],
  })
  return ok(await withOthers(db, replaying, done, others, settling))
}

/** Learns what a feed calls an exam, beginning with this row of it. */
export async function mapCode(
  db: Database,
  row: WaitingRow,
  exam: string,
  decider: Decider,
): Promise<Result<Settled, SettleRefusal>> {
  const replaying = await beginReplaying(db, decider.now)
  const code = row.examCode?.trim() ?? ''
  if (!findExam(replaying.program, exam) || code === '')
    return refuse({ field: 'exam', message: 'quarantine.exam.missing' })

  const others = (await listRowsOfCode(db, row.feed, code, MOST_ROWS)).filter(
    (other) => !isSameRow(other, row),
  )
  const settling: Settling = { settlement: 'mapped', settledBy: decider.staffId, note: null }
  const exams = replaying.program.exams.map((one) => one.code)
  const known = new Map([...(replaying.examAliases.get(row.feed) ?? []), [code, exam]])
  const knowing = { ...replaying, examAliases: new Map([...replaying.examAliases, [row.feed, known]]) }
  const done = await replayRows(db, knowing, {
    rows: [row],
    settling,
    also: () => [
      ...learnCode(db, { feed: row.feed, code, exam, exams }, decider),
      ...noteSettled(db, row, { kind: 'mapped', rows: 1 + others.length }, decider),
    ],
  })
  return ok(await withOthers(db, knowing, done, others, settling))
}

/** Has a row count although it repeats another or takes a grade back. What else its table says of the same is passed over. */
export async function countRow(db: Database, row: WaitingRow, decider: Decider): Promise<Settled> {
  const others = row.reason === 'duplicate_in_file' ? await listContradictions(db, row, MOST_ROWS) : []
  const done = await replayRows(db, await beginReplaying(db, decider.now), {
    rows: [row],
    settling: { settlement: 'counted', settledBy: decider.staffId, note: null },
    isDecided: true,
    also: (waiting) =>
      waiting.length > 0
        ? []
        : [
            ...dismissRows(
              db,
              others,
              { settledBy: decider.staffId, note: `Line ${row.line} counts` },
              decider.now,
            ),
            ...noteSettled(db, row, { kind: 'counted', rows: 1 + others.length }, decider),
          ],
  })
  const settled = stateOf(done)
  return { state: settled, also: settled === 'settled' ? others.length : 0 }
}

async function readAgain(env: Env, db: Database, row: WaitingRow, decider: Decider): Promise<Settled> {
  const settling: Settling = { settlement: 'replayed', settledBy: decider.staffId, note: null }
  const replaying = await beginReplaying(db, decider.now)
  const done = await rereadRows(env, db, replaying, [row], settling, (waiting) =>
    waiting.length > 0 ? [] : noteSettled(db, row, { kind: 'replayed', rows: 1 }, decider),
  )
  return { state: stateOf(done), also: 0 }
}

async function dismissRow(db: Database, row: WaitingRow, note: string, decider: Decider): Promise<Settled> {
  try {
    await runTogether(db, [
      requireWaiting(db, row, [row.line]),
      ...dismissRows(db, [row], { settledBy: decider.staffId, note }, decider.now),
      ...noteSettled(db, row, { kind: 'dismissed', rows: 1 }, decider),
    ])
    return { state: 'settled', also: 0 }
  } catch (error) {
    if (isRefused(error)) return { state: 'late', also: 0 }
    throw error
  }
}

/** What was learned holds for the rows that wait for the same; those beyond what one request can do are the trigger's. */
async function withOthers(
  db: Database,
  replaying: Replaying,
  done: Replayed | null,
  others: readonly WaitingRow[],
  settling: Settling,
): Promise<Settled> {
  if (!done) return { state: 'late', also: 0 }
  let also = 0
  for (const group of groupsOf(others).slice(0, MOST_GROUPS)) {
    const replayed = await replayRows(db, replaying, { rows: group, settling })
    also += replayed?.settled ?? 0
  }
  return { state: stateOf(done), also }
}

function stateOf(done: Replayed | null): Settled['state'] {
  if (!done) return 'late'
  return done.settled > 0 ? 'settled' : 'waits'
}

function isSameRow(one: WaitingRow, other: WaitingRow): boolean {
  return one.deliveryId === other.deliveryId && one.member === other.member && one.line === other.line
}
