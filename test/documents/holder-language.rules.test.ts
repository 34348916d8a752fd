import { expect, test } from 'vitest'
import { holderLanguage } from '../../src/documents/holder-language.ts'

test.each([
  ['CN', 'zh-Hans'],
  ['SG', 'zh-Hans'],
  ['TW', 'zh-Hant'],
  ['HK', 'zh-Hant'],
  ['MO', 'zh-Hant'],
  ['JP', 'ja'],
  ['KR', 'ko'],
  ['PL', undefined],
  [null, undefined],
])('a name from %s is drawn as in %s', (country, language) => {
  expect(holderLanguage(country)).toBe(language)
})
