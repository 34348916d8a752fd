import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readAfter, readSearch, writeAfter } from '../../src/console/candidate-search.ts'
import type { Program } from '../../src/program/program.ts'

const program = { certifications: [{ code: 'JNCIA-Junos' }] } as Pick<Program, 'certifications'>
const read = (typed: string) => readSearch(typed, program)

test('an address is looked up whole and by its beginning, and as nothing else', () => {
  expect(read(' Ada@Example.ORG ')).toEqual({
    kind: 'address',
    ids: [],
    email: 'ada@example.org',
    awardNumbers: [],
    verificationCode: null,
    registrationId: null,
    lists: [{ of: 'addresses', beginning: 'ada@example.org', butIds: [], butWords: [] }],
  })
})

test('what has digits may be an ID, a number, a code or the beginning of an address', () => {
  expect(read('jpr 0001')).toMatchObject({
    kind: 'number',
    ids: ['jpr0001', 'JPR0001'],
    registrationId: 'jpr0001',
    lists: [{ of: 'ids', beginnings: ['jpr0001', 'JPR0001'] }],
  })
  expect(read('ada7')!.lists.map(({ of }) => of)).toEqual(['ids', 'addresses'])
  expect(read('7k3m-9q2r-xw4o-5tbn')!.verificationCode).toBe('7K3M9Q2RXW405TBN')
})

test.each(['JNCIA-Junos-1234-5678-9012', 'jncia-junos-123456789012', 'JNCIA-JUNOS 1234 5678 9012'])(
  'the number of a certification may be typed as %s',
  (typed) => {
    expect(read(typed)!.awardNumbers).toContain('JNCIA-Junos-1234-5678-9012')
  },
)

test('words are names, and one of them may begin an address', () => {
  expect(read('Łucja Żółw')!.lists).toEqual([{ of: 'names', words: ['lucja', 'zolw'] }])
  expect(read('lucja')!.lists.map(({ of }) => of)).toEqual(['names', 'addresses'])
  expect(read('lu')!.lists.map(({ of }) => of)).toEqual(['names'])
  expect(read('王')!).toMatchObject({ kind: 'name', lists: [{ of: 'names', words: ['王'] }] })
})

test('what was copied with marks that have no shape is read without them', () => {
  expect(read('\u200BJPR0001\uFEFF')!.ids).toContain('JPR0001')
})

test.each(['', '  \t ', '\u200B', '\u202Eabc', 'x'.repeat(321)])('%j is not searched for', (typed) => {
  expect(read(typed)).toBeNull()
})

describe('the place where a page ended', () => {
  test('comes back as it was written', () => {
    expect(readAfter(writeAfter(['names', 'żółw 王', 'A/B']))).toEqual(['names', 'żółw 王', 'A/B'])
  })

  test('is the first page for every other text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(readAfter(text)).toBeNull()
      }),
      { seed: 20261123, numRuns: 1000 },
    )
    expect(readAfter(undefined)).toBeNull()
    expect(readAfter('x'.repeat(5000))).toBeNull()
  })
})

test('no text is too strange to be read', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const search = read(text)
      if (search) expect(JSON.stringify(search)).not.toMatch(/\\u0000|\\ud/)
    }),
    { seed: 20261123, numRuns: 2000 },
  )
})
