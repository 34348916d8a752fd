import { expect, test } from 'vitest'
import { printedName } from '../../src/import/printed-name.ts'

const name = (first: string, last: string, country: string | null = null, middle = '', suffix = '') =>
  printedName({ first, middle, last, suffix }, country)

test.each([
  ['Chinese', '丽娟', '龚', 'CN', '龚丽娟'],
  ['Japanese in kanji', '翔太', '佐々木', 'JP', '佐々木 翔太'],
  ['Japanese with kana', 'さくら', '高橋', null, '高橋 さくら'],
  ['Korean', '민준', '최', 'KR', '최민준'],
  ['Polish', 'Zofia', 'Łączyńska', 'PL', 'Zofia Łączyńska'],
  ['Arabic', 'يوسف', 'كرم', 'EG', 'يوسف كرم'],
  ['Chinese in Latin', 'Lijuan', 'Gong', 'CN', 'Lijuan Gong'],
  ['two scripts', 'Grace', '龚', 'CN', 'Grace 龚'],
])('%s', (_, first, last, country, printed) => {
  expect(name(first, last, country)).toBe(printed)
})

test('a single name, a middle name and a suffix keep their places', () => {
  expect(name('Sukarno', '')).toBe('Sukarno')
  expect(name('', '龚')).toBe('龚')
  expect(name('Ada', 'Byron', null, 'King', 'PhD')).toBe('Ada King Byron PhD')
  expect(name('', '')).toBe(null)
})
