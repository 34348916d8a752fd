import * as v from 'valibot'
import { optionalLine, optionalPersonName } from '../core/plain-text.ts'
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
  nativeName: 200,
} as const

/** One of a list's values, or null where nothing is chosen. */
function choice(isListed: (value: string) => boolean, refusal: string) {
  return v.pipe(
    v.optional(v.string(refusal), ''),
    v.check((value) => value === '' || isListed(value), refusal),
    v.transform((value) => (value === '' ? null : value)),
  )
}

/** A box that was ticked arrives as a text, one that was not does not arrive. */
const Ticked = v.pipe(
  v.optional(v.unknown(), false),
  v.transform((value) => value !== false),
)

const Fields = {
  nativeName: optionalPersonName(LIMITS.nativeName, 'profile.native-name.refused'),
  notifyResults: Ticked,
  notifyAwards: Ticked,
  notifyReminders: Ticked,
  directoryOptIn: Ticked,
  addressLine1: optionalLine(LIMITS.addressLine1, 'profile.address1.refused'),
  addressLine2: optionalLine(LIMITS.addressLine2, 'profile.address2.refused'),
  city: optionalLine(LIMITS.city, 'profile.city.refused'),
  region: optionalLine(LIMITS.region, 'profile.region.refused'),
  postalCode: v.pipe(
    optionalLine(LIMITS.postalCode, 'profile.postal-code.refused'),
    v.transform((code) => code?.toUpperCase() ?? null),
  ),
  country: choice(isCountry, 'profile.country.refused'),
  phone: optionalLine(LIMITS.phone, 'profile.phone.refused'),
  company: optionalLine(LIMITS.company, 'profile.company.refused'),
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
