import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldName, nameWords, typedWords } from '../../src/console/name-words.ts'

/** As the search compares: every typed word begins a word of the names. */
function finds(typed: string, ...names: string[]): boolean {
  const words = nameWords(names)
  const asked = typedWords(typed)
  return asked.length > 0 && asked.every((word) => words.some((known) => known.startsWith(word)))
}

describe('a name is found by', () => {
  test.each([
    ['Łukasz Żółw', 'lukasz zolw'],
    ['Łukasz Żółw', 'ZOLW'],
    ['Søren Þórðarson', 'soren thordarson'],
    ['Đorđe Æsir', 'dorde aesir'],
    ['Groß', 'gross'],
    ['GROẞ', 'groß'],
    ['İpek Işık', 'ipek isik'],
    ['İpek Işık', 'IPEK'],
    ['Ólafur', 'olaf'],
    ['O’Brien', "o'brien"],
    ["O'Brien", 'obrien'],
    ["O'Brien", 'brien'],
    ['Jean-Luc Al‑Rashid', 'jean luc'],
    ['Jean-Luc Al‑Rashid', 'jeanluc'],
    ['Jean-Luc Al‑Rashid', 'rashid'],
    ['Ελένη Παπαδοπούλου', 'ελενη παπαδοπουλου'],
    ['Οδυσσεύς', 'οδυσσευσ'],
    ['Семён Йорданов', 'семен иорданов'],
    ['أحمد بن مُحَمَّد', 'احمد محمد'],
    ['علی کریمی', 'علي كريمي'],
    ['محمـــد', 'محمد'],
    ['שָׁלוֹם', 'שלום'],
    ['王小明', '小明'],
    ['王小明', '王'],
    ['山田 太郎', '山田太郎'],
    ['山田太郎', '太郎 山田'],
    ['김철수', '철수'],
    ['ﾔﾏﾀﾞ', 'ヤマダ'],
    ['सीता', 'सीता'],
    ['Nguyễn Thị Ánh', 'nguyen anh'],
    ['Ａｄａ', 'ada'],
  ])('%s: %s', (name, typed) => {
    expect(finds(typed, name)).toBe(true)
  })

  test.each([
    ['Ada Byron', 'yron'],
    ['Ada Byron', 'ada lovelace'],
    ['が', 'か'],
    ['सीता', 'सता'],
  ])('%s: not %s', (name, typed) => {
    expect(finds(typed, name)).toBe(false)
  })
})

test('both names of a candidate are found, even by one word of each', () => {
  expect(finds('wang 小明', 'Wang Xiaoming', '王小明')).toBe(true)
})

test('nothing but signs is no word', () => {
  expect(typedWords(' -- ’ · ')).toEqual([])
  expect(nameWords(['', ' . '])).toEqual([])
})

test('the longest typed word comes first, and there are never many', () => {
  expect(typedWords('de la Cruz')).toEqual(['cruz', 'de', 'la'])
  expect(typedWords('a b c d e f g h')).toHaveLength(6)
})

test('no name makes many or long words', () => {
  expect(nameWords(['王'.repeat(300)]).length).toBeLessThanOrEqual(60)
  expect(Math.max(...nameWords(['x'.repeat(300)]).map((word) => word.length))).toBe(40)
  expect(finds('x'.repeat(300), 'x'.repeat(300))).toBe(true)
})

test('folding what is folded changes nothing, and every name finds itself', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (text) => {
      expect(foldName(foldName(text))).toBe(foldName(text))
      const words = typedWords(text)
      if (words.length > 0) expect(finds(text, text)).toBe(true)
    }),
    { seed: 20261123, numRuns: 2000 },
  )
})
