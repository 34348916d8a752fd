import { ok, type Result, refuse } from '../core/result.ts'
import { NAMES, REQUIRED, SOMEBODY } from './column-names.ts'
import type { ColumnMap } from './feed-settings.ts'
import type { Feed } from './feeds.ts'
import { type Fault, type RowKind, type TableKind, tableKinds } from './row.ts'
import type { TableRecord } from './table-records.ts'

/** Where each known column stands in this table. Unknown columns are not in it. */
export type Columns = Readonly<Record<string, number>>

export type Layout = { kind: TableKind; columns: Columns; width: number }

/** The kinds by what only they have: a results file may carry names, too. */
const MOST_TELLING_FIRST: readonly TableKind[] = [
  'registration',
  'section',
  'course',
  'result',
  'acknowledgement',
  'candidate',
]

/** Files that by their name must be tables of a kind: they are refused when they are not. */
const KIND_BY_NAME: readonly [RegExp, TableKind][] = [
  [/^exam/i, 'result'],
  [/^results\b/i, 'result'],
  [/^(cand|cdd)/i, 'candidate'],
  [/^registrations\b/i, 'registration'],
  [/^sections\b/i, 'section'],
  [/^courses\b/i, 'course'],
  [/^(vcdc|eac)/i, 'acknowledgement'],
]

/** Finds out by its header what a table is; null when it is a table that we have no use for. */
export function layoutOf(
  header: readonly string[],
  fileName: string,
  feed: Pick<Feed, 'maps'>,
): Result<Layout | null, Fault> {
  const names = header.map(normalized)
  const twice = names.find((name, index) => name !== '' && names.indexOf(name) !== index)
  if (twice !== undefined) return refuse({ reason: 'bad_columns', message: `has two columns named ${twice}` })

  const map = feed.maps.find(({ files }) => matchesFileName(files, fileName))
  if (map) {
    const columns = mappedColumns(map, names)
    const missing = missingByMap(map.kind, columns)
    return missing.length === 0
      ? ok({ kind: map.kind, columns, width: header.length })
      : refuse({ reason: 'bad_columns', message: `lacks ${missing.join(', ')} by the map ${map.name}` })
  }

  for (const kind of MOST_TELLING_FIRST) {
    const columns = columnsOf(kind, names)
    if (missingFrom(kind, columns).length === 0) return ok({ kind, columns, width: header.length })
  }

  const expected = kindByName(fileName)
  if (expected === null) return ok(null)
  const missing = missingFrom(expected, columnsOf(expected, names))
  return refuse({ reason: 'bad_columns', message: `lacks ${missing.join(', ')}` })
}

export function kindByName(fileName: string): TableKind | null {
  return KIND_BY_NAME.find(([pattern]) => pattern.test(baseNameOf(fileName)))?.[1] ?? null
}

export function loadingOrder(kind: TableKind): number {
  return tableKinds.indexOf(kind)
}

/** The cell of a record by our name for its column, trimmed; blank when the table has no such column. */
export function cellsOf(columns: Columns, { cells }: TableRecord): (column: string) => string {
  return (column) => {
    const index = columns[column]
    return index === undefined ? '' : (cells[index] ?? '').trim()
  }
}

/** Whether a file's name, without its folders, fits a pattern in which `*` stands for anything. */
export function matchesFileName(pattern: string, fileName: string): boolean {
  const escaped = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${escaped.join('.*')}$`, 'iu').test(baseNameOf(fileName))
}

/** Our names of the columns of a kind, and which of them a map must give. */
export function columnNames(kind: TableKind): { all: readonly string[]; required: readonly string[] } {
  return { all: Object.keys(NAMES[kind]), required: REQUIRED[kind] }
}

/** Where a table of this kind would have each column that goes by a spelling we know. */
export function knownColumns(kind: RowKind, header: readonly string[]): Columns {
  return columnsOf(kind, header.map(normalized))
}

/** Whether a column's name has anything by which the column is found again. */
export function isFindable(name: string): boolean {
  return normalized(name) !== ''
}

function baseNameOf(fileName: string): string {
  return fileName.slice(fileName.lastIndexOf('/') + 1)
}

/** By a map, and by nothing else: what staff left out of it is not read. */
function mappedColumns({ columns }: ColumnMap, names: readonly string[]): Columns {
  return Object.fromEntries(
    Object.entries(columns).flatMap(([column, theirs]) => {
      const index = names.indexOf(normalized(theirs))
      return index === -1 ? [] : [[column, index]]
    }),
  )
}

function columnsOf(kind: TableKind, names: readonly string[]): Columns {
  const columns: Record<string, number> = {}
  for (const [column, spellings] of Object.entries(NAMES[kind])) {
    const index = spellings
      .map((spelling) => names.indexOf(normalized(spelling)))
      .find((found) => found !== -1)
    if (index !== undefined) columns[column] = index
  }
  return columns
}

/** A vendor whose files have registrations has forgotten them where there are none: its results would come twice. */
function missingFrom(kind: TableKind, columns: Columns): string[] {
  const missing = [...REQUIRED[kind].filter((column) => columns[column] === undefined)]
  if (kind === 'result' && columns.registrationId === undefined) missing.unshift('registrationId')
  return spelled(kind, [...missing, ...nobodyIn(kind, columns)])
}

/** By a map, whoever made it knows that the vendor has no registrations. */
function missingByMap(kind: TableKind, columns: Columns): string[] {
  const missing = REQUIRED[kind].filter((column) => columns[column] === undefined)
  const isKnownByRegistration = kind === 'result' && columns.registrationId !== undefined
  return spelled(kind, [...missing, ...(isKnownByRegistration ? [] : nobodyIn(kind, columns))])
}

function nobodyIn(kind: TableKind, columns: Columns): string[] {
  const namesSomebody = kind === 'result' || kind === 'registration' || kind === 'course'
  return namesSomebody && SOMEBODY.every((column) => columns[column] === undefined) ? [SOMEBODY[0]] : []
}

/** In the order of the names, which is that of the documentation. */
function spelled(kind: TableKind, columns: readonly string[]): string[] {
  return Object.entries(NAMES[kind]).flatMap(([column, [spelling]]) =>
    columns.includes(column) ? [spelling!] : [],
  )
}

function normalized(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}
