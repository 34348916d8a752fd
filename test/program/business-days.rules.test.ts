import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '../../src/core/calendar-date.ts'
import { addBusinessDays, businessDaysBetween, isBusinessDay } from '../../src/program/business-days.ts'
import { sampleProgram } from './sample-program.ts'

const { settings } = sampleProgram()

test('five business days pass over a weekend and Thanksgiving', () => {
  expect(addBusinessDays(settings, '2026-11-23', 2)).toBe('2026-11-25')
  expect(addBusinessDays(settings, '2026-11-23', 3)).toBe('2026-11-27')
  expect(addBusinessDays(settings, '2026-11-23', 5)).toBe('2026-12-01')
})

test('counting starts after the day itself, also on a weekend', () => {
  expect(addBusinessDays(settings, '2026-11-21', 1)).toBe('2026-11-23')
  expect(addBusinessDays(settings, '2026-11-21', 0)).toBe('2026-11-21')
})

test('a week may have other business days', () => {
  const sundayToThursday: typeof settings = { ...settings, businessDays: [7, 1, 2, 3, 4], holidays: [] }

  expect(addBusinessDays(sundayToThursday, '2026-11-26', 1)).toBe('2026-11-29')
})

test('between counts the last day and not the first', () => {
  expect(businessDaysBetween(settings, '2026-11-23', '2026-11-23')).toBe(0)
  expect(businessDaysBetween(settings, '2026-11-23', '2026-11-27')).toBe(3)
  expect(businessDaysBetween(settings, '2026-11-27', '2026-11-23')).toBe(-3)
})

test('adding and counting agree, and one lands on a business day', () => {
  const date = fc.integer({ min: 0, max: 900 }).map((days) => addDays('2026-01-01', days))

  fc.assert(
    fc.property(date, fc.integer({ min: 1, max: 60 }), (from, days) => {
      const reached = addBusinessDays(settings, from, days)

      expect(businessDaysBetween(settings, from, reached)).toBe(days)
      expect(isBusinessDay(settings, reached)).toBe(true)
    }),
    { seed: 20261123 },
  )
})
