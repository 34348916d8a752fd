import { describe, expect, test } from 'vitest'
import { decideByTime } from '../../src/import/decide-row.ts'
import { decideResult, faultOfSitting, type Place } from '../../src/import/decide-sitting.ts'
import type { Exam } from '../../src/program/program.ts'

const TODAY = '2026-06-01'
const version = (given: Partial<Parameters<typeof decideResult>[0] & Place> = {}) => ({
  rowHash: 'a',
  vendorTime: 100,
  grade: 'pass' as const,
  deliveryId: 'first',
  member: 'exam.dat',
  line: 2,
  examOn: '2026-05-04',
  ...given,
})
const later = { rowHash: 'b', vendorTime: 200, deliveryId: 'second' }
const earlier = { rowHash: 'b', vendorTime: 50, deliveryId: 'second' }

test('news is what the vendor said last, not what came last', () => {
  const stored = { rowHash: 'a', vendorTime: 100 }

  expect(decideByTime({ rowHash: 'a', vendorTime: 100 }, null)).toEqual({ outcome: 'new' })
  expect(decideByTime({ rowHash: 'a', vendorTime: 200 }, stored)).toEqual({ outcome: 'unchanged' })
  expect(decideByTime({ rowHash: 'b', vendorTime: 200 }, stored)).toEqual({ outcome: 'changed' })
  expect(decideByTime({ rowHash: 'b', vendorTime: 50 }, stored)).toEqual({ outcome: 'superseded' })
})

describe('a result that is delivered again', () => {
  test.each([
    ['rescored', version({ ...later }), version(), { outcome: 'changed' }],
    ['pending to pass', version({ ...later }), version({ grade: 'pending' }), { outcome: 'changed' }],
    ['fail to pass', version({ ...later }), version({ grade: 'fail' }), { outcome: 'changed' }],
    ['pass to fail', version({ ...later, grade: 'fail' }), version(), { outcome: 'changed' }],
    ['no-show to pass', version({ ...later }), version({ grade: 'none' }), { outcome: 'changed' }],
    ['the same row by other settings', version({ rowHash: 'b' }), version(), { outcome: 'changed' }],
    ['an older file', version({ ...earlier, grade: 'fail' }), version(), { outcome: 'superseded' }],
    ['an older grade for none', version({ ...earlier }), version({ grade: 'none' }), { outcome: 'changed' }],
  ])('%s', (_, incoming, stored, decision) => {
    expect(decideResult(incoming, incoming, stored, TODAY)).toEqual(decision)
  })

  test.each([
    ['pass to no-show', version({ ...later, grade: 'none' }), version(), 'regression'],
    ['fail to taken', version({ ...later, grade: 'pending' }), version({ grade: 'fail' }), 'regression'],
    ['other values in one file', version({ rowHash: 'b', line: 9 }), version(), 'duplicate_in_file'],
    ['an exam of next week', version({ examOn: '2026-06-08' }), null, 'future_date'],
  ])('%s waits for a person', (_, incoming, stored, reason) => {
    expect(decideResult(incoming, incoming, stored, TODAY)).toMatchObject({ fault: { reason } })
  })

  test('a test centre may be a day ahead', () => {
    expect(decideResult(version({ examOn: '2026-06-02' }), version(), null, TODAY)).toEqual({
      outcome: 'new',
    })
  })
})

describe('a row about a sitting', () => {
  const sitting = { candidateId: '1', examCode: 'JN0-106' }
  const facts = {
    exam: { code: 'JNCIA-Junos' } as Exam,
    candidateIsKnown: true,
    holder: null,
    storedExam: null,
  }

  test.each([
    [{}, {}, undefined],
    [{ candidateId: '' }, {}, 'missing_required'],
    [{}, { candidateIsKnown: false }, 'unknown_candidate'],
    [{}, { exam: null }, 'unknown_exam'],
    [{}, { holder: '2' }, 'candidate_conflict'],
    [{}, { holder: '2', storedExam: 'JNCIA-Junos' }, 'candidate_changed'],
    [{}, { holder: '1', storedExam: 'JNCIS-SP' }, 'exam_changed'],
  ])('%o with %o: %s', (said, known, reason) => {
    expect(faultOfSitting({ ...sitting, ...said }, { ...facts, ...known })?.reason).toBe(reason)
  })
})
