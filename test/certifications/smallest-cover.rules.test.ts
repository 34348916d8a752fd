import fc from 'fast-check'
import { expect, test } from 'vitest'
import { smallestCover } from '../../src/certifications/smallest-cover.ts'

const CODES = ['A', 'B', 'C', 'D', 'E']

test('no fewer cover it, and what is chosen does', () => {
  const candidate = fc.subarray(CODES, { minLength: 1 }).map((kept) => ({ kept }))
  fc.assert(
    fc.property(fc.array(candidate, { maxLength: 9 }), (candidates) => {
      const codes = CODES.filter((code) => candidates.some(({ kept }) => kept.includes(code)))
      const chosen = smallestCover(candidates, codes)

      expect(isCover(chosen, codes)).toBe(true)
      expect(chosen.length).toBe(
        Math.min(
          ...selections(candidates)
            .filter((some) => isCover(some, codes))
            .map((some) => some.length),
        ),
      )
    }),
    { seed: 20261129 },
  )
})

test('of equals the first is taken', () => {
  const candidates = [{ kept: ['A', 'B'] }, { kept: ['B', 'A'] }, { kept: ['A'] }]

  expect(smallestCover(candidates, ['A', 'B'])).toEqual([candidates[0]])
  expect(smallestCover(candidates, [])).toEqual([])
})

function isCover(some: readonly { kept: string[] }[], codes: readonly string[]): boolean {
  return codes.every((code) => some.some(({ kept }) => kept.includes(code)))
}

function selections<One>(all: readonly One[]): One[][] {
  const [first, ...rest] = all
  return first === undefined ? [[]] : selections(rest).flatMap((some) => [some, [first, ...some]])
}
