import { describe, expect, test } from 'vitest'
import { readNumber, withoutLeadingZeros } from '../../src/import/cells.ts'
import {
  checkBulk,
  checkManifest,
  checkSequence,
  type DeliveredTable,
  missingBefore,
} from '../../src/import/check-manifest.ts'
import { layoutOf } from '../../src/import/columns.ts'
import { vendorTimeOf } from '../../src/import/feeds.ts'
import { byteInspector } from '../../src/import/inspect-bytes.ts'
import { readManifest } from '../../src/import/manifest.ts'
import { agreement, type MatchFacts, matchCandidate } from '../../src/import/match-candidate.ts'
import { readAcknowledgementRow } from '../../src/import/read-acknowledgement-row.ts'
import { readCandidateRow } from '../../src/import/read-candidate-row.ts'
import { readRecord } from '../../src/import/read-record.ts'
import { readResultRow } from '../../src/import/read-result-row.ts'
import { readRecords } from '../../src/import/table-records.ts'
import { givenFeed } from './given-feed.ts'

const cellOf = (given: Record<string, string>) => (column: string) => given[column] ?? ''
const SITTING = {
  registrationId: '1',
  candidateId: '2',
  examCode: 'JN0-106',
  examAt: '2026/05/04 12:30:00',
  grade: 'pass',
}
const result = (given: Record<string, string>, settings: object = {}) =>
  readResultRow(cellOf({ ...SITTING, ...given }), givenFeed(settings))

describe('a score', () => {
  test.each([
    ['742,5', '.', '742,5', null],
    ['742,5', ',', '742.5', 742.5],
    ['742.5', ',', '742.5', null],
    ['1.742,5', ',', '1.742,5', null],
    ['742.0', '.', '742.0', 742],
    ['0', ',', '0', 0],
    ['PASS', '.', 'PASS', null],
    ['', '.', null, null],
  ] as const)('%s by a feed that writes %s is kept as %s', (text, sign, said, value) => {
    expect(readNumber(text, sign)).toEqual({ said, value })
  })

  test.each([
    ['a scaled score', {}, {}, ['grade_score_disagree']],
    ['raw points', { scoreMeaning: 'raw' }, {}, []],
    ['per cent', { scoreMeaning: 'percent' }, {}, []],
    ['raw points by the row’s own word', {}, { scoreScale: 'raw' }, []],
    ['a label', {}, { score: 'PASS' }, []],
    ['a decimal comma', { decimalSign: ',' }, { score: '699,5' }, ['grade_score_disagree']],
    ['a decimal comma that nobody told of', {}, { score: '699,5' }, []],
  ])('%s is held against the passing score only where both mean the same', (_, settings, row, remarks) => {
    const read = result({ score: '61', passingScore: '700', ...row }, settings)
    expect(read.ok && read.value.remarks.map(({ reason }) => reason)).toEqual(remarks)
  })
})

test.each([
  ['00001234', '1234'],
  ['0000', '0'],
  ['1200', '1200'],
  ['ABS0012', 'ABS0012'],
  ['0012AB', '0012AB'],
])('%s without padding is %s', (id, stripped) => {
  expect(withoutLeadingZeros(id)).toBe(stripped)
})

