import { findBrakes } from '../import/brakes.ts'
import type { Feed } from '../import/feeds.ts'
import { type Counts, isPassedOver, type KeptRow, type Reason } from '../import/row.ts'
import type { Brake } from '../schema.ts'

export const FAULTS_SHOWN = 100

export type ToldFault = { member: string; line: number; reason: Reason; message: string }

/** Kept because it does not count, and not for a remark about it. */
export function isRefused({ waits, fault }: KeptRow): boolean {
  return waits || isPassedOver(fault.reason)
}

/** What is told of the rows that were kept with a reason. */
export function toldOf(kept: readonly (KeptRow & { member: string })[]) {
  const rows = new Map<Reason, number>()
  for (const { fault } of kept.filter(isRefused)) rows.set(fault.reason, (rows.get(fault.reason) ?? 0) + 1)
  const unknown = kept.flatMap(({ fault, candidateId }) =>
    fault.reason === 'unknown_candidate' ? (candidateId ?? []) : [],
  )
  return {
    reasons: [...rows]
      .map(([reason, count]) => ({ reason, rows: count }))
      .toSorted((a, b) => b.rows - a.rows),
    faults: kept
      .slice(0, FAULTS_SHOWN)
      .map(({ member, line, fault }) => ({ member, line, reason: fault.reason, message: fault.message })),
    unknownCandidates: new Set(unknown).size,
  }
}

const UNMATCHED: readonly Reason[] = ['unknown_candidate', 'unknown_exam', 'unknown_course']

/** Before anything is applied, an import looks at the rows as they were read. */
export function brakesOf(feed: Feed, { read }: Counts, kept: readonly KeptRow[]): Brake[] {
  const waiting = kept.filter(({ waits }) => waits)
  const isUnmatched = ({ fault }: KeptRow) => UNMATCHED.includes(fault.reason)
  const unmatched = waiting.filter(isUnmatched).length
  const failing = waiting.filter(({ fields }) => fields === null).length
  return findBrakes({ rows: read, failing, unmatched }, feed.brakes, [])
}
