import { strToU8, type Zippable, zipSync } from 'fflate'
import Papa from 'papaparse'
import { REGISTRATION_COLUMNS, RESULT_COLUMNS } from './event-row.ts'
import type { ClaimedEvent } from './queries.ts'

/** A ZIP may have more members, and nobody tells so much of one sitting in five minutes. */
const MOST_TABLES_OF_A_KIND = 90
/** Of the first day that a ZIP can name, in the zone of whoever writes it: the same events are the same bytes. */
const MTIME = '1980-01-02T00:00:00'

const COLUMNS = { results: RESULT_COLUMNS, registrations: REGISTRATION_COLUMNS } as const

type Told = ClaimedEvent & { row: NonNullable<ClaimedEvent['row']> }

/**
 * Events as the tables of our neutral format, in a ZIP. Two events of one sitting stand in two tables, the later in the
 * later one, since within a table they would contradict each other. Null when there is nothing to tell; `left` is what
 * does not fit.
 */
export function bundleFile(events: readonly ClaimedEvent[]): { bytes: Uint8Array | null; left: number[] } {
  const tables = new Map<string, Told[]>()
  const left: number[] = []
  const seen = new Map<string, number>()
  for (const event of events.filter(isTold)) {
    const { table, cells } = event.row
    const key = JSON.stringify([table, cells.registration_id])
    const number = (seen.get(key) ?? 0) + 1
    seen.set(key, number)
    if (number > MOST_TABLES_OF_A_KIND) left.push(event.id)
    else {
      const name = `${table}-${String(number).padStart(2, '0')}.csv`
      tables.set(name, [...(tables.get(name) ?? []), event])
    }
  }
  if (tables.size === 0) return { bytes: null, left }

  const members: Zippable = {}
  for (const [name, told] of [...tables].toSorted()) members[name] = strToU8(tableOf(told))
  return { bytes: zipSync(members, { mtime: MTIME }), left }
}

function isTold(event: ClaimedEvent): event is Told {
  return event.row !== null
}

function tableOf(events: readonly Told[]): string {
  const columns = COLUMNS[events[0]!.row.table]
  const data = events.map(({ kind, eventId, happenedAt, row }) => {
    const told = { event: kind, event_id: eventId, modified_at: new Date(happenedAt).toISOString() }
    const cells: Record<string, string> = { ...row.cells, ...told }
    return columns.map((column) => cells[column] ?? '')
  })
  return `${Papa.unparse({ fields: [...columns], data }, { newline: '\r\n' })}\r\n`
}