describe('the time in a file name, as a feed says', () => {
  const received = new Date('2026-06-01T00:00:00Z')
  const timeOf = (name: string, settings: object) =>
    new Date(vendorTimeOf(name, received, givenFeed(settings))).toISOString()

  test.each([
    ['RES_{date}_{time}_*.zip', 'RES_20260301_1530_v20260101.zip', '2026-03-01T15:30:00.000Z'],
    ['*-{date}{letter}.dat', 'examABE-2026-03-01b.dat', '2026-03-01T00:00:00.002Z'],
    ['{letter}{time}{date}.csv', 'C06.30.152026.03.01.csv', '2026-03-01T06:30:15.003Z'],
    ['v20250101-{date}.dat', 'V20250101-20260301.DAT', '2026-03-01T00:00:00.000Z'],
    ['{date}.dat', 'exam-20260301.dat', '2026-06-01T00:00:00.000Z'],
    ['{date}.dat', '20260230.dat', '2026-06-01T00:00:00.000Z'],
  ])('%s: %s', (fileName, name, time) => {
    expect(timeOf(name, { fileName })).toBe(time)
  })

  test.each([
    ['in winter', 'exam-20260115-120000.dat', '2026-01-15T17:00:00.000Z'],
    ['in summer', 'exam-20260715-120000.dat', '2026-07-15T16:00:00.000Z'],
    ['the hour before the clock is put forward', 'exam-20260308-013000.dat', '2026-03-08T06:30:00.000Z'],
    ['an hour that there is not', 'exam-20260308-023000.dat', '2026-03-08T07:30:00.000Z'],
    ['the hour after', 'exam-20260308-033000.dat', '2026-03-08T07:30:00.000Z'],
    ['an hour that there is twice', 'exam-20261101-013000.dat', '2026-11-01T05:30:00.000Z'],
    ['the hour after that', 'exam-20261101-020000.dat', '2026-11-01T07:00:00.000Z'],
  ])('a clock in New York, %s', (_, name, time) => {
    expect(timeOf(name, { fileNameZone: 'America/New_York' })).toBe(time)
  })
})

describe('columns', () => {
  const map = {
    name: 'Section scores',
    files: 'SECT*.dat',
    kind: 'section',
    columns: {
      registrationId: ' RegistrationID ',
      code: 'Section No.',
      name: 'Section Name',
      percent: 'Pct',
    },
  }

  test('sections are read by a map that staff made, whatever the case and the blanks of the header', () => {
    const header = ['REGISTRATIONID', 'sectionno', ' Section  Name', 'Pct', 'ItemsSeen']

    expect(layoutOf(header, 'ORG/sect-20260301.dat', givenFeed({ maps: [map] }))).toEqual({
      ok: true,
      value: { kind: 'section', width: 5, columns: { registrationId: 0, code: 1, name: 2, percent: 3 } },
    })
  })

  test.each([
    [['RegistrationID', 'Section Name'], 'lacks section_code by the map Section scores'],
    [['Pct', 'pct'], 'has two columns named pct'],
  ])('a mapped file with the header %j %s', (header, message) => {
    expect(layoutOf(header, 'sect.dat', givenFeed({ maps: [map] }))).toMatchObject({ refusal: { message } })
  })

  const unnumbered = { candidateId: 'Candidate', examCode: 'Test', examAt: 'Taken', grade: 'Outcome' }
  const byMap = (columns: Record<string, string>) =>
    layoutOf(
      Object.values(columns),
      'x.csv',
      givenFeed({ maps: [{ name: 'PSI', files: '*', kind: 'result', columns }] }),
    )

  test('a table of results does without registrations only where a map says so, and never without anybody', () => {
    expect(byMap(unnumbered)).toMatchObject({ ok: true, value: { kind: 'result' } })
    expect(byMap({ ...unnumbered, candidateId: 'Candidate', examAt: 'Taken' }).ok).toBe(true)
    const { candidateId: _, ...nobody } = unnumbered
    expect(byMap(nobody)).toMatchObject({ refusal: { message: 'lacks ClientCandidateID by the map PSI' } })
    expect(byMap({ ...nobody, registrationId: 'Reg' }).ok).toBe(true)
    expect(
      layoutOf(['ClientCandidateID', 'ExamSeriesCode', 'ExamDate', 'Grade'], 'exam.dat', givenFeed()),
    ).toMatchObject({ refusal: { message: 'lacks RegistrationID' } })
  })

  test.each([
    ['VCDC', ['ClientCandidateID', 'Status', 'Date', 'Message'], 'acknowledgement'],
    [
      'VCDC with the vendor’s number',
      ['ClientCandidateID', 'CandidateID', 'Status', 'Date', 'Message'],
      'acknowledgement',
    ],
    ['EAC', ['ClientAuthorizationID', 'ClientCandidateID', 'Status', 'Date', 'Message'], 'acknowledgement'],
    [
      'results by authorization',
      ['RegistrationID', 'ExamSeriesCode', 'ExamDate', 'ClientAuthorizationID'],
      'result',
    ],
  ])('%s', (_, header, kind) => {
    expect(layoutOf(header, 'a.dat', givenFeed())).toMatchObject({ value: { kind } })
  })
})

