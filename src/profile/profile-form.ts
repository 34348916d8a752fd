import * as v from 'valibot'
import { isPostalCodeOf, needsRegion } from './address-rules.ts'
import { isCountry, readTimeZone } from './choices.ts'
import { readPhone } from './phone.ts'

export const LIMITS = {
  addressLine1: 120,
  addressLine2: 120,
  city: 100,
  region: 100,
  postalCode: 20,
  phone: 40,
  company: 200,
} as const

// Controls, line and paragraph separators, and what turns the reading direction of the words that follow it.
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u

/** One line of text about oneself, tidied; null when left empty. `refusal` says the limit. */
function line(limit: number, refusal: string) {
  return v.pipe(
    v.optional(v.string(refusal), ''),
    v.transform((text) => text.normalize('NFC').trim().replace(/ {2,}/g, ' ')),
    v.check((text) => !UNPRINTABLE.test(text) && text.isWellFormed(), refusal),
    v.check((text) => [...text].length <= limit, refusal),
    v.transform((text) => (text === '' ? null : text)),
  )
}

/** One of a list's values, or null where nothing is chosen. */
function choice(isListed: (value: string) => boolean, refusal: string) {
  return v.pipe(
    v.optional(v.string(refusal), ''),
    v.check((value) => value === '' || isListed(value), refusal),
    v.transform((value) => (value === '' ? null : value)),
  )
}

const Fields = {
  addressLine1: line(LIMITS.addressLine1, 'profile.address1.refused'),
  addressLine2: line(LIMITS.addressLine2, 'profile.address2.refused'),
  city: line(LIMITS.city, 'profile.city.refused'),
  region: line(LIMITS.region, 'profile.region.refused'),
  postalCode: v.pipe(
    line(LIMITS.postalCode, 'profile.postal-code.refused'),
    v.transform((code) => code?.toUpperCase() ?? null),
  ),
  country: choice(isCountry, 'profile.country.refused'),
  phone: line(LIMITS.phone, 'profile.phone.refused'),
  company: line(LIMITS.company, 'profile.company.refused'),
  timeZone: v.pipe(
    choice((name) => readTimeZone(name) !== null, 'profile.time-zone.refused'),
    v.transform((name) => name && readTimeZone(name)),
  ),
}

/** What candidates may say about themselves; whether it fits depends on the country. */
export function profileForm(languages: readonly string[]) {
  return v.pipe(
    v.object({
      ...Fields,
      locale: v.pipe(
        v.optional(v.string('profile.language.refused'), ''),
        v.check((tag) => languages.includes(tag), 'profile.language.refused'),
      ),
    }),
    v.forward(
      v.partialCheck(
        [['country'], ['addressLine1'], ['addressLine2'], ['city'], ['region'], ['postalCode']],
        // The check is handed the whole form, whatever it asked for.
        ({ country, addressLine1, addressLine2, city, region, postalCode }) =>
          country !== null || (addressLine1 ?? addressLine2 ?? city ?? region ?? postalCode) === null,
        'profile.country.missing',
      ),
      ['country'],
    ),
    v.forward(
      v.partialCheck(
        [['country'], ['region']],
        ({ country, region }) => country === null || region !== null || !needsRegion(country),
        'profile.region.missing',
      ),
      ['region'],
    ),
    v.forward(
      v.partialCheck(
        [['country'], ['postalCode']],
        ({ country, postalCode }) =>
          country === null || postalCode === null || isPostalCodeOf(country, postalCode),
        'profile.postal-code.foreign',
      ),
      ['postalCode'],
    ),
    v.forward(
      v.partialCheck(
        [['country'], ['phone']],
        ({ country, phone }) => phone === null || readPhone(phone, country) !== null,
        'profile.phone.refused',
      ),
      ['phone'],
    ),
    v.transform((form) => ({ ...form, phone: form.phone && readPhone(form.phone, form.country) })),
  )
}

export type ProfileForm = v.InferOutput<ReturnType<typeof profileForm>>
