import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Requirement } from '../../src/program/program-document.ts'
import { fulfilment } from '../../src/program/requirement.ts'

type Age = 'new' | 'old'

const anyRequirement = fc.letrec<{ tree: Requirement }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    fc.record({ exam: fc.constantFrom('A', 'B', 'C', 'D') }),
    fc.record({ all: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
  ),
})).tree
const anyAges = fc.dictionary(
  fc.constantFrom('A', 'B', 'C', 'D'),
  fc.constantFrom<Age | null>('new', 'old', null),
)

function met(requirement: Requirement, ages: Record<string, Age | null>): Age[] | null {
  return fulfilment<Age>(
    requirement,
    ({ exam }) => ages[exam!] ?? null,
    (age) => age === 'new',
  )
}

function turnedRound({ all, any, ...one }: Requirement): Requirement {
  if (any) return { any: any.map(turnedRound).reverse() }
  return all ? { all: all.map(turnedRound) } : one
}

test('of alternatives the first that is met by something new counts, else the first that is met', () => {
  const requirement = { any: [{ exam: 'A' }, { exam: 'B' }, { exam: 'C' }] }

  expect(met(requirement, { A: 'old', B: 'new', C: 'new' })).toEqual(['new'])
  expect(met(requirement, { B: 'old', C: 'old' })).toEqual(['old'])
  expect(met(requirement, {})).toBeNull()
})

test('the order of alternatives decides neither whether something is met nor whether something new meets it', () => {
  fc.assert(
    fc.property(anyRequirement, anyAges, (requirement, ages) => {
      const one = met(requirement, ages)
      const other = met(turnedRound(requirement), ages)

      expect(other === null).toBe(one === null)
      expect(other?.includes('new')).toBe(one?.includes('new'))
    }),
  )
})
