import type { Database } from '../core/database.ts'
import { readInstant, withoutLeadingZeros } from '../import/cells.ts'
import type { Columns } from '../import/columns.ts'
import type { Delivery } from '../import/delivery-queries.ts'
import type { Feed } from '../import/feeds.ts'
import type { TableRecord } from '../import/table-records.ts'
import type { ClosedIdHash } from './closed-ids.ts'
import { listErasedEnrolments, listErasedHolders } from './closed-queries.ts'
import type { Choose } from './find-blanks.ts'

/** What is known of closed accounts. */
export type Closed = { hashOf: ClosedIdHash; closedAtOf: ReadonlyMap<string, number> }

/** Null for a table of no known kind. */
export type KnownLayout = { columns: Columns; width: number } | null

const LONGEST_CANDIDATE_ID = 50
/** IDs whose hash is remembered, so that one that stands on many lines is hashed once. */
const MOST_REMEMBERED = 100_000

/**
 * Chooses the records of a delivery that are about closed accounts: what arrived before one closed, what was written
 * before, and later news of sittings and courses that are kept without the person. In a table of no known kind, and in a
 * record that does not fit its header, an ID may be any cell. A record without an ID is known by its registration. Where the
 * feed strips zeros, an ID counts with them and without: the setting may have come later.
 */
export function chooseClosed(
  db: Database,
  { hashOf, closedAtOf }: Closed,
  delivery: Pick<Delivery, 'feed' | 'vendorTime' | 'receivedAt'>,
  layout: KnownLayout,
  { stripsZeros }: Pick<Feed, 'stripsZeros'>,
): Choose {
  const remembered = new Map<string, number | null>()

  async function closedAt(id: string): Promise<number | null> {
    const known = remembered.get(id)
    if (known !== undefined) return known
    const times = (await hashOf(id)).flatMap((hash) => closedAtOf.get(hash) ?? [])
    const latest = times.length === 0 ? null : Math.max(...times)
    if (remembered.size >= MOST_REMEMBERED) remembered.clear()
    remembered.set(id, latest)
    return latest
  }

  return async (records) => {
    const chosen = new Set<TableRecord>()
    const unsure: { record: TableRecord; named: Names }[] = []
    for (const record of records) {
      const named = readNames(layout, record)
      const ids = stripsZeros ? [...named.ids, ...named.ids.map(withoutLeadingZeros)] : named.ids
      const closings = (await Promise.all(ids.map(closedAt))).filter((at) => at !== null)
      const writtenAt = named.modifiedAt ?? delivery.vendorTime
      const isOld = closings.some((at) => writtenAt <= at || delivery.receivedAt.getTime() <= at)
      if (isOld) chosen.add(record)
      else if (named.ids.length === 0 || closings.length > 0) unsure.push({ record, named })
    }
    const holders = await listErasedHolders(
      db,
      delivery.feed,
      unsure.flatMap(({ named }) => named.registrationId || []),
    )
    const attended = await listErasedEnrolments(
      db,
      delivery.feed,
      unsure.flatMap(({ named }) => named.enrolmentId || []),
    )
    for (const { record, named } of unsure)
      if (holders.has(named.registrationId) || attended.has(named.enrolmentId)) chosen.add(record)
    return chosen
  }
}

type Names = { ids: string[]; registrationId: string; enrolmentId: string; modifiedAt: number | null }

function readNames(layout: KnownLayout, { cells }: TableRecord): Names {
  const isPossibleId = (cell: string) => cell !== '' && cell.length <= LONGEST_CANDIDATE_ID
  if (layout === null || cells.length !== layout.width) {
    const ids = cells.map((cell) => cell.trim()).filter(isPossibleId)
    return { ids, registrationId: '', enrolmentId: '', modifiedAt: null }
  }
  const cell = (column: string) => {
    const index = layout.columns[column]
    return index === undefined ? '' : (cells[index] ?? '').trim()
  }
  // Sections of a sitting say nothing of who sat, in no column.
  const isNameless = layout.columns.candidateId === undefined
  return {
    ids: [cell('candidateId')].filter(isPossibleId),
    registrationId: isNameless ? '' : cell('registrationId'),
    enrolmentId: cell('enrolmentId'),
    modifiedAt: readInstant(cell('modifiedAt')),
  }
}
