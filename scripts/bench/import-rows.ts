/** The columns of a results file as the vendor sends them: 22. */
export const COLUMNS = [
  'RegistrationID',
  'ClientCandidateID',
  'TCID',
  'ExamSeriesCode',
  'ExamName',
  'ExamRevision',
  'Form',
  'ExamLanguage',
  'Attempt',
  'ExamDate',
  'TimeUsed',
  'PassingScore',
  'Score',
  'Grade',
  'NoShow',
  'NDARefused',
  'Correct',
  'Incorrect',
  'Skipped',
  'Unscored',
  'ClientAuthorizationID',
  'Voucher',
] as const

const CODES = ['JN0-106', 'JN0-232', 'JN0-281', 'JN0-224', 'JN0-214', 'JN0-253', 'JN0-352', 'JN0-336']
const SITTINGS_EACH = CODES.length

/**
 * The n-th sitting of all: everybody has one for each of eight exams, and passes two of three. Scores agree with the
 * grades, as they do in a vendor's files: a row whose score does not is kept a second time, as a remark.
 */
export function sitting(n: number): string[] {
  const passes = n % 3 !== 0
  return [
    String(100_000_000 + n),
    candidateId(Math.floor(n / SITTINGS_EACH)),
    '50123',
    CODES[n % SITTINGS_EACH]!,
    'Networks',
    '',
    'A',
    'ENU',
    '1',
    `2025/0${1 + (n % 9)}/15 12:30:00`,
    '',
    '700',
    String((passes ? 700 : 500) + (n % 200)),
    passes ? 'pass' : 'fail',
    'false',
    'false',
    '50',
    '15',
    '0',
    '0',
    '',
    '',
  ]
}

/** The people of so many sittings, as the vendor tells of them. */
export function candidateTable(rows: number): Uint8Array {
  const header = 'ClientCandidateID\tFirstName\tLastName\tEmail\tLastUpdate\r\n'
  const line = (n: number) =>
    `${candidateId(n)}\tAda\tByron\t${candidateId(n)}@mail.example\t2026/01/01 00:00:00\r\n`
  return tableOf(header, Math.ceil(rows / SITTINGS_EACH), line)
}

/** The sittings as a file; turned round, it says the same in other bytes. */
export function resultTable(rows: number, turnedRound: boolean): Uint8Array {
  const lineOf = (cells: readonly string[]) => `${(turnedRound ? cells.toReversed() : cells).join('\t')}\r\n`
  return tableOf(lineOf(COLUMNS), rows, (n) => lineOf(sitting(n)))
}

/** Joined piece by piece: the whole may be longer than a string can be. */
function tableOf(header: string, rows: number, line: (n: number) => string): Uint8Array {
  const pieces = [Buffer.from(header)]
  for (let start = 0; start < rows; start += 10_000) {
    const count = Math.min(10_000, rows - start)
    pieces.push(Buffer.from(Array.from({ length: count }, (_, n) => line(start + n)).join('')))
  }
  return Buffer.concat(pieces)
}

function candidateId(n: number): string {
  return `JPR${String(n).padStart(8, '0')}`
}
