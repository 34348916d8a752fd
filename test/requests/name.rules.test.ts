import { describe, expect, test } from 'vitest'
import { approvalOf, isSimpleFix } from '../../src/requests/decision.ts'
import { nameOf, partsOf } from '../../src/requests/name.ts'
import { markedWords } from '../../src/requests/name-difference.ts'
import { isTypoFix } from '../../src/requests/typo-fix.ts'

const named = (givenName: string, familyName: string, suffix = '') =>
  nameOf({ givenName, familyName, suffix }, null, null)

describe('a typo fix', () => {
  test.each([
    ['a wrong letter', named('Ada', 'Byran'), named('Ada', 'Byron')],
    ['a missing letter', named('Ada', 'Byon'), named('Ada', 'Byron')],
    ['a letter too many', named('Ada', 'Byrron'), named('Ada', 'Byron')],
    ['a letter too many at the end', named('Ada', 'Byronn'), named('Ada', 'Byron')],
    ['two letters swapped', named('Ada', 'Bryon'), named('Ada', 'Byron')],
    ['two letters swapped at the end', named('Ada', 'Byrno'), named('Ada', 'Byron')],
    ['case', named('ADA', 'BYRON'), named('Ada', 'Byron')],
    ['accents', named('Jose', 'Garcia Munoz'), named('José', 'García Muñoz')],
    ['a letter that accents do not make', named('Lukasz', 'Nowak'), named('Łukasz', 'Nowak')],
    ['an accent of a short name', named('Li', 'Zeta'), named('Lì', 'Zeta')],
    ['a letter and the case of the other part', named('ada', 'Byran'), named('Ada', 'Byron')],
    ['a hyphen for a space', named('Anne Marie', 'Byron'), named('Anne-Marie', 'Byron')],
    ['a letter of another script', named('Мария', 'Иванава'), named('Мария', 'Иванова')],
    ['a suffix in another case', named('Ada', 'Byron', 'JR'), named('Ada', 'Byron', 'Jr')],
  ])('%s', (_, from, to) => {
    expect(isTypoFix(from, to)).toBe(true)
    expect(isTypoFix(to, from)).toBe(true)
  })

  test.each([
    ['nothing', named('Ada', 'Byron'), named('Ada', 'Byron')],
    ['two letters', named('Ada', 'Byron'), named('Ada', 'Bacon')],
    ['a letter in each part', named('Ada', 'Byron'), named('Ida', 'Byran')],
    ['another family name', named('Ada', 'Byron'), named('Ada', 'King')],
    ['the parts swapped', named('Ada', 'Byron'), named('Byron', 'Ada')],
    ['letters swapped that do not touch', named('Ada', 'Byron'), named('Ada', 'nyroB')],
    ['a whole name of two letters', named('Ada', 'Li'), named('Ada', 'Lu')],
    ['a whole name of one letter', named('O', 'Byron'), named('A', 'Byron')],
    ['another family name in one sign', named('伟', '王'), named('伟', '李')],
    ['another given name in Han', named('小明明', '王'), named('小明朋', '王')],
    ['another given name in Hangul', named('민수현', '김'), named('민서현', '김')],
    ['a suffix', named('Ada', 'Byron'), named('Ada', 'Byron', 'Jr')],
    ['a name left out', named('Ada', 'Byron'), named('Ada', '')],
  ])('is not one: %s', (_, from, to) => {
    expect(isTypoFix(from, to)).toBe(false)
    expect(isTypoFix(to, from)).toBe(false)
  })

  test('is simple once: by small steps a name could become any other', () => {
    const from = named('Ada', 'Byran')

    expect(isSimpleFix({ ...from, nameDecidedAt: null }, named('Ada', 'Byron'))).toBe(true)
    expect(isSimpleFix({ ...from, nameDecidedAt: new Date(0) }, named('Ada', 'Byron'))).toBe(false)
  })
})

test('what an approval asks of a reviewer', () => {
  const record = { ...named('Ada', 'Byran'), nameDecidedAt: null }
  const rename = (to: ReturnType<typeof named>) =>
    ({ kind: 'name_change', details: { from: record, to, reason: 'other', explanation: '' } }) as const
  const recovery = { kind: 'address_recovery', details: { recoveryId: 1 } } as const
  const merge = { kind: 'merge_conflict', details: { otherId: 'JPR2' } } as const

  expect(approvalOf(rename(named('Ada', 'Byron')), record, false)).toBe('click')
  expect(approvalOf(rename(named('Ada', 'King')), record, true)).toBe('document')
  expect(approvalOf(rename(named('Ada', 'King')), record, false)).toBe('impossible')
  expect(approvalOf(recovery, record, true)).toBe('document')
  expect(approvalOf(recovery, record, false)).toBe('impossible')
  expect(approvalOf(merge, record, false)).toBe('click')
})

test('names are printed as those from feeds are, and their suffix is found again', () => {
  const junior = nameOf({ givenName: 'Ada M', familyName: 'Byron', suffix: 'Jr' }, null, 'GB')

  expect(junior.fullName).toBe('Ada M Byron Jr')
  expect(partsOf(junior)).toEqual({ givenName: 'Ada M', familyName: 'Byron', suffix: 'Jr' })
  expect(nameOf({ givenName: '伟', familyName: '王', suffix: '' }, null, 'CN').fullName).toBe('王伟')
  expect(nameOf({ givenName: '太郎', familyName: '山田', suffix: '' }, null, 'JP').fullName).toBe('山田 太郎')
  expect(partsOf(nameOf({ givenName: '伟', familyName: '王', suffix: '' }, null, 'CN')).suffix).toBe('')
  expect(nameOf({ givenName: 'Sukarno', familyName: '', suffix: '' }, null, 'ID').fullName).toBe('Sukarno')
})

test.each([
  ['Ada Byron', 'Ada King', 'Ada [Byron]'],
  ['Ada King', 'Ada Byron', 'Ada [King]'],
  ['Ada Byron', 'Ada Byron', 'Ada Byron'],
  ['Ada Ada Byron', 'Ada Byron', 'Ada [Ada] Byron'],
  ['Byron Ada', 'Ada Byron', 'Byron [Ada]'],
  ['Ada', '', '[Ada]'],
  ['Ada Augusta Byron King', 'Augusta King', '[Ada] Augusta [Byron] King'],
])('marks what %s has and %s has not', (text, other, marked) => {
  const words = markedWords(text, other).map(({ word, differs }) => (differs ? `[${word}]` : word))

  expect(words.filter((word) => word.startsWith('['))).toHaveLength(marked.split('[').length - 1)
  expect(words.join(' ').replace(/[[\]]/g, '')).toBe(text)
})
