import { describe, expect, test } from 'vitest'
import { readWallClock } from '../../src/import/cells.ts'
import { cellsOf, layoutOf } from '../../src/import/columns.ts'
import { vendorTimeOf } from '../../src/import/feeds.ts'
import { readCandidateRow } from '../../src/import/read-candidate-row.ts'
import { readRegistrationRow } from '../../src/import/read-registration-row.ts'
import { readResultRow } from '../../src/import/read-result-row.ts'
import { givenFeed } from './given-feed.ts'

const feed = givenFeed()
const cellOf = (given: Record<string, string>) => (column: string) => given[column] ?? ''

const PASS = {
  registrationId: '300000001',
  candidateId: '00001234',
  examCode: 'JN0-106',
  examAt: '2026/05/04 12:30:00',
  grade: 'pass',
  score: '742',
  passingScore: '700',
}
const result = (given: Record<string, string> = {}) => readResultRow(cellOf({ ...PASS, ...given }), feed)

describe('the time in a file name', () => {
  const received = new Date('2026-06-01T00:00:00Z')

  test.each([
    ['exam-20260301-123456.dat', '2026-03-01T12:34:56.000Z'],
    ['cdd-2016051515_x.dat', '2016-05-15T15:00:00.000Z'],
    ['cdd.2016-05-15.15.02.55.dat', '2016-05-15T15:02:55.000Z'],
    ['ORG-NS-2026-03-01-123000.zip', '2026-03-01T12:30:00.000Z'],
    ['examABE-2026-03-01-a.dat', '2026-03-01T00:00:00.001Z'],
    ['FLELECONST-NS-20260301b.zip', '2026-03-01T00:00:00.002Z'],
    ['exam-2026-03-01a-ns.dat', '2026-03-01T00:00:00.001Z'],
    ['registrations.csv', '2026-06-01T00:00:00.000Z'],
    ['exam-20261301.dat', '2026-06-01T00:00:00.000Z'],
  ])('%s', (name, time) => {
    expect(new Date(vendorTimeOf(name, received)).toISOString()).toBe(time)
  })
})

describe('dates', () => {
  test.each([
    ['2026/05/04 12:30:00', '2026-05-04', '12:30'],
    ['05/04/2026 09:05:00', '2026-05-04', '09:05'],
    ['2026-05-04', '2026-05-04', null],
    ['2026-05-04T23:30:00+09:00', '2026-05-04', '23:30'],
  ])('%s is a date on the wall', (text, on, time) => {
    expect(readWallClock(text, feed.dateFormats)).toEqual({ on, time })
  })

  test.each(['2026/02/30', '31/12/2026', '4 May 2026', '2026/05/04 25:00:00'])('%s is none', (text) => {
    expect(readWallClock(text, feed.dateFormats)).toBeNull()
  })
})

describe('columns', () => {
  test.each([
    [
      'layout A',
      ['Grade', 'REGISTRATIONID', ' ClientCandidateID ', 'examseriescode', 'ExamDate', 'Mystery'],
      'result',
    ],
    [
      'layout B',
      ['ExamSeriesCode', 'ClientCandidateID', 'RegistrationID', 'ExamDate', 'ExamGrade'],
      'result',
    ],
    [
      'neutral results',
      ['result_id', 'client_candidate_id', 'exam_code', 'delivered_at', 'first_name', 'last_name'],
      'result',
    ],
    ['people', ['ClientCandidateID', 'FirstName', 'LastName', 'State'], 'candidate'],
    ['bookings', ['registration_id', 'client_candidate_id', 'exam_code', 'state'], 'registration'],
    ['sections', ['registration_id', 'section_code', 'section_name', 'score'], 'section'],
  ])('%s are known by their header', (_, header, kind) => {
    expect(layoutOf(header, 'file.dat', feed)).toMatchObject({ ok: true, value: { kind } })
  })

  test('the columns of both layouts mean the same', () => {
    const header = ['ExamScore', 'RegistrationID', 'ClientCandidateID', 'ExamSeriesCode', 'ExamDate']
    const layout = layoutOf(header, 'x', feed)

    const cell = cellsOf(layout.ok ? layout.value!.columns : {}, {
      line: 2,
      raw: '',
      cells: [' 0 ', '1', '2', '3', '4'],
    })

    expect(cell('score')).toBe('0')
  })

  test('a file that should be known by its name must have its columns', () => {
    expect(layoutOf(['ClientCandidateID', 'ExamDate'], 'exam-20260301.dat', feed)).toEqual({
      ok: false,
      refusal: { reason: 'bad_columns', message: 'lacks RegistrationID, ExamSeriesCode' },
    })
  })

  test('two columns of one name are refused, and a table of no use is passed over', () => {
    expect(layoutOf(['Score', 'score'], 'exam.dat', feed).ok).toBe(false)
    expect(layoutOf(['RegistrationID', 'ItemName'], 'item-20260301.dat', feed)).toEqual({
      ok: true,
      value: null,
    })
  })
})

