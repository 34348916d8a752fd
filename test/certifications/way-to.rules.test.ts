import { expect, test } from 'vitest'
import { wayTo } from '../../src/certifications/way-to.ts'
import { sampleProgram } from '../program/sample-program.ts'
import { eventsOf, passesOf } from './histories.ts'

const program = sampleProgram()
const TODAY = '2026-11-26'
const way = (goal: string, ...lines: string[]) =>
  wayTo(program, eventsOf(passesOf(program, ...lines)), goal, TODAY)
const examsTo = (goal: string, ...lines: string[]) => way(goal, ...lines)?.steps.map(({ exam }) => exam)

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

  expect(found?.steps).toEqual([
    { exam: 'JNCIA-Junos', for: 'JNCIA-Junos' },
    { approval: 'board', for: 'JNCIA-Junos' },
  ])
  expect(found?.isCertain).toBe(false)
})
