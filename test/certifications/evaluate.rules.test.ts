import { expect, test } from 'vitest'
import { draftOfCertification, sampleProgram } from '../program/sample-program.ts'
import { awardsOf, evaluationOf, passesOf, termsOf } from './histories.ts'

const program = sampleProgram()
const datedByExam = sampleProgram(({ settings }) => {
  settings.awardedOn = 'exam'
})
const terms = (...lines: string[]) => termsOf(awardsOf(program, passesOf(program, ...lines)))

test('a pass without prerequisites earns its certification for three years', () => {
  const passes = passesOf(program, '2024-05-20 JNCIA-Junos')

  expect(awardsOf(program, passes)).toEqual([
    {
      certification: 'JNCIA-Junos',
      awardedOn: '2024-05-20',
      expiresOn: '2027-05-20',
      suspendedOn: null,
      revokedOn: null,
      emeritusOn: null,
      reason: {
        rule: 'pass',
        pass: passes[0],
        others: [],
        completedBy: passes[0],
        completedOn: '2024-05-20',
        prerequisites: [],
      },
      renewals: [],
    },
  ])
})

test('no passes, no awards', () => {
  expect(evaluationOf(program, [])).toEqual({ awards: [], waiting: [], milestones: [], lateCourses: [] })
})

test('a leap-day award expires on 28 February', () => {
  expect(terms('2024-02-29 JNCIA-Cloud')).toEqual(['JNCIA-Cloud 2024-02-29 2027-02-28'])
})

test('a certification without an end never expires, and its exam passed again changes nothing', () => {
  const forEver = sampleProgram((draft) => {
    draftOfCertification(draft, 'JNCIA-Cloud').validityMonths = null
  })
  const passes = passesOf(forEver, '2010-01-04 JNCIA-Cloud', '2024-01-04 JNCIA-Cloud')

  expect(awardsOf(forEver, passes)).toMatchObject([
    { certification: 'JNCIA-Cloud', awardedOn: '2010-01-04', expiresOn: null, renewals: [] },
  ])
})

test('exams may be taken in any order: a pass waits for its prerequisite without limit', () => {
  const passes = passesOf(program, '2015-03-02 JNCIS-ENT', '2024-05-20 JNCIA-Junos')
  const awards = awardsOf(program, passes)

  expect(termsOf(awards)).toEqual(['JNCIA-Junos 2024-05-20 2027-05-20', 'JNCIS-ENT 2024-05-20 2027-05-20'])
  expect(awards[1]?.reason).toEqual({
    rule: 'completion',
    pass: passes[0],
    others: [],
    completedBy: passes[1],
    completedOn: '2024-05-20',
    prerequisites: [{ certification: 'JNCIA-Junos', awardedOn: '2024-05-20' }],
  })
})

test('one pass completes a whole ladder that waited for it, and each rung says so', () => {
  const passes = passesOf(
    program,
    '2022-01-10 JNCIE-ENT',
    '2022-02-10 JNCIP-ENT',
    '2022-03-10 JNCIS-ENT',
    '2022-04-11 JNCIA-Junos',
  )
  const awards = awardsOf(program, passes)

  expect(awards.map(({ certification, awardedOn }) => `${certification} ${awardedOn}`)).toEqual([
    'JNCIA-Junos 2022-04-11',
    'JNCIS-ENT 2022-04-11',
    'JNCIP-ENT 2022-04-11',
    'JNCIE-ENT 2022-04-11',
  ])
  expect(awards.map(({ reason }) => reason.completedBy?.resultId)).toEqual([4, 4, 4, 4])
})

test('a pass that still waits is reported as waiting', () => {
  const passes = passesOf(program, '2022-02-10 JNCIP-ENT', '2022-03-10 JNCIA-Junos')

  expect(evaluationOf(program, passes).waiting).toEqual([
    { certification: 'JNCIP-ENT', credits: [{ pass: passes[0] }] },
  ])
})

test('an award may be dated by its exam instead of by what completed the set', () => {
  const passes = passesOf(program, '2022-03-02 JNCIS-ENT', '2024-05-20 JNCIA-Junos')

  expect(termsOf(awardsOf(datedByExam, passes))).toEqual([
    'JNCIS-ENT 2022-03-02 2025-03-02',
    'JNCIA-Junos 2024-05-20 2027-05-20',
  ])
})

test('dated by its exam, a pass that waited longer than its award would last gives none', () => {
  const passes = passesOf(program, '2021-05-19 JNCIS-ENT', '2024-05-20 JNCIA-Junos')

  expect(termsOf(awardsOf(datedByExam, passes))).toEqual(['JNCIA-Junos 2024-05-20 2027-05-20'])
})