describe('a result row', () => {
  test('keeps scores as they were written, and zero is not blank', () => {
    expect(result({ score: '0', grade: 'fail' })).toMatchObject({
      ok: true,
      value: { fields: { score: '0' } },
    })
    expect(result({ score: '' })).toMatchObject({ ok: true, value: { fields: { score: null } } })
    expect(result({ score: '742,5' })).toMatchObject({ ok: true, value: { fields: { score: '742,5' } } })
  })

  test.each([
    [{ grade: 'PASS' }, 'delivered', 'pass'],
    [{ grade: 'fail', score: '1' }, 'delivered', 'fail'],
    [{ grade: 'taken' }, 'delivered', 'pending'],
    [{ grade: 'refused', ndaRefused: 'true' }, 'nda_refused', 'none'],
    [{ grade: 'incomplete' }, 'incomplete', 'none'],
    [{ grade: '', noShow: 'TRUE' }, 'no_show', 'none'],
    [{ grade: '', delivery: 'no_show_excused' }, 'no_show_excused', 'none'],
    [{ grade: 'pass', delivery: 'delivered', validity: 'revoked' }, 'delivered', 'pass'],
  ])('%o', (given, delivery, grade) => {
    expect(result(given)).toMatchObject({ ok: true, value: { fields: { delivery, grade } } })
  })

  test.each([
    [{ registrationId: '' }, 'missing_required'],
    [{ examAt: '04.05.2026' }, 'bad_date'],
    [{ noShow: 'Y' }, 'bad_boolean'],
    [{ attempt: 'two' }, 'bad_number'],
    [{ grade: 'x' }, 'unknown_grade'],
    [{ grade: 'constructor' }, 'unknown_grade'],
    [{ grade: 'pass', noShow: 'true' }, 'unknown_grade'],
    [{ grade: '' }, 'missing_required'],
    [{ validity: 'maybe' }, 'unknown_grade'],
    [{ title: 'Junos exam REVIEW' }, 'not_a_result'],
    [{ status: 'deleted' }, 'deleted'],
  ])('%o is refused: %s', (given, reason) => {
    expect(result(given)).toMatchObject({ ok: false, refusal: { reason } })
  })

  test('the grade of the vendor counts where the score disagrees, and that is told', () => {
    expect(result({ grade: 'fail' })).toMatchObject({
      ok: true,
      value: { fields: { grade: 'fail' }, remarks: [{ reason: 'grade_score_disagree' }] },
    })
  })
})

test('a row about a person keeps the whole name and finds the country and the phone', () => {
  const row = readCandidateRow(
    cellOf({
      candidateId: '00001234',
      firstName: 'Jose\u0301',
      middleName: ' M. ',
      lastName: 'Núñez',
      suffix: 'Jr.',
      email: 'jose@example.org',
      country: 'GBR',
      phone: '020 7946 0018',
      phoneCountryCode: '44',
    }),
  )

  expect(row).toMatchObject({
    ok: true,
    value: { fields: { fullName: 'José M. Núñez Jr.', country: 'GB', phone: '+442079460018' } },
  })
})

test('an address that cannot be one does not cost the person their record', () => {
  const row = readCandidateRow(cellOf({ candidateId: '1', lastName: 'Suharto', email: 'none' }))

  expect(row).toMatchObject({
    ok: true,
    value: { fields: { fullName: 'Suharto', email: null }, remarks: [{ reason: 'bad_email' }] },
  })
})

describe('a birth date', () => {
  const person = (birthDate: string) =>
    readCandidateRow(cellOf({ candidateId: '1', lastName: 'Suharto', birthDate }))

  test.each([
    ['1990-02-28', '1990-02-28'],
    ['1990/2/8', '1990-02-08'],
    ['1990/02/28 00:00:00', '1990-02-28'],
    ['', null],
  ])('%s is kept', (text, birthOn) => {
    expect(person(text)).toMatchObject({ ok: true, value: { fields: { birthOn }, remarks: [] } })
  })

  test.each(['02/03/1990', '1990-02-30', '0001-01-01', 'unknown'])(
    '%s is left out with a remark, and the rest counts',
    (text) => {
      expect(person(text)).toMatchObject({
        ok: true,
        value: { fields: { fullName: 'Suharto', birthOn: null }, remarks: [{ reason: 'bad_date' }] },
      })
    },
  )
})

test('a booking needs a state that we know', () => {
  const booking = { registrationId: '1', candidateId: '2', examCode: 'JN0-106', state: 'scheduled' }

  expect(
    readRegistrationRow(cellOf({ ...booking, appointmentAt: '2026-07-01T09:30:00' }), feed),
  ).toMatchObject({
    ok: true,
    value: { fields: { appointmentOn: '2026-07-01', appointmentTime: '09:30' } },
  })
  expect(readRegistrationRow(cellOf({ ...booking, state: 'lost' }), feed)).toMatchObject({
    refusal: { reason: 'unknown_state' },
  })
})

test('a name keeps its joiners and loses what could turn the page around', () => {
  const row = readCandidateRow(
    cellOf({ candidateId: '1', firstName: 'علی\u200Cرضا', lastName: '\u202Eevil\u202C\u0007 \uFEFFBy\tron' }),
  )

  expect(row).toMatchObject({ ok: true, value: { fields: { fullName: 'علی\u200Cرضا evil By ron' } } })
})
