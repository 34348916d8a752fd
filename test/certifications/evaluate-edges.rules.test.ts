import { describe, expect, test } from 'vitest'
import { evaluate } from '../../src/certifications/evaluate.ts'
import type { AwardAct } from '../../src/certifications/evaluated-award.ts'
import { type Draft, draftOfCertification, sampleProgram } from '../program/sample-program.ts'
import { actOn } from './given-acts.ts'
import { awardsOf, evaluationOf, eventsOf, LATER, passesOf, termsOf } from './histories.ts'

// Each of these is what two evaluators once disagreed on: see agree.rules.test.ts.

const program = sampleProgram()
const emeritusAssociates = (draft: Draft) =>
  Object.assign(draft, { emeritus: { level: 'JNCIA', afterMonths: 12 } })

test('what comes back from emeritus under a version by which it never expires, never does', () => {
  const first = sampleProgram(emeritusAssociates)
  const second = sampleProgram((draft) => {
    emeritusAssociates(draft)
    draftOfCertification(draft, 'JNCIA-Cloud').validityMonths = null
  })
  const rules = [
    { effectiveOn: null, program: first },
    { effectiveOn: '2025-01-01', program: second },
  ]

  expect(awardsOf(rules, passesOf(first, '2020-01-06 JNCIA-Cloud', '2025-02-03 JNCIA-Cloud'))).toMatchObject([
    { awardedOn: '2020-01-06', expiresOn: null, renewals: [] },
  ])
})

test('the pass that brings an award back under a later version does not renew it as well', () => {
  const first = sampleProgram(emeritusAssociates)
  const second = sampleProgram((draft) => {
    emeritusAssociates(draft)
    draftOfCertification(draft, 'JNCIA-Cloud').validityMonths = 12
  })
  const rules = [
    { effectiveOn: null, program: first },
    { effectiveOn: '2025-01-01', program: second },
  ]
  const [award] = awardsOf(rules, passesOf(first, '2020-01-06 JNCIA-Cloud', '2025-02-03 JNCIA-Cloud'))

  expect(award!.renewals.map(({ rule, expiresOn }) => `${rule} ${expiresOn}`)).toEqual([
    'reactivation 2026-02-03',
  ])
})

test('the first version has made emeritus from the beginning, whatever date it bears', () => {
  const rules = [{ effectiveOn: '2024-01-01', program: sampleProgram(emeritusAssociates) }]

  expect(awardsOf(rules, passesOf(program, '2020-01-06 JNCIA-Cloud'))).toMatchObject([
    { emeritusOn: '2021-01-06' },
  ])
})

test('a certification that is gone goes on to make emeritus at the level that it had', () => {
  const second = sampleProgram((draft) => {
    emeritusAssociates(draft)
    draft.certifications = draft.certifications.filter(({ code }) => code !== 'JNCIA-Cloud')
  })
  const rules = [
    { effectiveOn: null, program: sampleProgram(emeritusAssociates) },
    { effectiveOn: '2020-06-01', program: second },
  ]

  expect(awardsOf(rules, passesOf(program, '2020-01-06 JNCIA-Cloud'))).toMatchObject([
    { emeritusOn: '2021-01-06' },
  ])
})

describe('a version that asks for less', () => {
  const second = sampleProgram((draft) => {
    draftOfCertification(draft, 'JNCIS-ENT').prerequisites = []
  })
  const rules = [
    { effectiveOn: null, program },
    { effectiveOn: '2022-01-01', program: second },
  ]
  const passes = passesOf(program, '2021-03-01 JNCIS-ENT', '2022-11-01 JNCIA-Cloud')

  test('gives what is complete on its first day, and no day before', () => {
    const pass = passes.slice(0, 1)

    expect(termsOf(awardsOf(rules, pass, [], '2021-12-31'))).toEqual([])
    expect(awardsOf(rules, pass, [], '2022-01-01')).toMatchObject([
      {
        certification: 'JNCIS-ENT',
        awardedOn: '2022-01-01',
        expiresOn: '2025-01-01',
        reason: { rule: 'completion', completedBy: null, completedOn: '2022-01-01' },
      },
    ])
  })

  test('whatever else is passed later', () => {
    expect(termsOf(awardsOf(rules, passes))).toEqual([
      'JNCIS-ENT 2022-01-01 2025-01-01',
      'JNCIA-Cloud 2022-11-01 2025-11-01',
    ])
  })

  test('dated by the exam, as of that', () => {
    const datedByExam = sampleProgram((draft) => {
      draftOfCertification(draft, 'JNCIS-ENT').prerequisites = []
      draft.settings.awardedOn = 'exam'
    })
    const [first] = rules

    expect(
      termsOf(awardsOf([first!, { effectiveOn: '2022-01-01', program: datedByExam }], passes)),
    ).toContain('JNCIS-ENT 2021-03-01 2024-03-01')
  })

  test('reaches milestones on its first day', () => {
    const withMilestone = sampleProgram((draft) => {
      const counts = [{ of: { level: 'JNCIA' }, atLeast: 1 }]
      Object.assign(draft, { milestones: [{ code: 'one', name: 'One', counts }] })
    })
    const both = [
      { effectiveOn: null, program },
      { effectiveOn: '2022-01-01', program: withMilestone },
    ]

    expect(evaluationOf(both, passesOf(program, '2021-03-01 JNCIA-Cloud')).milestones).toMatchObject([
      { milestone: 'one', reachedOn: '2022-01-01' },
    ])
  })
})

