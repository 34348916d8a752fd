import parsePhoneNumber, { type CountryCode, isSupportedCountry } from 'libphonenumber-js'

/**
 * A phone number as it is kept, `+` and digits; null for one that nobody can be called by. Without `+` it is read
 * as dialled within `country`; with it, it may be of any country. An extension is refused rather than lost.
 */
export function readPhone(typed: string, country: string | null): string | null {
  const number = parsePhoneNumber(typed, {
    ...(country !== null && isSupported(country) && { defaultCountry: country }),
    extract: false,
  })
  return number?.isValid() && number.ext === undefined ? number.number : null
}

/** A kept number as it is written in letters: `+48 12 345 67 89`. */
export function formatPhone(kept: string): string {
  return parsePhoneNumber(kept)?.formatInternational() ?? kept
}

function isSupported(country: string): country is CountryCode {
  return isSupportedCountry(country as CountryCode)
}
