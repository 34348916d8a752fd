/** One file as a vendor delivers it. */
export type ScenarioFile = { feed: string; name: string; text: string }

export const SECOND_FEED = 'psi'

/** As SQL, because feeds are made in the console. */
export const INSERT_SECOND_FEED = `INSERT INTO feeds (id, name, settings, created_at, changed_at)
  VALUES ('${SECOND_FEED}', 'PSI', '{}', 0, 0)`

const CODES = ['JN0-106', 'JN0-232', 'JN0-281', 'JN0-224', 'JN0-214', 'JN0-253']
const SITTINGS_EACH = CODES.length
const COLUMNS = [
  'RegistrationID',
  'ClientCandidateID',
  'ExamSeriesCode',
  'ExamName',
  'ExamDate',
  'PassingScore',
  'Score',
  'Grade',
  'NoShow',
  'Remarks',
]

/**
 * About so many rows in two waves of files: people and their results, some of which make no sense or name somebody who
 * comes only in the second wave; then corrections of all sorts, a file that is late, and another vendor's results of
 * other people at the same time. Nobody sits two exams on one day, and later files tell of later days, so that it does
 * not matter after which piece awards were evaluated.
 */
export function scenarioOf(rows: number): ScenarioFile[][] {
  const people = Math.floor(rows / 10)
  // Of a small import, too, the tables are to be imported in several pieces.
  const remarks = rows < 5000 ? 'x'.repeat(900) : ''
  const late = Math.ceil(people / 100)
  const sittings = Array.from({ length: people * SITTINGS_EACH }, (_, n) => n)
  const table = (...cells: string[][]) => tableOf([COLUMNS, ...cells])
  const row = (n: number, given: Partial<Cells> = {}) => cellsOf({ n, remarks, ...given })

  const first = sittings.flatMap((n) => (n % 25 === 10 ? oddRows(n, late, row) : [row(n)]))
  const corrections = sittings
    .filter((n) => personOf(n) % 2 === 0 && n % 7 === 0)
    .map((n) => correction(n, row))
  const unchanged = sittings.filter((n) => personOf(n) % 10 === 3).map((n) => row(n))
  const older = sittings.filter((n) => n % 41 === 5).map((n) => row(n, { score: '111', grade: 'fail' }))
  const elsewhere = sittings
    .filter((n) => personOf(n) % 2 === 1 && n % 5 === 2)
    .map((n) => row(n, { registration: `P${n}`, year: 2026 }))

  const pearson = (name: string, text: string) => ({ feed: 'pearson', name, text })
  return [
    [
      pearson(
        'cand-2026-02-01a.dat',
        peopleTable(people, (n) => candidateId(n)),
      ),
      pearson('exam-2026-02-02a.dat', table(...first)),
      pearson('exam-2026-02-03a.dat', table(...corrections.filter((_, n) => n % 2 === 0), ...unchanged)),
    ],
    [
      pearson('cand-2026-02-04a.dat', peopleTable(late, lateId)),
      pearson('exam-2026-02-05a.dat', table(...corrections)),
      pearson('exam-2026-01-31a.dat', table(...older)),
      { feed: SECOND_FEED, name: 'exam-2026-02-05p.dat', text: table(...elsewhere) },
    ],
  ]
}

/** The same people, and results of theirs from two vendors, on one day: all at once, or one vendor after the other. */
export function vendorsOfSamePeople(people: number, atOnce: boolean): ScenarioFile[][] {
  const results = (feed: string, exam: number) => {
    const rows = Array.from({ length: people }, (_, n) =>
      cellsOf({
        n: n * SITTINGS_EACH + exam,
        registration: `${feed}${n}`,
        date: '2025/05/15 12:30:00',
        grade: n % 4 === 0 ? 'fail' : 'pass',
        remarks: '',
      }),
    )
    return { feed, name: `exam-2026-02-02-${feed}.dat`, text: tableOf([COLUMNS, ...rows]) }
  }
  const crowd = { feed: 'pearson', name: 'cand-2026-02-01a.dat', text: peopleTable(people, candidateId) }
  const [one, other] = [results('pearson', 0), results(SECOND_FEED, 1)]
  return atOnce ? [[crowd], [one, other]] : [[crowd], [other], [one]]
}

type Cells = {
  n: number
  registration: string
  candidate: string
  code: string
  name: string
  year: number
  date: string
  score: string
  grade: string
  noShow: string
  remarks: string
}

function cellsOf(given: Partial<Cells> & { n: number; remarks: string }): string[] {
  const { n } = given
  const day = String(1 + (personOf(n) % 28)).padStart(2, '0')
  const cells = {
    registration: String(300_000_000 + n),
    candidate: candidateId(personOf(n)),
    code: CODES[n % SITTINGS_EACH]!,
    name: 'Networks',
    date: `${given.year ?? 2025}/0${1 + (n % SITTINGS_EACH)}/${day} 12:30:00`,
    score: String(600 + (n % 300)),
    grade: n % 3 === 1 ? 'fail' : 'pass',
    noShow: 'false',
    ...given,
  }
  const { registration, candidate, code, name, date, score, grade, noShow, remarks } = cells
  return [registration, candidate, code, name, date, '700', score, grade, noShow, remarks]
}

type Row = (n: number, given?: Partial<Cells>) => string[]

/** One of twenty-five makes no sense in a way of its own, waits for somebody, or is said twice. */
function oddRows(n: number, late: number, row: Row): string[][] {
  const kinds: string[][][] = [
    [row(n).slice(0, 4)],
    [row(n, { date: '31/31/2025' })],
    [row(n, { code: 'XX0-999' })],
    [row(n, { candidate: `STRANGER${n}` })],
    [row(n, { candidate: lateId(Math.floor(n / 25) % late) })],
    [row(n, { grade: 'great' })],
    [row(n), row(n)],
    [row(n), row(n, { score: '699' })],
    [row(n, { name: 'Review of an earlier paper' })],
    [row(n, { date: '2031/01/01 12:00:00' })],
    [row(n, { grade: '', score: '', noShow: 'true' })],
  ]
  return kinds[Math.floor(n / 25) % kinds.length]!
}

function correction(n: number, row: Row): string[] {
  const kinds: Partial<Cells>[] = [
    { grade: 'fail', score: '650' },
    { grade: 'pass', score: '750' },
    { score: '751' },
    { grade: '', score: '' },
    { code: 'JN0-352' },
    { candidate: candidateId(personOf(n) + 1) },
  ]
  return row(n, kinds[n % kinds.length])
}

/** Most have no address: nothing would be sent to them, and a local run writes each mail to a file. */
function peopleTable(count: number, idOf: (n: number) => string): string {
  const rows = Array.from({ length: count }, (_, n) => [
    idOf(n),
    'Ada',
    `Byron${n}`,
    n % 20 === 0 ? `${idOf(n)}@mail.example` : '',
    '2026/01/01 00:00:00',
  ])
  return tableOf([['ClientCandidateID', 'FirstName', 'LastName', 'Email', 'LastUpdate'], ...rows])
}

function tableOf(rows: string[][]): string {
  return rows.map((cells) => `${cells.join('\t')}\r\n`).join('')
}

function personOf(n: number): number {
  return Math.floor(n / SITTINGS_EACH)
}

function candidateId(n: number): string {
  return `JPR${String(n).padStart(8, '0')}`
}

function lateId(n: number): string {
  return `LATE${String(n).padStart(8, '0')}`
}
