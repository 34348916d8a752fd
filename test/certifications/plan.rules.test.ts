import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Pass } from '../../src/certifications/evaluated-award.ts'
import { fewestSteps, ifPassed } from '../../src/certifications/plan.ts'
import type { Attempt } from '../../src/certifications/retakes.ts'
import { addMonths } from '../../src/core/calendar-date.ts'
import { programOn, type Rules } from '../../src/program/versions.ts'
import { type Draft, sampleProgram } from '../program/sample-program.ts'
import { anyHistory, LAST_DAY } from './any-history.ts'
import { isDoable, renewedBy } from './any-plan.ts'
import { awardsOf, eventsOf, passesOf } from './histories.ts'

const program = sampleProgram()
const TODAY = '2026-11-26'

/** Active on a day and over within the year, as the planner has it from the record. */
function expiringOf(rules: Rules, passes: readonly Pass[], today: string) {
  return awardsOf(rules, passes).flatMap(({ certification, expiresOn }) =>
    expiresOn !== null && expiresOn >= today && expiresOn <= addMonths(today, 12)
      ? [{ certification, expiresOn }]
      : [],
  )
}

const planOf = (passes: readonly Pass[], rules: Rules = program, attempts: Attempt[] = []) =>
  fewestSteps(rules, eventsOf(passes), expiringOf(rules, passes, TODAY), TODAY, attempts)

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
    expect(exams[0]).toMatchObject({ keeps: ['JNCIA-Junos', 'JNCIS-ENT'], from: TODAY, by: '2027-03-10' })
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
})

describe('the last day', () => {
  const security = passesOf(program, '2024-05-20 JNCIA-SEC', '2024-06-01 JNCIS-SEC')
  const changed = (change: (draft: Draft) => void) => sampleProgram(change)
  /** The sample with nothing to renew JNCIS-SEC by but the exam of JNCIP-SEC. */
  const byProfessional = (draft: Draft) => {
    draft.renewal.rules = draft.renewal.rules.filter(({ id }) => id !== 'specialist-same-level')
  }

  test('is not after the exam is retired, nor is the safe one', () => {
    const retired = changed((draft) => {
      byProfessional(draft)
      const exam = draft.exams.find(({ code }) => code === 'JNCIP-SEC')!
      Object.assign(exam.codes[0]!, { until: '2026-12-31' })
    })

    const plan = planOf(security, retired)

    expect(plan.exams).toMatchObject([
      { exam: 'JNCIP-SEC', by: '2026-12-31', keeps: ['JNCIA-SEC', 'JNCIS-SEC'] },
    ])
    expect(plan.exams[0]!.safeBy! < '2026-12-31').toBe(true)
  })

  test('is not after a version begins that drops the rule', () => {
    const without = changed((draft) => {
      byProfessional(draft)
      draft.renewal.rules = draft.renewal.rules.filter(({ id }) => id !== 'specialist-going-up')
    })
    const rules = [
      { effectiveOn: null, program: changed(byProfessional) },
      { effectiveOn: '2027-01-01', program: without },
    ]

    expect(planOf(security, rules).exams).toMatchObject([{ exam: 'JNCIP-SEC', by: '2026-12-31' }])
  })

  test('is when a short renewal keeps what today it would not', () => {
    const short = changed(({ renewal }) => Object.assign(renewal, { months: 6 }))
    const plan = planOf(passesOf(program, '2024-07-01 JNCIA-SEC'), short)

    expect(plan).toMatchObject({ unkept: [], exams: [{ from: '2027-01-02', by: '2027-07-01' }] })
  })

  test('is asked of the codes of the first day that counts', () => {
    const passes = passesOf(program, '2024-05-20 JNCIA-Design')
    const later = changed((draft) => {
      draft.renewal.rules = draft.renewal.rules.filter(({ id }) => id === 'associate-same-level')
      draft.exams = draft.exams.filter(({ level, code }) => level !== 'JNCIA' || code === 'JNCIA-Design')
      const exam = draft.exams.find(({ code }) => code === 'JNCIA-Design')!
      Object.assign(exam, {
        codes: [
          { code: 'OLD', until: '2026-11-30' },
          { code: 'NEW', from: '2027-01-05' },
        ],
      })
      draft.certifications = draft.certifications.filter(({ exam }) =>
        draft.exams.some(({ code }) => code === exam),
      )
      Object.assign(draft, { retakes: { written: { daysAfterFail: [14] } } })
      for (const one of draft.certifications) one.prerequisites = []
      draft.renewal.rules.splice(1)
      Object.assign(draft, { courses: [], milestones: [] })
    })
    const failed = [{ exam: 'JNCIA-Design', satOn: '2026-11-25', isPass: false }]

    expect(planOf(passes, later, failed).exams).toMatchObject([
      { seriesCodes: ['NEW'], from: '2027-01-05', by: '2027-05-20' },
    ])
  })

  test('with grace and a wait, an exam keeps what is left when it can be sat', () => {
    const only = changed((draft) => {
      draft.renewal.rules = [
        { ...draft.renewal.rules[0]!, by: { passing: { exam: 'JNCIA-Cloud' } } } as never,
      ]
      draft.renewal.cascades = []
      Object.assign(draft.renewal, { graceDays: 60 })
      Object.assign(draft, { courses: [] })
    })
    const passes = passesOf(program, '2023-12-05 JNCIA-SEC', '2024-05-01 JNCIA-DC')
    const failed = ['2026-11-01', '2026-11-30'].map((satOn) => ({
      exam: 'JNCIA-Cloud',
      satOn,
      isPass: false,
    }))
    const today = '2026-12-01'
    const wanted = expiringOf(only, passes, today)

    expect(wanted).toHaveLength(2)
    expect(fewestSteps(only, eventsOf(passes), wanted, today, failed)).toMatchObject({
      exams: [{ exam: 'JNCIA-Cloud', from: '2026-12-15', by: '2027-05-01', keeps: ['JNCIA-DC'] }],
      unkept: ['JNCIA-SEC'],
    })
  })
})

