import { describe, expect, test } from 'vitest'
import { printedVerificationCode, readVerificationCode } from '../../src/verification/verification-code.ts'

const CODE = '7K3M9Q2RXW401TBN'

describe('readVerificationCode', () => {
  test.each([
    ['as printed', '7K3M-9Q2R-XW40-1TBN'],
    ['in small letters', '7k3m9q2rxw401tbn'],
    ['with spaces around and within', ' 7K3M 9Q2R\u00A0XW40\t1TBN\n'],
    ['with the letter O for zero', '7K3M9Q2RXW4O1TBN'],
    ['with I or L for one', '7K3M9Q2RXW40lTBN'],
    ['with long dashes and soft hyphens', '7K3M–9Q2R\u00ADXW40\u20101TBN'],
    ['in full-width letters', '７Ｋ３Ｍ９Ｑ２ＲＸＷ４０１ＴＢＮ'],
  ])('reads a code %s', (_, typed) => {
    expect(readVerificationCode(typed)).toBe(CODE)
  })

  test.each([
    ['nothing', ''],
    ['too few', CODE.slice(1)],
    ['too many', `${CODE}0`],
    ['a letter that no code has', CODE.replace('K', 'U')],
    ['a sign', CODE.replace('K', '%')],
    ['a very long text', ' '.repeat(10_000) + CODE],
  ])('takes %s for no code', (_, typed) => {
    expect(readVerificationCode(typed)).toBe(null)
  })

  test('reads back what is printed', () => {
    expect(printedVerificationCode(CODE)).toBe('7K3M-9Q2R-XW40-1TBN')
    expect(readVerificationCode(printedVerificationCode(CODE))).toBe(CODE)
  })
})
