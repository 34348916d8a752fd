/** What a field of the record may hold: text, numbers, yes or no, or what was kept as JSON. */
export type Value = string | number | boolean | null | Value[] | { [key: string]: Value }
export type Row = Record<string, Value>

/**
 * Everything that the record holds about one person. Its keys stand in record.json, and are what other programs read:
 * they may become more, and never mean anything else. Instants are RFC 3339 in UTC, dates `YYYY-MM-DD`.
 */
export type PersonRecord = {
  format: 'testamur-record-1'
  madeAt: string
  profile: Row & { language: string }
} & Record<ListKey, Row[]>

export const listKeys = [
  'addresses',
  'formerIds',
  'vendorIds',
  'registrations',
  'results',
  'resultVersions',
  'resultSections',
  'awards',
  'renewals',
  'courseCompletions',
  'awardActs',
  'approvals',
  'milestones',
  'transcripts',
  'requests',
  'requestMessages',
  'requestFiles',
  'agreements',
  'signInMethods',
  'sessions',
  'knownBrowsers',
  'links',
  'primaryChanges',
  'recoveries',
  'mergeProofs',
  'mails',
  'copies',
  'rowsSetAside',
  'activity',
] as const

export type ListKey = (typeof listKeys)[number]

type Cell = string | number | null

const JSON_KEYS: ReadonlySet<string> = new Set(['reasonGiven', 'said', 'details', 'certificates'])

/** A row as the database answered it, with instants, yes-or-no and kept JSON as what they are. */
export function readRow(cells: Record<string, Cell>): Row {
  return Object.fromEntries(Object.entries(cells).map(([key, cell]) => [key, readCell(key, cell)]))
}

function readCell(key: string, cell: Cell): Value {
  if (cell === null) return null
  if (typeof cell === 'number' && /(^a|A)t$|Until$/.test(key)) return new Date(cell).toISOString()
  if (typeof cell === 'number' && /^(is|wants|keeps)[A-Z]/.test(key)) return cell === 1
  if (typeof cell === 'string' && JSON_KEYS.has(key)) return JSON.parse(cell) as Value
  return cell
}