test('a prerequisite counts through its expiry date and not a day longer', () => {
  expect(terms('2020-05-20 JNCIA-Junos', '2023-05-20 JNCIS-ENT')).toContain('JNCIS-ENT 2023-05-20 2026-05-20')
  expect(terms('2020-05-20 JNCIA-Junos', '2023-05-21 JNCIS-ENT')).toEqual([
    'JNCIA-Junos 2020-05-20 2023-05-20',
  ])
})

test('any certification of a group will do: JNCIS-ENT is accepted in place of JNCIS-DC', () => {
  const passes = passesOf(program, '2023-01-09 JNCIA-Junos', '2023-02-09 JNCIS-ENT', '2023-03-09 JNCIP-DC')

  expect(awardsOf(program, passes)[2]).toMatchObject({
    certification: 'JNCIP-DC',
    awardedOn: '2023-03-09',
    reason: { prerequisites: [{ certification: 'JNCIS-ENT', awardedOn: '2023-02-09' }] },
  })
})

test('every group has to be met', () => {
  const both = sampleProgram((draft) => {
    draftOfCertification(draft, 'JNCIS-ENT').prerequisites = [['JNCIA-Junos'], ['JNCIA-SEC', 'JNCIA-DC']]
  })
  const first = ['2023-01-09 JNCIA-Junos', '2023-02-09 JNCIS-ENT']

  expect(termsOf(awardsOf(both, passesOf(both, ...first)))).toEqual(['JNCIA-Junos 2023-01-09 2026-02-09'])
  expect(termsOf(awardsOf(both, passesOf(both, ...first, '2023-03-09 JNCIA-DC')))).toContain(
    'JNCIS-ENT 2023-03-09 2026-03-09',
  )
})

test('after expiry the holder starts again: a new pass begins a new holding', () => {
  expect(terms('2018-05-21 JNCIA-SEC', '2024-05-20 JNCIA-SEC')).toEqual([
    'JNCIA-SEC 2018-05-21 2021-05-21',
    'JNCIA-SEC 2024-05-20 2027-05-20',
  ])
})

test('a pass that served an award, or renewed one, does not earn it a second time', () => {
  const lines = ['2016-01-11 JNCIA-Junos', '2016-02-11 JNCIS-ENT', '2017-02-13 JNCIS-ENT']

  expect(terms(...lines, '2024-05-20 JNCIA-Junos')).toEqual([
    'JNCIA-Junos 2016-01-11 2020-02-13',
    'JNCIS-ENT 2016-02-11 2020-02-13',
    'JNCIA-Junos 2024-05-20 2027-05-20',
  ])
})

test('after expiry a pass again waits for a prerequisite', () => {
  const lines = [
    '2016-01-11 JNCIA-Junos',
    '2016-02-11 JNCIS-ENT',
    '2022-02-14 JNCIS-ENT',
    '2024-05-20 JNCIA-Junos',
  ]

  expect(terms(...lines).slice(2)).toEqual([
    'JNCIA-Junos 2024-05-20 2027-05-20',
    'JNCIS-ENT 2024-05-20 2027-05-20',
  ])
})

test('of several passes that waited the latest earns, and none is left over', () => {
  const passes = passesOf(program, '2022-01-10 JNCIS-SEC', '2023-01-10 JNCIS-SEC', '2023-05-20 JNCIA-SEC')
  const { awards, waiting } = evaluationOf(program, passes)

  expect(awards[1]?.reason.pass).toBe(passes[1])
  expect(waiting).toEqual([])
})

test('passes of one day count together, whichever was sat first', () => {
  expect(terms('2024-05-20 JNCIP-DC', '2024-05-20 JNCIA-Junos', '2024-05-20 JNCIS-ENT')).toEqual([
    'JNCIA-Junos 2024-05-20 2027-05-20',
    'JNCIS-ENT 2024-05-20 2027-05-20',
    'JNCIP-DC 2024-05-20 2027-05-20',
  ])
})

test('of two passes of one exam on one day the first result counts', () => {
  const passes = passesOf(program, '2022-01-10 JNCIS-SEC', '2022-01-10 JNCIS-SEC', '2023-05-20 JNCIA-SEC')

  expect(awardsOf(program, passes.toReversed())[1]?.reason.pass).toBe(passes[0])
})

test('a prerequisite of the same level counts from the day it is earned', () => {
  const sideways = sampleProgram((draft) => {
    draftOfCertification(draft, 'JNCIA-Cloud').prerequisites = [['JNCIA-SEC']]
  })
  const passes = passesOf(sideways, '2024-05-20 JNCIA-Cloud', '2024-05-20 JNCIA-SEC')

  expect(awardsOf(sideways, passes)).toHaveLength(2)
})

test('an exam that the program no longer has earns nothing', () => {
  const pass = { exam: 'JNCIA-Retired', passedOn: '2024-05-20', resultId: 1, seriesCode: 'JN0-000' }

  expect(evaluationOf(program, [pass])).toEqual({ awards: [], waiting: [], milestones: [], lateCourses: [] })
})