describe('an acknowledgement', () => {
  test.each([
    [{ status: 'Accepted' }, { ok: true, value: { fields: { candidateId: '1' } } }],
    [
      { status: 'ACCEPTED', vendorCandidateId: '77' },
      { ok: true, value: { fields: { candidateId: '1', vendorCandidateId: '77' } } },
    ],
    [
      { status: 'Accepted', message: 'WARNING: There be dragons' },
      { refusal: { reason: 'not_accepted', message: 'was accepted with a WARNING: There be dragons' } },
    ],
    [
      { status: 'Error', message: 'Empty Address' },
      { refusal: { reason: 'not_accepted', message: 'was not accepted: Empty Address' } },
    ],
    [
      { candidateId: '', status: 'Error', message: 'Bad header' },
      {
        refusal: { reason: 'file_not_accepted', message: 'the vendor took nothing of the file: Bad header' },
      },
    ],
    [{ status: 'Maybe' }, { refusal: { reason: 'unknown_state' } }],
    [{ status: 'Accepted', candidateId: '' }, { refusal: { reason: 'missing_required' } }],
  ])('%j', (row, reading) => {
    expect(readAcknowledgementRow(cellOf({ candidateId: '1', ...row }))).toMatchObject(reading)
  })
})

test.each([
  ['JosÃ©', true],
  ['MÃ¼ller', true],
  ['Oâ€™Brien', true],
  ['Å\u0081ukasz', true],
  ['José', false],
  ['SÃO PAULO', false],
  ['Åse Ñandú', false],
])('%s is told of where it seems to be encoded twice, and is never repaired: %s', (lastName, isTold) => {
  const row = readCandidateRow(cellOf({ candidateId: '1', lastName }))
  const told = row.ok && row.value.remarks.some(({ reason }) => reason === 'bad_encoding')
  expect([row.ok && told, row.ok && row.value.fields.familyName]).toEqual([
    isTold,
    lastName.replace(/\u0081/, ''),
  ])
})

test('a quote that is not closed is read as it stands, swallows no line, and is told of', () => {
  const text = 'RegistrationID\tsection_code\tsection_name\n1\t1\t"Core\n2\t1\tEdge\n'
  const shape = { delimiter: '\t', line: 1, complete: true, width: 3 }
  const [, one, two] = readRecords(text, shape).records
  const layout = layoutOf(['RegistrationID', 'section_code', 'section_name'], 'x', givenFeed())
  const read = (record: typeof one) =>
    readRecord(givenFeed(), { layout: layout.ok ? layout.value! : (null as never) }, record!)

  expect(read(one)).toMatchObject({
    value: { fields: { name: '"Core' }, remarks: [{ reason: 'bad_quotes' }] },
  })
  expect(read(two)).toMatchObject({ value: { fields: { name: 'Edge' }, remarks: [] } })
})

test.each([
  ['a\nb\n', 2],
  ['a\r\nb\r\n\r\n \t\r\n', 2],
  ['a\rb', 2],
  ['\n\n', 0],
  ['', 0],
])('%j has %i lines that are not blank, wherever it is cut', (text, lines) => {
  for (const cut of [0, 1, 2, 3]) {
    const inspector = byteInspector(false)
    const bytes = new TextEncoder().encode(text)
    inspector.see(bytes.subarray(0, cut))
    inspector.see(bytes.subarray(cut))
    expect(inspector.inspection().lines).toBe(lines)
  }
})

