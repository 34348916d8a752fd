import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { isPostalCodeOf } from '../../src/profile/address-rules.ts'
import { readTimeZone } from '../../src/profile/choices.ts'
import { formatPhone, readPhone } from '../../src/profile/phone.ts'
import { profileForm } from '../../src/profile/profile-form.ts'

const read = (fields: Record<string, unknown>) =>
  v.safeParse(profileForm(['en', 'de']), { locale: 'en', ...fields })

/** The fields that are refused, with the first reason of each. */
function refused(fields: Record<string, unknown>) {
  return Object.fromEntries(
    (read(fields).issues ?? []).map((issue) => [v.getDotPath(issue)!, issue.message]).reverse(),
  )
}

test('everything may be left empty but the language', () => {
  expect(read({})).toMatchObject({
    success: true,
    output: { city: null, phone: null, timeZone: null, locale: 'en' },
  })
  expect(refused({ locale: '' })).toEqual({ locale: 'profile.language.refused' })
  expect(refused({ locale: 'xx' })).toEqual({ locale: 'profile.language.refused' })
})

test('texts are tidied and kept in any script', () => {
  const form = read({
    addressLine1: '  ul.  Długa  7 ',
    city: 'Krako\u0301w',
    company: 'ネットワーク株式会社',
    country: 'PL',
    postalCode: '31-147',
    phone: '12 345 67 89',
    timeZone: 'Asia/Kolkata',
  })

  expect(form.output).toMatchObject({
    addressLine1: 'ul. Długa 7',
    city: 'Kraków',
    company: 'ネットワーク株式会社',
    phone: '+48123456789',
    timeZone: readTimeZone('Asia/Calcutta'),
  })
})

test.each([
  ['a NUL', 'a\0b'],
  ['a line break', 'a\nb'],
  ['a paragraph separator', 'a\u2029b'],
  ['a direction override', 'a\u202Eb'],
  ['a direction isolate', 'a\u2066b'],
  ['half a character', 'a\uD800b'],
  ['too much text', 'x'.repeat(201)],
  ['a list', ['a', 'b']],
  ['a file', new File(['x'], 'x')],
])('%s is refused in every text', (_, value) => {
  const names = ['addressLine1', 'addressLine2', 'city', 'region', 'postalCode', 'phone', 'company']

  expect(Object.keys(refused(Object.fromEntries(names.map((name) => [name, value])))).sort()).toEqual(
    names.sort(),
  )
})

test('characters are counted as people count them', () => {
  expect(refused({ company: '🏢'.repeat(200) })).toEqual({})
  expect(refused({ company: '🏢'.repeat(201) })).toEqual({ company: 'profile.company.refused' })
})

test.each([
  [{ country: 'XX' }, { country: 'profile.country.refused' }],
  [{ country: 'pl' }, { country: 'profile.country.refused' }],
  [{ city: 'Kraków' }, { country: 'profile.country.missing' }],
  [{ country: 'US', city: 'Sunnyvale' }, { region: 'profile.region.missing' }],
  [{ country: 'CA' }, { region: 'profile.region.missing' }],
  [{ country: 'AU' }, { region: 'profile.region.missing' }],
  [{ country: 'US', region: 'California', postalCode: '94089' }, {}],
  [
    { country: 'US', region: 'California', postalCode: '9408' },
    { postalCode: 'profile.postal-code.foreign' },
  ],
  [{ country: 'IE', postalCode: 'D02 AF30' }, {}],
  [{ timeZone: 'Mars/Olympus' }, { timeZone: 'profile.time-zone.refused' }],
  [{ timeZone: '+01:00' }, { timeZone: 'profile.time-zone.refused' }],
])('%j is answered with %j', (fields, errors) => {
  expect(refused(fields)).toEqual(errors)
})

test('several faults are told at once', () => {
  expect(refused({ country: 'US', postalCode: 'ABC', phone: '12', company: 'a\0b' })).toEqual({
    region: 'profile.region.missing',
    postalCode: 'profile.postal-code.foreign',
    phone: 'profile.phone.refused',
    company: 'profile.company.refused',
  })
})

describe('postal codes', () => {
  test.each([
    ['US', '94089-1234'],
    ['CA', 'K1A 0B1'],
    ['GB', 'SW1A 1AA'],
    ['GB', 'M1 1AE'],
    ['NL', '1012 AB'],
    ['DE', '10115'],
    ['JP', '100-0001'],
    ['BR', '01310-100'],
    ['IN', '560001'],
    ['PL', '31-147'],
    ['PT', '1100-148'],
    ['SE', '111 22'],
    ['CH', '8001'],
    ['VN', '10000'],
    ['KZ', 'Z05T3D0'],
    ['AE', 'anything'],
  ])('of %s may be %s', (country, code) => {
    expect(isPostalCodeOf(country, code)).toBe(true)
  })

  test.each([
    ['US', 'K1A 0B1'],
    ['CA', 'D1A 0B1'],
    ['GB', '12345'],
    ['NL', '0123 AB'],
    ['DE', '1011'],
    ['JP', '1000'],
    ['PL', '31147'],
  ])('of %s are never %s', (country, code) => {
    expect(isPostalCodeOf(country, code)).toBe(false)
  })
})

describe('phone numbers', () => {
  test.each([
    ['(408) 555-0123', 'US', '+14085550123'],
    ['+48 12 345 67 89', 'US', '+48123456789'],
    ['030 123456', 'DE', '+4930123456'],
    ['+91 98765 43210', null, '+919876543210'],
  ])('%s in %s is kept as %s', (typed, country, kept) => {
    expect(readPhone(typed, country)).toBe(kept)
  })

  test.each([
    ['12', 'PL'],
    ['030 123456', null],
    ['+1 555', 'US'],
    ['+999 12345678', null],
    ['call me on +48 12 345 67 89', 'PL'],
    ['+1 408 555 0123 ext. 5', 'US'],
    ['abc', 'US'],
  ])('%s in %s is none', (typed, country) => {
    expect(readPhone(typed, country)).toBeNull()
  })

  test('are shown as people write them, and what is none as it is', () => {
    expect(formatPhone('+48123456789')).toBe('+48 12 345 67 89')
    expect(formatPhone('+0')).toBe('+0')
  })
})
