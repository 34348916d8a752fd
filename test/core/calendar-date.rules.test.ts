import { expect, test } from 'vitest'
import { addDays, addMonths, isLikelyDate } from '../../src/core/calendar-date.ts'

test.each([
  ['2024-01-31', 1, '2024-02-29'],
  ['2024-02-29', 12, '2025-02-28'],
  ['2024-05-20', -6, '2023-11-20'],
  ['9999-06-30', 6, '9999-12-30'],
  ['9999-07-31', 6, '9999-12-31'],
  ['9999-12-31', 1200, '9999-12-31'],
])('%s and %i months are %s', (date, months, expected) => {
  expect(addMonths(date, months)).toBe(expected)
})

test('no day comes after the last of four digits', () => {
  expect(addDays('9999-12-30', 1)).toBe('9999-12-31')
  expect(addDays('9999-12-31', 1)).toBe('9999-12-31')
})

test.each([
  ['1899-12-31', false],
  ['1900-01-01', true],
  ['2200-12-31', true],
  ['2201-01-01', false],
])('%s is a date that somebody may mean: %s', (date, expected) => {
  expect(isLikelyDate(date)).toBe(expected)
})