describe('the candidate of a row', () => {
  const facts: MatchFacts = {
    unknownCandidates: new Set(['X', 'N']),
    authorized: new Map([['A-B', ['B']]]),
    linked: new Map([['7', 'C']]),
    addressees: new Map([
      [
        'ada@example.org',
        [{ candidateId: 'ADA', givenName: 'Ada', familyName: 'Byron', birthOn: '1990-02-08' }],
      ],
    ]),
  }
  const ada = { email: 'Ada@example.org', firstName: 'Ada', lastName: 'BYRON', birthOn: null }
  const match = (named: object, holder: string | null = null, creates = true) =>
    matchCandidate(
      { registrationId: '1', candidateId: '', clientAuthorizationId: null, ...named },
      holder,
      facts,
      creates,
    )

  test.each([
    ['the holder of its registration', {}, 'H', 'H'],
    ['whoever the authorization is for', { clientAuthorizationId: 'A-B' }, null, 'B'],
    ['the candidate ID', { candidateId: 'A' }, null, 'A'],
    ['the vendor’s number', { vendorCandidateId: '7' }, null, 'C'],
    [
      'the vendor’s number, before an ID that is nobody’s',
      { candidateId: 'X', vendorCandidateId: '7' },
      null,
      'C',
    ],
    ['nobody', {}, null, ''],
    ['nobody, whatever the name', { person: ada }, null, ''],
    ['nobody yet', { candidateId: 'X' }, null, 'X'],
  ])('is %s', (_, named, holder, candidateId) => {
    expect(match(named, holder)).toEqual({ ok: true, value: { candidateId, isNew: false } })
  })

  test.each([
    [
      'an authorization of somebody else',
      { candidateId: 'A', clientAuthorizationId: 'A-B' },
      'candidate_conflict',
    ],
    [
      'the vendor’s number of somebody else',
      { candidateId: 'A', vendorCandidateId: '7' },
      'candidate_conflict',
    ],
    [
      'an authorization and a number',
      { clientAuthorizationId: 'A-B', vendorCandidateId: '7' },
      'candidate_conflict',
    ],
    ['a number that nobody has learned', { vendorCandidateId: '8' }, 'unknown_candidate'],
    ['a new ID for a known person', { candidateId: 'N', person: ada }, 'ambiguous_candidate'],
  ])('is in doubt by %s', (_, named, reason) => {
    expect(match(named)).toMatchObject({ ok: false, refusal: { reason } })
  })

  test('becomes one by a row that names them, where the feed allows it', () => {
    const grace = { email: 'ada@example.org', firstName: 'Grace', lastName: 'Hopper', birthOn: null }

    expect(match({ candidateId: 'N', person: grace })).toEqual({
      ok: true,
      value: { candidateId: 'N', isNew: true },
    })
    expect(match({ candidateId: 'N', person: grace }, null, false)).toMatchObject({ value: { isNew: false } })
    expect(match({ candidateId: 'A', person: grace })).toMatchObject({ value: { isNew: false } })
    expect(match({ candidateId: 'N'.repeat(51), person: grace })).toMatchObject({ value: { isNew: false } })
  })

  test.each([
    [{ lastName: 'byron', firstName: 'ADA', birthOn: null }, ['last_name', 'first_name']],
    [{ lastName: 'Byron', firstName: 'A.', birthOn: '1990-02-08' }, ['last_name', 'birth_date']],
    [{ lastName: 'Byron', firstName: 'A.', birthOn: null }, ['last_name']],
    [{ lastName: 'Lovelace', firstName: 'Ada', birthOn: '1990-02-08' }, []],
    [{ lastName: '', firstName: 'Ada', birthOn: '1990-02-08' }, []],
  ])('%j has in common with Ada Byron: %j', (person, agreed) => {
    const known = { candidateId: 'ADA', givenName: 'Ada Augusta', familyName: 'Byron', birthOn: '1990-02-08' }
    expect(agreement({ email: null, ...person }, known)).toEqual(agreed)
  })
})