test('what the program does not know earns nothing and completes nothing', () => {
  const [pass] = passesOf(program, '2021-03-01 JNCIS-ENT')
  const unknown = {
    ...eventsOf([pass!, { ...pass!, exam: 'none', passedOn: '2022-02-01' }]),
    completions: [{ id: 1, course: 'none', completedOn: '2022-02-02', submittedOn: '2022-02-05' }],
    approvals: [{ id: 1, approval: 'none', approvedOn: '2022-02-03' }],
  }

  expect(termsOf(evaluate(program, unknown, LATER).awards)).toEqual([])
})

test('an award that was revoked earns nothing anew by having been held', () => {
  const byHaving = sampleProgram((draft) => {
    const design: Record<string, unknown> = draftOfCertification(draft, 'JNCIA-Design')
    delete design.exam
    design.requires = { certification: 'JNCIA-Cloud', held: 'ever' }
  })
  const passes = passesOf(byHaving, '2020-01-06 JNCIA-Cloud', '2024-01-08 JNCIA-Cloud')
  const revoked = actOn('2024-01-08', { kind: 'revoke', certification: 'JNCIA-Cloud', on: '2024-01-08' })
  const designs = (acts: AwardAct[]) =>
    termsOf(evaluate(byHaving, { ...eventsOf(passes), acts }, LATER).awards).filter((term) =>
      term.startsWith('JNCIA-Design'),
    )

  expect(designs([])).toEqual(['JNCIA-Design 2020-01-06 2023-01-06', 'JNCIA-Design 2024-01-08 2027-01-08'])
  expect(designs([revoked])).toEqual(['JNCIA-Design 2020-01-06 2023-01-06'])
})

test('a renewal is carried on from the lowest, be that still in the program or not', () => {
  const sameLevel = ({ renewal }: Draft) => {
    renewal.rules = renewal.rules.filter(({ id }) => id === 'specialist-same-level')
  }
  const first = sampleProgram(sameLevel)
  const second = sampleProgram((draft) => {
    sameLevel(draft)
    draft.certifications = draft.certifications.filter(({ code }) => code !== 'JNCIS-MistAI-Wireless')
    draftOfCertification(draft, 'JNCIP-MistAI').prerequisites = [['JNCIS-MistAI-Wired']]
  })
  const rules = [
    { effectiveOn: null, program: first },
    { effectiveOn: '2022-01-01', program: second },
  ]
  const ladder = [
    '2020-01-06 JNCIA-MistAI',
    '2020-01-07 JNCIS-MistAI-Wireless',
    '2020-01-08 JNCIS-MistAI-Wired',
  ]
  const awards = awardsOf(rules, passesOf(first, ...ladder, '2022-02-01 JNCIS-MistAI-Wireless'))

  expect(awards.map(({ renewals }) => renewals.at(-1)?.cascadeFrom)).toEqual([
    'JNCIS-MistAI-Wired',
    null,
    null,
  ])
})

test('dated by its exam, an award begins when the one before, extended meanwhile, has ended', () => {
  const datedByExam = sampleProgram(({ settings }) => {
    settings.awardedOn = 'exam'
  })
  const passes = passesOf(
    datedByExam,
    '2018-01-08 JNCIA-SEC',
    '2018-01-08 JNCIS-SEC',
    '2021-02-01 JNCIS-SEC',
    '2021-08-02 JNCIA-SEC',
  )
  const extended = actOn('2018-01-08', {
    kind: 'extend',
    certification: 'JNCIS-SEC',
    on: '2021-03-01',
    toExpiresOn: '2021-06-30',
  })

  expect(termsOf(evaluate(datedByExam, { ...eventsOf(passes), acts: [extended] }, LATER).awards)).toEqual([
    'JNCIA-SEC 2018-01-08 2021-01-08',
    'JNCIS-SEC 2018-01-08 2021-06-30',
    'JNCIS-SEC 2021-07-01 2024-07-01',
    'JNCIA-SEC 2021-08-02 2024-08-02',
  ])
})

test.each(['first', 'last'])('an alternative that is new counts, be it named %s', (place) => {
  const either = sampleProgram((draft) => {
    const design: Record<string, unknown> = draftOfCertification(draft, 'JNCIA-Design')
    delete design.exam
    const alternatives = [{ exam: 'JNCIA-DevOps' }, { certification: 'JNCIA-SEC' }]
    design.requires = { any: place === 'first' ? alternatives : alternatives.toReversed() }
    draftOfCertification(draft, 'JNCIA-Design').validityMonths = 12
    draft.renewal.rules = []
  })
  const passes = passesOf(either, '2020-01-06 JNCIA-SEC', '2022-03-07 JNCIA-DevOps')

  expect(termsOf(awardsOf(either, passes)).filter((term) => term.startsWith('JNCIA-Design'))).toEqual([
    'JNCIA-Design 2020-01-06 2021-01-06',
    'JNCIA-Design 2022-03-07 2023-03-07',
  ])
})