describe('whatever somebody holds', () => {
  const anyRules = fc
    .record({
      months: fc.constantFrom(36, 36, 12, 6),
      graceDays: fc.constantFrom(0, 0, 60),
      retired: fc.subarray(
        program.exams.map(({ code }) => code),
        { maxLength: 8 },
      ),
      dropped: fc.subarray(
        program.renewal.rules.map(({ id }) => id),
        { maxLength: 3 },
      ),
    })
    .map(({ months, graceDays, retired, dropped }): Rules => {
      const now = sampleProgram((draft) => {
        Object.assign(draft.renewal, { months, graceDays })
        for (const exam of draft.exams)
          if (retired.includes(exam.code)) Object.assign(exam.codes.at(-1)!, { until: '2026-07-31' })
      })
      const next = sampleProgram(({ renewal }) => {
        renewal.rules = renewal.rules.filter(({ id }) => !dropped.includes(id))
      })
      return [
        { effectiveOn: null, program: now },
        { effectiveOn: '2026-09-01', program: next },
      ]
    })

  test('each exam, passed on its first, its last safe or its last day, keeps all that it promises', () => {
    fc.assert(
      fc.property(anyRules, anyHistory(program), (rules, passes) => {
        const today = LAST_DAY
        const events = eventsOf(passes)
        const { exams, courses } = fewestSteps(rules, events, expiringOf(rules, passes, today), today)

        for (const step of [...exams, ...courses])
          for (const on of [step.from, step.by, ...('safeBy' in step && step.safeBy ? [step.safeBy] : [])]) {
            const done = 'exam' in step ? { exam: step.exam } : { course: step.course }
            expect(isDoable(rules, done, on)).toBe(true)
            expect(renewedBy(rules, events, done, on)).toEqual(expect.arrayContaining(step.keeps))
          }
      }),
      { seed: 20261126, numRuns: 60 },
    )
  })

  test('all of them together keep everything that can be kept, and no fewer exams would', () => {
    fc.assert(
      fc.property(anyHistory(program), (passes) => {
        const today = LAST_DAY
        const events = eventsOf(passes)
        const expiring = expiringOf(program, passes, today)
        const { exams, courses, unkept } = fewestSteps(program, events, expiring, today)
        const wanted = expiring
          .map(({ certification }) => certification)
          .filter((code) => !unkept.includes(code))
        for (const day of ['from', 'by'] as const) {
          const planned = [
            ...exams.map(({ exam, ...days }) => ({ exam, on: days[day] })),
            ...courses.map(({ course, ...days }) => ({ course, on: days[day] })),
          ]
          const kept = planned.length === 0 ? [] : ifPassed(program, events, planned, today)
          expect(kept.map(({ certification }) => certification)).toEqual(expect.arrayContaining(wanted))
        }
        if (exams.length === 2)
          for (const { code } of programOn(program, today).exams)
            for (const on of [today, ...expiring.map(({ expiresOn }) => expiresOn)]) {
              if (!isDoable(program, { exam: code }, on)) continue
              const alone = renewedBy(program, events, { exam: code }, on)
              const inTime = expiring.every(({ expiresOn }) => on <= expiresOn)
              expect(inTime && wanted.every((one) => alone.includes(one))).toBe(false)
            }
      }),
      { seed: 20261126, numRuns: 100 },
    )
  })
})
