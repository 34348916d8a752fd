import { describe, expect, test } from 'vitest'
import {
  type Attempt,
  bookableFrom,
  lastSafeDay,
  maySitFrom,
  waitsAfterFail,
} from '../../src/certifications/retakes.ts'
import { findExam } from '../../src/program/catalogue.ts'
import { sampleProgram } from '../program/sample-program.ts'

const program = sampleProgram((draft) => {
  Object.assign(draft, {
    retakes: {
      written: { daysAfterFail: [0, 14], monthsAfterPass: 18, limits: [{ attempts: 4, months: 12 }] },
    },
  })
})
const exam = findExam(program, 'JNCIS-SEC')!
const TODAY = '2026-11-26'

const sat = (...lines: string[]): Attempt[] =>
  lines.map((line) => {
    const [satOn, outcome] = line.split(' ') as [string, string]
    return { exam: 'JNCIS-SEC', satOn, isPass: outcome === 'pass' }
  })
const from = (...lines: string[]) => maySitFrom(program, exam, sat(...lines), TODAY)

describe('an exam may be sat', () => {
  test('at any time at first, and again after the first fail', () => {
    expect(from()).toBe(TODAY)
    expect(from('2026-11-26 fail')).toBe(TODAY)
  })

  test('14 days counted from the day after a further fail', () => {
    expect(from('2026-11-01 fail', '2026-11-20 fail')).toBe('2026-12-05')
    expect(from('2026-10-01 fail', '2026-11-01 fail', '2026-11-20 fail')).toBe('2026-12-05')
    expect(from('2026-10-01 fail', '2026-11-11 fail')).toBe(TODAY)
  })

  test('18 months after a pass, which ends the row of fails', () => {
    expect(from('2026-05-26 pass')).toBe('2027-11-26')
    expect(from('2024-05-01 fail', '2024-05-02 pass', '2026-11-20 fail')).toBe(TODAY)
  })

  test('once the window has room again', () => {
    const four = ['2026-01-10 fail', '2026-04-10 fail', '2026-07-10 fail', '2026-10-10 fail']

    expect(from(...four)).toBe('2027-01-10')
  })

  test('at any time where the program says nothing', () => {
    const lab = findExam(program, 'JNCIE-SEC')!

    expect(maySitFrom(program, lab, [{ exam: 'JNCIE-SEC', satOn: TODAY, isPass: false }], TODAY)).toBe(TODAY)
  })
})

describe('the last safe day', () => {
  const safe = (by: string, ...lines: string[]) =>
    lastSafeDay(program, exam, sat(...lines), { from: TODAY, by })

  test('leaves time for the result of a first fail', () => {
    // Five business days after Monday the 18th end on Monday the 25th.
    expect(safe('2027-01-25')).toBe('2027-01-18')
    // Monday the 18th is a holiday: five business days after Friday the 15th end there, too.
    expect(safe('2027-01-24')).toBe('2027-01-14')
  })

  test('and for the wait after a further one', () => {
    expect(safe('2027-01-25', '2026-11-10 fail')).toBe('2027-01-10')
  })

  test('there is none where it would be before the first day', () => {
    expect(safe('2026-11-30')).toBeNull()
    expect(safe('2026-12-05', '2026-11-10 fail')).toBeNull()
  })
})

describe('an exam whose codes end or begin', () => {
  const withCodes = (...codes: object[]) =>
    sampleProgram((draft) => {
      Object.assign(draft, { retakes: { written: { daysAfterFail: [14] } } })
      Object.assign(draft.exams.find(({ code }) => code === 'JNCIS-SEC')!, { codes })
    })
  const failed = sat('2026-11-25 fail')
  const bookable = (changed: typeof program) =>
    bookableFrom(changed, findExam(changed, 'JNCIS-SEC')!, failed, TODAY)

  test('may be taken again only where it is still offered once the wait is over', () => {
    const open = withCodes({ code: 'A' })
    const retired = withCodes({ code: 'A', until: '2026-12-05' })

    expect(waitsAfterFail(open, failed, TODAY).get('JNCIS-SEC')).toEqual({
      failedOn: '2026-11-25',
      from: '2026-12-10',
    })
    expect(waitsAfterFail(retired, failed, TODAY).size).toBe(0)
    expect(bookable(open)).toBe('2026-12-10')
    expect(bookable(retired)).toBeNull()
  })

  test('can be booked from when a later code begins', () => {
    expect(bookable(withCodes({ code: 'A', until: '2026-12-05' }, { code: 'B', from: '2027-02-01' }))).toBe(
      '2027-02-01',
    )
  })
})
