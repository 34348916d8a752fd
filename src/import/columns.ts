import { ok, type Result, refuse } from '../core/result.ts'
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
  feed: Feed,
): Result<Layout | null, Fault> {
  const names = header.map(normalized)
  const twice = names.find((name, index) => name !== '' && names.indexOf(name) !== index)
  if (twice !== undefined) return refuse({ reason: 'bad_columns', message: `has two columns named ${twice}` })

  for (const kind of MOST_TELLING_FIRST) {
    const columns = columnsOf(kind, names, feed)
    if (missingFrom(kind, columns).length === 0) return ok({ kind, columns, width: header.length })
  }

  const expected = kindByName(fileName)
  if (expected === null) return ok(null)
  const missing = missingFrom(expected, columnsOf(expected, names, feed))
  return refuse({ reason: 'bad_columns', message: `lacks ${missing.join(', ')}` })
}

export function kindByName(fileName: string): RowKind | null {
  const baseName = fileName.slice(fileName.lastIndexOf('/') + 1)
  return KIND_BY_NAME.find(([pattern]) => pattern.test(baseName))?.[1] ?? null
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

function columnsOf(kind: RowKind, names: readonly string[], feed: Feed): Columns {
  const columns: Record<string, number> = {}
  for (const [column, spellings] of Object.entries(NAMES[kind])) {
    const own = feed.columns[column]
    const index = [...(own === undefined ? [] : [own]), ...spellings]
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
