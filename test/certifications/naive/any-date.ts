import fc from 'fast-check'
import { addDays, addMonths, type CalendarDate } from '../../../src/core/calendar-date.ts'

const FIRST_DAY = '2020-01-31'

/** Month ends three months apart, so that terms of months end on one another, and the days around them. */
export const anyDate: fc.Arbitrary<CalendarDate> = fc
  .record({
    quarters: fc.integer({ min: 0, max: 19 }),
    days: fc.constantFrom(0, 0, 0, 0, 1, -1, 29, 60),
  })
  .map(({ quarters, days }) => addDays(addMonths(FIRST_DAY, 3 * quarters), days))
