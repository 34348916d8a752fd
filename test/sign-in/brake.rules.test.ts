import { expect, test } from 'vitest'
import { DELAYS, delayAfter } from '../../src/sign-in/brake.ts'

test.each([
  [1, 0],
  [4, 0],
  [5, 1],
  [6, 2],
  [7, 4],
  [8, 8],
  [9, 15],
  [10, 15],
  [1_000_000, 15],
])('after %i failures nothing can be tried for %i minutes', (failures, minutes) => {
  expect(delayAfter(failures)).toBe(minutes * 60_000)
})

test('the list of delays ends where they grow no more', () => {
  expect(DELAYS.map((delay) => delay / 60_000)).toEqual([0, 0, 0, 0, 1, 2, 4, 8, 15])
})
