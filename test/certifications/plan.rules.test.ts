import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fewestSteps, ifPassed } from '../../src/certifications/plan.ts'
import { addMonths } from '../../src/core/calendar-date.ts'
import { seriesCodesOn } from '../../src/program/catalogue.ts'
import { sampleProgram } from '../program/sample-program.ts'
import { anyHistory, LAST_DAY } from './any-history.ts'
import { awardsOf, eventsOf, passesOf } from './histories.ts'

const program = sampleProgram()
const TODAY = '2026-11-26'

/** Active on a day and over within the year, as the planner has it from the record. */
function expiringOf(passes: ReturnType<typeof passesOf>, today: string) {
  return awardsOf(program, passes).flatMap(({ certification, expiresOn }) =>
    expiresOn !== null && expiresOn >= today && expiresOn <= addMonths(today, 12)
      ? [{ certification, expiresOn }]
      : [],
  )
}

const planOf = (passes: ReturnType<typeof passesOf>, today = TODAY) =>
  fewestSteps(program, eventsOf(passes), expiringOf(passes, today), today)

describe('what a pass would change', () => {
  const passes = passesOf(program, '2024-05-20 JNCIA-Junos')
  const ask = (exam: string, on: string) => ifPassed(program, eventsOf(passes), [{ exam, on }], on)

  test('what is earned comes first, then what is renewed with it', () => {
    expect(ask('JNCIS-ENT', '2026-12-01')).toEqual([
      { certification: 'JNCIS-ENT', before: null, after: '2029-12-01', isEarned: true },
      { certification: 'JNCIA-Junos', before: '2027-05-20', after: '2029-12-01', isEarned: false },
    ])
  })

  test('too late for the prerequisite it earns nothing', () => {
    expect(ask('JNCIS-ENT', '2027-05-21')).toEqual([])
  })
})

describe('the fewest exams', () => {
  test('one where one keeps everything', () => {
    const passes = passesOf(program, '2024-01-10 JNCIA-Junos', '2024-03-10 JNCIS-ENT')

    const { exams, unkept } = planOf(passes)

    expect(unkept).toEqual([])
    expect(exams).toHaveLength(1)
    expect(exams[0]).toMatchObject({ keeps: ['JNCIA-Junos', 'JNCIS-ENT'], by: '2027-03-10' })
  })

  test('two where no single one does', () => {
    const passes = passesOf(
      program,
      '2024-01-10 JNCIA-Junos',
      '2024-03-10 JNCIS-ENT',
      '2024-03-11 JNCIA-SEC',
      '2024-03-12 JNCIS-SEC',
    )

    const { exams } = planOf(passes)

    expect(exams).toHaveLength(2)
    expect(new Set(exams.flatMap(({ keeps }) => keeps))).toEqual(
      new Set(['JNCIA-Junos', 'JNCIS-ENT', 'JNCIA-SEC', 'JNCIS-SEC']),
    )
  })

  test('none where nothing expires', () => {
    expect(planOf(passesOf(program, '2026-05-20 JNCIA-Junos'))).toEqual({
      exams: [],
      courses: [],
      unkept: [],
    })
  })

  test('whatever somebody holds, passing them keeps all that they promise, and no fewer exams would', () => {
    fc.assert(
      fc.property(anyHistory(program), (passes) => {
        const today = LAST_DAY
        const events = eventsOf(passes)
        const expiring = expiringOf(passes, today)
        const { exams, unkept } = fewestSteps(program, events, expiring, today)
        const planned = exams.map(({ exam }) => ({ exam, on: today }))
        const kept = ifPassed(program, events, planned, today).map(({ certification }) => certification)

        for (const { keeps } of exams) for (const code of keeps) expect(kept).toContain(code)
        const wanted = expiring
          .map(({ certification }) => certification)
          .filter((code) => !unkept.includes(code))
        for (const code of wanted) expect(kept).toContain(code)
        if (exams.length === 2)
          for (const { code } of program.exams.filter((exam) => seriesCodesOn(exam, today).length > 0)) {
            const alone = ifPassed(program, events, [{ exam: code, on: today }], today)
            const keeps = alone.filter(({ isEarned }) => !isEarned).map(({ certification }) => certification)
            expect(wanted.every((one) => keeps.includes(one))).toBe(false)
          }
      }),
      { seed: 20261126, numRuns: 150 },
    )
  })
})
