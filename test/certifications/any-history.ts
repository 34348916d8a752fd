import fc from 'fast-check'
import type { Pass } from '../../src/certifications/evaluated-award.ts'
import { addDays, addMonths, daysBetween } from '../../src/core/calendar-date.ts'
import type { Program } from '../../src/program/program.ts'

const FIRST_DAY = '2016-02-29'
export const LAST_DAY = '2026-02-28'

// Few dates, many of them exactly three years or a day more apart: the edges of validity are where rules break.
const anyDate = fc
  .record({
    years: fc.integer({ min: 0, max: 9 }),
    quarter: fc.integer({ min: 0, max: 3 }),
    days: fc.constantFrom(-1, 0, 0, 0, 1, 17),
  })
  .map(({ years, quarter, days }) => addDays(addMonths(FIRST_DAY, 12 * years + 3 * quarter), days))
  .filter((date) => daysBetween(date, LAST_DAY) >= 0)

/** Up to 24 passes of a few exams, so that ladders are climbed and awards renewed rather than only begun. */
export function anyHistory(program: Program): fc.Arbitrary<Pass[]> {
  const codes = program.exams.map(({ code }) => code)
  return fc
    .subarray(codes, { minLength: 2, maxLength: 9 })
    .chain((some) =>
      fc.array(fc.record({ exam: fc.constantFrom(...some), passedOn: anyDate }), { maxLength: 24 }),
    )
    .map((passes) => passes.map((pass, index) => ({ ...pass, resultId: index + 1, seriesCode: 'any' })))
}
