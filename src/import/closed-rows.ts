import type { Database } from '../core/database.ts'
import { closedIdHash } from '../privacy/closed-ids.ts'
import {
  anyAccountWasClosed,
  findClosedIds,
  listErasedEnrolments,
  listErasedHolders,
  listUnknownIds,
} from '../privacy/closed-queries.ts'
import type { Origin } from './origin.ts'
import type { SourceRow } from './row.ts'

type Named = {
  candidateId?: string
  registrationId?: string
  enrolmentId?: string
  modifiedAt?: number | null
}

/** A record that could not be read as a row, with every cell of it that may be the candidate's ID. */
export type RefusedRecord = { line: number; ids: readonly string[] }

export type PassedOver = { taken: readonly SourceRow<object>[]; passedOver: ReadonlySet<number> }

/**
 * Rows about people who closed their account, by line. What was written before that is passed over, and nothing of
 * it is kept: its text would bring them back. What the vendor wrote later about a sitting or a course of
 * theirs counts for that, which is kept without the person; any other later row begins a new record. Only IDs that nobody has now
 * are asked about, and nothing is before the first account was closed.
 */
export async function passOverClosed(
  db: Database,
  sealKey: string,
  origin: Pick<Origin, 'feed' | 'vendorTime'>,
  rows: readonly SourceRow<object>[],
  refused: readonly RefusedRecord[],
): Promise<PassedOver> {
  const none: PassedOver = { taken: rows, passedOver: new Set() }
  if (rows.length + refused.length === 0 || !(await anyAccountWasClosed(db))) return none
  const ids = new Set([...rows.map(idOf), ...refused.flatMap((record) => record.ids)].filter(isPossibleId))
  const closed = await findClosedIds(db, await closedIdHash(sealKey), await listUnknownIds(db, [...ids]))
  if (closed.size === 0) return none

  const isOld = (id: string, at: number) => at <= (closed.get(id) ?? -Infinity)
  const passedOver = new Set([
    ...rows.filter((row) => isOld(idOf(row), timeOf(row, origin))).map(({ line }) => line),
    ...refused
      .filter((record) => record.ids.some((id) => isOld(id, origin.vendorTime)))
      .map(({ line }) => line),
  ])
  const current = rows.filter(({ line }) => !passedOver.has(line))
  return { taken: await forErasedHolders(db, origin, current, closed), passedOver }
}

/** Later news of a closed account's sitting or course, under the pseudonym that holds it. */
async function forErasedHolders(
  db: Database,
  { feed }: Pick<Origin, 'feed'>,
  rows: readonly SourceRow<object>[],
  closed: ReadonlyMap<string, number>,
): Promise<SourceRow<object>[]> {
  const later = rows.filter((row) => closed.has(idOf(row)))
  const registrations = later.flatMap(({ fields }) => (fields as Named).registrationId ?? [])
  const enrolments = later.flatMap(({ fields }) => (fields as Named).enrolmentId || [])
  const holders = await listErasedHolders(db, feed.id, registrations)
  const attended = await listErasedEnrolments(db, feed.id, enrolments)
  return rows.map((row) => {
    const { registrationId = '', enrolmentId = '' } = row.fields as Named
    const holder = closed.has(idOf(row)) && (holders.get(registrationId) ?? attended.get(enrolmentId))
    if (!holder) return row
    const fields = { ...row.fields, candidateId: holder }
    return { ...row, fields, raw: JSON.stringify(fields) }
  })
}

function idOf({ fields }: SourceRow<object>): string {
  return (fields as Named).candidateId ?? ''
}

function timeOf({ fields }: SourceRow<object>, { vendorTime }: Pick<Origin, 'vendorTime'>): number {
  return (fields as Named).modifiedAt ?? vendorTime
}

const LONGEST_CANDIDATE_ID = 50

function isPossibleId(text: string): boolean {
  return text !== '' && text.length <= LONGEST_CANDIDATE_ID
}
