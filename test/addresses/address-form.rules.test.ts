import { describe, expect, test } from 'vitest'
import { readAddress } from '../../src/addresses/address-form.ts'
import { maskedId, type OwnAddress, whyKept } from '../../src/addresses/address-state.ts'

describe('an address', () => {
  test.each([
    [' Ada@Example.org ', 'Ada@Example.org', 'ada@example.org'],
    [
      'o’brien+exams@mail.example.co.uk',
      'o’brien+exams@mail.example.co.uk',
      'o’brien+exams@mail.example.co.uk',
    ],
    ['jose\u0301@bücher.example', 'josé@bücher.example', 'josé@bücher.example'],
    ['佐藤@例え.jp', '佐藤@例え.jp', '佐藤@例え.jp'],
  ])('%s is one', (typed, address, normalized) => {
    expect(readAddress(typed)).toEqual({ address, normalized })
  })

  test.each([
    '',
    'ada',
    'ada@example',
    'ada@@example.org',
    'ada@example..org',
    '.ada@example.org',
    'ada.@example.org',
    'ada b@example.org',
    'ada@example.org\r\nBcc: eve@example.org',
    'ada@example.org,eve@example.org',
    '"Ada" <ada@example.org>',
    'a\u200Bda@example.org',
    'ada\u202E@example.org',
    '\u0430da@example.org',
    `${'a'.repeat(65)}@example.org`,
    `ada@${'a'.repeat(250)}.org`,
    'ada@[127.0.0.1]',
  ])('%j is none', (typed) => {
    expect(readAddress(typed)).toBeNull()
  })
})

describe('why an address cannot be removed', () => {
  const of = (address: string, given: Partial<OwnAddress> = {}): OwnAddress => ({
    address,
    normalized: address,
    isPrimary: false,
    verifiedAt: new Date(0),
    source: 'candidate',
    addedAt: null,
    undoUntil: null,
    ...given,
  })
  const primary = of('primary@example.org', { isPrimary: true })
  const second = of('second@example.org')
  const until = new Date('2026-12-01T00:00:00Z')

  test('the primary one stays', () => {
    expect(whyKept(primary, [primary, second])).toEqual({ reason: 'primary' })
  })

  test('one that can undo a change stays until then', () => {
    const old = of('old@example.org', { undoUntil: until })
    expect(whyKept(old, [primary, old])).toEqual({ reason: 'undo', until })
  })

  test('the only proved one stays, even beside a primary one that nobody proved', () => {
    const unproved = { ...primary, verifiedAt: null }
    expect(whyKept(second, [unproved, second])).toEqual({ reason: 'last' })
  })

  test('any other may go', () => {
    const waiting = of('waiting@example.org', { verifiedAt: null })
    expect(whyKept(second, [primary, second])).toBeNull()
    expect(whyKept(waiting, [primary, waiting])).toBeNull()
  })
})

test.each([
  ['JPR00001234', '••••••••234'],
  ['12', '•2'],
  ['1', '•'],
])('of the candidate ID %s only the end is shown', (id, masked) => {
  expect(maskedId(id)).toBe(masked)
})
