import { expect, test } from 'vitest'
import { expectResult } from '../../src/exams/result-expectation.ts'

const calendar = {
  businessDays: [1, 2, 3, 4, 5] as const satisfies (1 | 2 | 3 | 4 | 5)[],
  holidays: ['2026-11-26'],
  results: { usualBusinessDays: 2, lateAfterBusinessDays: 5 },
}
const settings = { ...calendar, businessDays: [...calendar.businessDays] }
// A Friday; Thursday of the next week is a holiday.
const sitting = { appointmentOn: '2026-11-20', state: 'scheduled' } as const

test('a booking that has no appointment yet promises nothing', () => {
  expect(expectResult(settings, { appointmentOn: null, state: 'authorized' }, '2026-11-23')).toEqual({
    state: 'unbooked',
  })
})

test('an exam is ahead through its own day', () => {
  expect(expectResult(settings, sitting, '2026-11-20')).toEqual({ state: 'upcoming', on: '2026-11-20' })
})

test('an exam that was delivered today is not ahead any more', () => {
  expect(expectResult(settings, { ...sitting, state: 'delivered' }, '2026-11-20')).toEqual({
    state: 'expected',
    by: '2026-11-24',
  })
})

test('an exam that was delivered where it is tomorrow already is not ahead either', () => {
  expect(expectResult(settings, { ...sitting, state: 'delivered' }, '2026-11-19')).toEqual({
    state: 'expected',
    by: '2026-11-24',
  })
})

test.each([
  ['2026-11-21', { state: 'expected', by: '2026-11-24' }],
  ['2026-11-24', { state: 'expected', by: '2026-11-24' }],
  ['2026-11-25', { state: 'expected', by: '2026-11-30' }],
  ['2026-11-30', { state: 'expected', by: '2026-11-30' }],
  ['2026-12-01', { state: 'late', since: '2026-11-30' }],
] as const)('a result of Friday is awaited over weekend and holiday; on %s', (today, expectation) => {
  expect(expectResult(settings, sitting, today)).toEqual(expectation)
})
