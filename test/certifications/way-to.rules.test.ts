import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evaluate } from '../../src/certifications/evaluate.ts'
import { withSteps } from '../../src/certifications/planned-step.ts'
import { wayTo } from '../../src/certifications/way-to.ts'
import { draftOfCertification, sampleProgram } from '../program/sample-program.ts'
import { eventsOf, passesOf } from './histories.ts'

const program = sampleProgram()
const TODAY = '2026-11-26'
const way = (goal: string, ...lines: string[]) =>
  wayTo(program, eventsOf(passesOf(program, ...lines)), goal, TODAY)
const examsOf = (found: ReturnType<typeof wayTo>) =>
  found?.steps.map((step) => ('exam' in step ? step.exam : null))
const examsTo = (goal: string, ...lines: string[]) => examsOf(way(goal, ...lines))

test('everything on the way, what is needed first coming first', () => {
  expect(examsTo('JNCIE-ENT')).toEqual(['JNCIA-Junos', 'JNCIS-ENT', 'JNCIP-ENT', 'JNCIE-ENT'])
  expect(way('JNCIE-ENT')?.isCertain).toBe(true)
})

test('what is held and what already waits is left out; what has expired is not', () => {
  expect(examsTo('JNCIP-ENT', '2026-05-04 JNCIA-Junos', '2024-02-01 JNCIP-ENT')).toEqual(['JNCIS-ENT'])
  expect(examsTo('JNCIS-ENT', '2020-05-04 JNCIA-Junos')).toEqual(['JNCIA-Junos', 'JNCIS-ENT'])
})

test('of alternatives the one that needs least', () => {
  const held = ['2026-05-04 JNCIA-Junos', '2026-05-05 JNCIS-ENT']

  expect(examsTo('JNCIP-DC', ...held)).toEqual(['JNCIP-DC'])
  expect(examsTo('JNCIP-DC', '2026-05-04 JNCIA-Junos')).toEqual(['JNCIS-ENT', 'JNCIP-DC'])
})

test('one thing that two groups of alternatives ask for is done once', () => {
  const shared = sampleProgram((draft) => {
    draftOfCertification(draft, 'JNCIP-SEC').prerequisites = [
      ['JNCIA-SEC', 'JNCIA-DC'],
      ['JNCIA-DC', 'JNCIA-Cloud'],
    ]
  })

  const found = wayTo(shared, eventsOf([]), 'JNCIP-SEC', TODAY)

  expect(examsOf(found)).toEqual(['JNCIA-DC', 'JNCIP-SEC'])
  expect(found?.isCertain).toBe(true)
})

test('no exam that cannot be booked any more, though another way is longer or there is none', () => {
  const retired = (codes: string[]) =>
    sampleProgram((draft) => {
      for (const exam of draft.exams)
        if (codes.includes(exam.code)) Object.assign(exam.codes.at(-1)!, { until: '2026-06-30' })
    })
  const events = eventsOf(passesOf(program, '2026-05-04 JNCIA-DC'))

  expect(examsOf(wayTo(retired(['JNCIS-DC']), events, 'JNCIP-DC', TODAY))).toEqual([
    'JNCIA-Junos',
    'JNCIS-ENT',
    'JNCIP-DC',
  ])
  expect(wayTo(retired(['JNCIP-DC']), events, 'JNCIP-DC', TODAY)).toMatchObject({
    isHeld: false,
    isCertain: false,
    steps: [],
  })
})

test('each step is told from when it can be done', () => {
  const failed = ['2026-11-01', '2026-11-25'].map((satOn) => ({ exam: 'JNCIS-ENT', satOn, isPass: false }))

  expect(wayTo(program, eventsOf([]), 'JNCIS-ENT', TODAY, failed)).toMatchObject({
    isCertain: true,
    steps: [
      { exam: 'JNCIA-Junos', from: TODAY },
      { exam: 'JNCIS-ENT', from: '2026-12-10' },
    ],
  })
})

test('what is held already, and what the program does not have', () => {
  expect(way('JNCIA-Junos', '2026-05-04 JNCIA-Junos')).toMatchObject({ isHeld: true, steps: [] })
  expect(way('NOPE')).toBeNull()
})

test('an approval is a step that no exam makes certain', () => {
  const withBoard = sampleProgram((draft) => {
    Object.assign(draft, { approvals: [{ code: 'board', name: 'The board' }] })
    Object.assign(draft.certifications[0]!, { requires: { approval: 'board' } })
  })
  const found = wayTo(withBoard, eventsOf([]), 'JNCIA-Junos', TODAY)

  expect(found?.steps).toMatchObject([
    { exam: 'JNCIA-Junos', for: 'JNCIA-Junos' },
    { approval: 'board', for: 'JNCIA-Junos' },
  ])
  expect(found?.isCertain).toBe(false)
})

test('no fewer exams would do', { timeout: 60_000 }, () => {
  const low = ['JNCIA-Junos', 'JNCIA-SEC', 'JNCIA-DC', 'JNCIA-Cloud', 'JNCIS-SEC', 'JNCIS-DC']
  const group = fc.subarray(low, { minLength: 1, maxLength: 3 })
  const history = fc.array(
    fc.record({
      exam: fc.constantFrom(...low, 'JNCIP-SEC'),
      passedOn: fc.constantFrom('2020-03-01', '2023-11-20', '2024-05-01', '2026-05-04'),
    }),
    { maxLength: 4 },
  )
  fc.assert(
    fc.property(fc.array(group, { minLength: 1, maxLength: 3 }), history, (prerequisites, sat) => {
      const rules = sampleProgram((draft) => {
        draftOfCertification(draft, 'JNCIP-SEC').prerequisites = prerequisites
      })
      const events = eventsOf(sat.map((pass, index) => ({ ...pass, resultId: index + 1, seriesCode: 'any' })))
      const found = wayTo(rules, events, 'JNCIP-SEC', TODAY)!
      const reaches = (exams: readonly string[]) =>
        evaluate(
          rules,
          withSteps(
            events,
            exams.map((exam) => ({ exam, on: TODAY })),
          ),
          TODAY,
        ).awards.some(({ certification, expiresOn }) => certification === 'JNCIP-SEC' && expiresOn! >= TODAY)
      const sets = selections([...low, 'JNCIP-SEC'])

      expect(found.isHeld || found.isCertain).toBe(true)
      expect(found.steps.length).toBe(Math.min(...sets.filter(reaches).map((some) => some.length)))
    }),
    { seed: 20261130, numRuns: 30 },
  )
})

function selections<One>(all: readonly One[]): One[][] {
  const [first, ...rest] = all
  return first === undefined ? [[]] : selections(rest).flatMap((some) => [some, [first, ...some]])
}
