import { describe, expect, test } from 'vitest'
import { layoutOf } from '../../src/import/columns.ts'
import { courseOfRow, knownCourses } from '../../src/import/course-of-row.ts'
import { faultOfCourse } from '../../src/import/decide-course.ts'
import { keyOfCourse, readCourseRow } from '../../src/import/read-course-row.ts'
import { attendanceHistory, type SentClaim } from '../../src/recertification/attendance-history.ts'
import { givenFeed } from './given-feed.ts'

const feed = givenFeed()

function read(given: Record<string, string> = {}) {
  const row: Record<string, string> = {
    enrolmentId: 'K-1',
    candidateId: '00001234',
    courseCode: 'JIR',
    completedOn: '2026-05-04',
    ...given,
  }
  return readCourseRow((column) => row[column] ?? '', feed)
}

function fieldsOf(given: Record<string, string>) {
  const reading = read(given)
  if (!reading.ok) throw new Error(reading.refusal.message)
  return reading.value.fields
}

describe('a row about a completed course', () => {
  test('is read, and what is blank stays unknown', () => {
    expect(fieldsOf({ completedOn: '2026-05-04T17:00:00', modifiedAt: '2026-05-05T00:00:00Z' })).toEqual({
      enrolmentId: 'K-1',
      candidateId: '00001234',
      courseCode: 'JIR',
      completedOn: '2026-05-04',
      validity: null,
      modifiedAt: Date.parse('2026-05-05T00:00:00Z'),
    })
    expect(fieldsOf({ validity: 'REVOKED' }).validity).toBe('revoked')
    expect(fieldsOf({ candidateId: '', vendorCandidateId: '7' })).toMatchObject({ vendorCandidateId: '7' })
  })

  test.each([
    [{ status: 'deleted' }, 'deleted'],
    [{ courseCode: '' }, 'missing_required'],
    [{ completedOn: '' }, 'missing_required'],
    [{ completedOn: '2026-02-30' }, 'bad_date'],
    [{ completedOn: '4 May' }, 'bad_date'],
    [{ validity: 'withdrawn' }, 'unknown_state'],
    [{ enrolmentId: 'K'.repeat(101) }, 'bad_columns'],
    [{ enrolmentId: 'unnumbered-1' }, 'bad_columns'],
  ])('with %j is refused as %s', (given, reason) => {
    expect(read(given)).toMatchObject({ ok: false, refusal: { reason } })
  })

  test('is known by its enrolment, or else by who completed what and when', () => {
    const key = (given: Record<string, string>) => keyOfCourse(fieldsOf(given))

    expect(key({})).toBe(key({ completedOn: '2026-05-05', courseCode: 'AJER' }))
    expect(key({ enrolmentId: '', courseCode: 'jir ' })).toBe(key({ enrolmentId: '' }))
    expect(key({ enrolmentId: '', completedOn: '2026-05-05' })).not.toBe(key({ enrolmentId: '' }))
    expect(key({ enrolmentId: '', candidateId: '', vendorCandidateId: '7' })).not.toBe(
      key({ enrolmentId: '', candidateId: '7' }),
    )
  })

  test('stands in a table that is known by its header, or by a map', () => {
    const header = ['client_candidate_id', 'first_name', 'last_name', 'course_code', 'completed_on']
    expect(layoutOf(header, 'x.csv', feed)).toMatchObject({ ok: true, value: { kind: 'course' } })
    expect(layoutOf(['course_code', 'completed_on'], 'courses-1.csv', feed)).toMatchObject({
      ok: false,
      refusal: { message: 'lacks ClientCandidateID' },
    })
    const columns = { candidateId: 'Student', courseCode: 'Class', completedOn: 'Finished' }
    const map = { name: 'Training', files: 'training*', kind: 'course', columns }
    expect(layoutOf(['Finished', 'Class', 'Student'], 'training.csv', givenFeed({ maps: [map] }))).toEqual({
      ok: true,
      value: { kind: 'course', width: 3, columns: { candidateId: 2, courseCode: 1, completedOn: 0 } },
    })
  })
})

test.each([
  [{}, {}, null],
  [{ completedOn: '2026-06-02' }, {}, null],
  [{ completedOn: '2026-06-03' }, {}, 'future_date'],
  [{ candidateId: '' }, {}, 'missing_required'],
  [{}, { candidateIsKnown: false, course: null }, 'unknown_candidate'],
  [{}, { course: null }, 'unknown_course'],
  [{}, { holder: '00009999' }, 'candidate_changed'],
])('a completion %j beside %j waits as %s', (given, facts, reason) => {
  const row = { candidateId: '00001234', courseCode: 'JIR', completedOn: '2026-05-04', ...given }
  const known = { course: { code: 'JIR' }, candidateIsKnown: true, holder: null, ...facts }

  expect(faultOfCourse(row, known, '2026-06-01')?.reason ?? null).toBe(reason)
})

test('a course is found by its code in any case', () => {
  const courses = knownCourses([{ effectiveOn: null, courses: ['JIR'] }])
  const said = (courseCode: string) => ({ courseCode, completedOn: '2026-05-04' })

  expect(courseOfRow({ courses }, said(' jir '))?.code).toBe('JIR')
  expect(courseOfRow({ courses }, said('J'))).toBeNull()
})

test('a course that was left out is known for the days of the versions that had it', () => {
  const courses = knownCourses([
    { effectiveOn: '2026-01-01', courses: ['JIR'] },
    { effectiveOn: '2026-03-01', courses: ['AJER'] },
    { effectiveOn: '2026-06-01', courses: [] },
  ])
  const known = (courseCode: string, completedOn: string) =>
    courseOfRow({ courses }, { courseCode, completedOn }) !== null

  expect(known('JIR', '2025-12-31')).toBe(true)
  expect(known('JIR', '2026-02-28')).toBe(true)
  expect(known('JIR', '2026-03-01')).toBe(false)
  expect(known('AJER', '2026-02-28')).toBe(false)
  expect(known('AJER', '2026-05-31')).toBe(true)
  expect(known('AJER', '2026-06-01')).toBe(false)
})

describe('the history of courses', () => {
  const at = (day: number) => new Date(Date.UTC(2026, 5, day))
  const sent = (id: number, course = 'JIR', day = id): SentClaim => ({
    id,
    state: 'open',
    details: { course, completedOn: '2026-05-04', submittedOn: '2026-05-05', notes: '' },
    createdAt: at(day),
    decidedAt: null,
    isTakenBack: false,
  })
  const told = (course: string, validity: 'valid' | 'revoked' = 'valid', day = 9) => ({
    course,
    completedOn: '2026-05-04',
    validity,
    createdAt: at(day),
  })

  test('shows each once, whether it was sent in, told of, or both, the latest first', () => {
    const history = attendanceHistory([sent(1)], [told('JIR'), told('AJER'), told('AJER', 'revoked')])

    expect(history.map(({ course, sent, told }) => [course, sent?.id ?? null, told])).toEqual([
      ['AJER', null, 'valid'],
      ['JIR', 1, 'valid'],
    ])
  })

  test('says of what was taken back that it was', () => {
    expect(attendanceHistory([sent(1)], [told('JIR', 'revoked')])[0]).toMatchObject({ told: 'revoked' })
    expect(attendanceHistory([sent(1)], [])[0]).toMatchObject({ told: null })
  })
})