describe('a manifest', () => {
  const sha256 = 'a'.repeat(64)
  const said = {
    feed: 'psi',
    mode: 'delta',
    created_at: '2026-05-05T00:00:00Z',
    sequence: 7,
    files: [{ name: 'results.csv', rows: 3, sha256, totals: { pass: 2, no_show: 1 } }],
  }
  const table: DeliveredTable = {
    member: 'results.csv',
    sha256,
    delimiter: ',',
    read: 3,
    failing: 0,
    totals: { pass: 2, no_show: 1 },
  }
  const check = (tables: DeliveredTable[], change: object = {}, isRedacted = false) => {
    const read = readManifest(JSON.stringify({ ...said, ...change }))
    const opened = { number: 9, member: 'manifest.json', bytes: 1, folder: '', said: read }
    return checkManifest(opened, 'psi', tables, [], isRedacted).map(({ detail }) =>
      Object.values(detail).join(' '),
    )
  }

  test.each([
    ['as it says', [table], {}, []],
    [
      'with other bytes',
      [{ ...table, sha256: 'b'.repeat(64), read: 9 }],
      {},
      [`results.csv sha256 ${sha256} ${'b'.repeat(64)}`],
    ],
    ['with a row too many', [{ ...table, read: 4 }], {}, ['results.csv rows 3 4']],
    [
      'with another outcome',
      [{ ...table, totals: { pass: 1, fail: 1, no_show: 1 } }],
      {},
      ['results.csv pass 2 1'],
    ],
    ['with a row that makes no sense', [{ ...table, failing: 1, totals: { pass: 1, no_show: 1 } }], {}, []],
    ['without a file', [], {}, ['results.csv file listed missing']],
    [
      'with a file more',
      [table, { ...table, member: 'more.csv' }],
      {},
      ['more.csv file not listed delivered'],
    ],
    ['for another feed', [table], { feed: 'pearson' }, ['manifest.json feed pearson psi']],
    [
      'without a sequence',
      [table],
      { sequence: undefined },
      [expect.stringContaining('manifest.json manifest sequence')],
    ],
    [
      'with a key that we do not know',
      [table],
      { note: 'x' },
      [expect.stringContaining('manifest.json manifest note')],
    ],
    [
      'with a time without an offset',
      [table],
      { created_at: '2026-05-05T00:00:00' },
      [expect.stringContaining('created_at')],
    ],
  ])('%s', (_, tables, change, mismatches) => {
    expect(check(tables, change)).toEqual(mismatches)
  })

  test('holds nothing against files of which lines were blanked since, but for what is missing from the list', () => {
    expect(check([{ ...table, sha256: 'b'.repeat(64), read: 2 }], {}, true)).toEqual([])
  })

  test('that is no JSON says so', () => {
    expect(readManifest('{')).toEqual({ ok: false, refusal: 'is not JSON' })
  })

  test('counts up', () => {
    expect(checkSequence(7, { before: 6, notBefore: null })).toEqual([])
    expect(checkSequence(7, { before: 6, notBefore: 7 })).toMatchObject([{ kind: 'sequence' }])
    expect(missingBefore(7, { before: 6, notBefore: null })).toBe(0)
    expect(missingBefore(7, { before: 4, notBefore: null })).toBe(2)
    expect(missingBefore(7, { before: null, notBefore: null })).toBe(0)
  })

  test('of everything may leave out little', () => {
    const limits = { missingFromBulkShare: 0.1, fewestRows: 20 }
    expect(checkBulk({ open: 100, missing: 10 }, limits)).toEqual([])
    expect(checkBulk({ open: 100, missing: 11 }, limits)).toMatchObject([{ kind: 'bulk' }])
    expect(checkBulk({ open: 19, missing: 19 }, limits)).toEqual([])
  })
})
