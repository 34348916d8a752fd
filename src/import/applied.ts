import type { Database } from '../core/database.ts'
import type { Origin } from './origin.ts'
import {
  type Counts,
  type Fault,
  isPassedOver,
  type KeptRow,
  noCounts,
  type RowKind,
  type RowOutcome,
  type SourceRow,
} from './row.ts'
import type { Statement } from './row-queries.ts'

/** What rows come to: how many did what, which are kept with a reason, and what is to be written for it. */
export type Applied = { counts: Counts; kept: KeptRow[]; writes: Statement[] }

/** Reads what is stored about the rows, decides each, and hands back the writes without running them. */
export type Apply<Fields> = (
  db: Database,
  origin: Origin,
  rows: readonly SourceRow<Fields>[],
) => Promise<Applied>

/** What some rows come to, and then some others. */
export function together(parts: readonly Applied[]): Applied {
  const counts = noCounts()
  for (const part of parts)
    for (const name of Object.keys(counts) as (keyof Counts)[]) counts[name] += part.counts[name]
  return {
    counts,
    kept: parts.flatMap(({ kept }) => kept),
    writes: parts.flatMap(({ writes }) => writes),
  }
}

/** Adds up outcomes while rows are decided. */
export function tallyOf(kind: RowKind) {
  const counts = noCounts()
  const kept: KeptRow[] = []
  return {
    counts,
    kept,
    count(outcome: RowOutcome) {
      counts.read += 1
      counts[outcome] += 1
    },
    /** A row that does not count, for the reason given; what was understood of it is kept for a later try. */
    refuse(row: { line: number; raw: string; fields?: unknown }, fault: Fault) {
      const passedOver = isPassedOver(fault.reason)
      counts.read += 1
      counts[passedOver ? 'skipped' : 'quarantined'] += 1
      kept.push(keptRow(kind, row, fault, !passedOver))
    },
    /** Something worth telling about a row that counts all the same. */
    remark(row: { line: number; raw: string; fields?: unknown }, fault: Fault) {
      kept.push(keptRow(kind, row, fault, false))
    },
  }
}

export type Tally = ReturnType<typeof tallyOf>

function keptRow(
  kind: RowKind,
  { line, raw, fields }: { line: number; raw: string; fields?: unknown },
  fault: Fault,
  waits: boolean,
): KeptRow {
  const named = (fields ?? {}) as { candidateId?: string; examCode?: string; registrationId?: string }
  return {
    line,
    kind,
    fault,
    raw,
    fields: fields ?? null,
    candidateId: named.candidateId || null,
    examCode: named.examCode?.trim().toUpperCase() ?? null,
    registrationId: named.registrationId ?? null,
    waits,
  }
}
