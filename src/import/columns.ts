import { ok, type Result, refuse } from '../core/result.ts'
import type { ColumnMap } from './feed-settings.ts'
import type { Feed } from './feeds.ts'
import { type Fault, type RowKind, rowKinds } from './row.ts'
import type { TableRecord } from './table-records.ts'

/** Where each known column stands in this table. Unknown columns are not in it. */
export type Columns = Readonly<Record<string, number>>

export type Layout = { kind: RowKind; columns: Columns; width: number }

/**
 * What the columns are called, in our words and then in every spelling seen (vendor-feeds 1.3, 1.6, 5.2):
 * any case, any spaces or underscores, any order.
 */
const NAMES: Record<RowKind, Record<string, readonly string[]>> = {
  result: {
    registrationId: ['RegistrationID', 'result_id'],
    candidateId: ['ClientCandidateID'],
    examCode: ['ExamSeriesCode', 'exam_code'],
    examAt: ['ExamDate', 'delivered_at'],
    delivery: ['delivery'],
    grade: ['Grade', 'ExamGrade'],
    validity: ['validity'],
    noShow: ['NoShow'],
    ndaRefused: ['NDARefused'],
    title: ['ExamName', 'ExamTitle'],
    score: ['Score', 'ExamScore'],
    passingScore: ['PassingScore'],
    form: ['Form'],
    language: ['ExamLanguage', 'language'],
    attempt: ['Attempt'],
    siteCode: ['TCID', 'SiteID', 'site_code'],
    clientAuthorizationId: ['ClientAuthorizationID'],
    status: ['status'],
    modifiedAt: ['modified_at'],
    event: ['event'],
  },
  registration: {
    registrationId: ['RegistrationID'],
    candidateId: ['ClientCandidateID'],
    examCode: ['exam_code', 'ExamSeriesCode'],
    state: ['state'],
    appointmentAt: ['appointment_at'],
    timeZone: ['time_zone'],
    siteCode: ['site_code', 'TCID', 'SiteID'],
    clientAuthorizationId: ['ClientAuthorizationID'],
    eligibleFrom: ['eligible_from'],
    eligibleTo: ['eligible_to'],
    status: ['status'],
    modifiedAt: ['modified_at'],
    event: ['event'],
  },
  candidate: {
    candidateId: ['ClientCandidateID'],
    firstName: ['FirstName'],
    lastName: ['LastName'],
    middleName: ['MiddleName'],
    suffix: ['Suffix'],
    nativeName: ['NativeName'],
    nativeFirstName: ['NativeFirstName'],
    nativeLastName: ['NativeLastName'],
    email: ['Email'],
    address1: ['Address1'],
    address2: ['Address2'],
    address3: ['Address3'],
    city: ['City'],
    region: ['State'],
    postalCode: ['PostalCode'],
    country: ['Country'],
    phone: ['Phone'],
    phoneCountryCode: ['PhoneCountryCode'],
    company: ['CompanyName'],
    birthDate: ['BirthDate', 'DateOfBirth'],
  },
  section: {
    registrationId: ['RegistrationID'],
    code: ['section_code'],
    name: ['section_name'],
    score: ['score'],
    maxScore: ['max_score'],
    percent: ['percent'],
  },
}

const REQUIRED: Record<RowKind, readonly string[]> = {
  result: ['registrationId', 'candidateId', 'examCode', 'examAt'],
  registration: ['registrationId', 'candidateId', 'examCode', 'state'],
  candidate: ['candidateId', 'firstName', 'lastName'],
  section: ['registrationId', 'code', 'name'],
}

/** The kinds by what only they have: a results file may carry names, too. */
const MOST_TELLING_FIRST: readonly RowKind[] = ['registration', 'section', 'result', 'candidate']

/** Files that by their name must be tables of a kind: they are refused when they are not. */
const KIND_BY_NAME: readonly [RegExp, RowKind][] = [
  [/^exam/i, 'result'],
  [/^results\b/i, 'result'],
  [/^(cand|cdd)/i, 'candidate'],
  [/^registrations\b/i, 'registration'],
  [/^sections\b/i, 'section'],
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
    const missing = missingFrom(map.kind, columns)
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

export function kindByName(fileName: string): RowKind | null {
  return KIND_BY_NAME.find(([pattern]) => pattern.test(baseNameOf(fileName)))?.[1] ?? null
}

export function loadingOrder(kind: RowKind): number {
  return rowKinds.indexOf(kind)
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

/** Our names of the columns of a kind, and which of them a table must have. */
export function columnNames(kind: RowKind): { all: readonly string[]; required: readonly string[] } {
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

function columnsOf(kind: RowKind, names: readonly string[]): Columns {
  const columns: Record<string, number> = {}
  for (const [column, spellings] of Object.entries(NAMES[kind])) {
    const index = spellings
      .map((spelling) => names.indexOf(normalized(spelling)))
      .find((found) => found !== -1)
    if (index !== undefined) columns[column] = index
  }
  return columns
}

function missingFrom(kind: RowKind, columns: Columns): string[] {
  return REQUIRED[kind]
    .filter((column) => columns[column] === undefined)
    .map((column) => NAMES[kind][column]![0]!)
}

function normalized(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}
