import countryCodes from 'i18n-iso-countries/codes.json'
import parsePhoneNumber, { type CountryCode, isSupportedCountry } from 'libphonenumber-js'
import type { CalendarDate } from '../core/calendar-date.ts'
import { ok, refuse } from '../core/result.ts'
import { orNull } from './cells.ts'
import { printedName } from './printed-name.ts'
import { LONGEST_NAME, looksDoublyEncoded, plainText, readBirthDate, readEmail } from './read-named.ts'
import type { Fault, RowReading } from './row.ts'

export type CandidateFields = {
  candidateId: string
  fullName: string
  givenName: string
  familyName: string
  nativeName: string | null
  email: string | null
  company: string | null
  addressLine1: string | null
  addressLine2: string | null
  city: string | null
  region: string | null
  postalCode: string | null
  country: string | null
  phone: string | null
  birthOn: CalendarDate | null
}

export const LONGEST_CANDIDATE_ID = 50

type Cell = (column: string) => string

/**
 * Reads a row about a person, with the columns that the sponsor itself uses for people. Names are never cut,
 * and what we cannot make sense of in an address or a phone number is left out, since the name is what counts.
 */
export function readCandidateRow(cell: Cell): RowReading<CandidateFields> {
  const candidateId = cell('candidateId')
  if (candidateId === '') return refuse({ reason: 'missing_required', message: 'has no candidate ID' })
  if (candidateId.length > LONGEST_CANDIDATE_ID)
    return refuse({ reason: 'bad_columns', message: 'has a candidate ID of more than 50 characters' })

  const name = (column: string) => plainText(cell(column))
  const country = countryOf(cell('country'))
  const parts = {
    first: name('firstName'),
    middle: name('middleName'),
    last: name('lastName'),
    suffix: name('suffix'),
  }
  const fullName = printedName(parts, country)
  if (fullName === null) return refuse({ reason: 'missing_required', message: 'has no name' })
  if (fullName.length > LONGEST_NAME)
    return refuse({ reason: 'bad_columns', message: 'has a name of more than 300 characters' })

  const email = readEmail(cell('email'))
  const fields: CandidateFields = {
    candidateId,
    fullName,
    givenName: joined([parts.first, parts.middle]) ?? '',
    familyName: parts.last,
    nativeName:
      orNull(name('nativeName')) ??
      printedName(
        { first: name('nativeFirstName'), middle: '', last: name('nativeLastName'), suffix: '' },
        country,
      ),
    email,
    company: orNull(cell('company')),
    addressLine1: orNull(cell('address1')),
    addressLine2: joined([cell('address2'), cell('address3')], ', '),
    city: orNull(cell('city')),
    region: orNull(cell('region')),
    postalCode: orNull(cell('postalCode')),
    country,
    phone: phoneOf(cell('phone'), cell('phoneCountryCode'), country),
    birthOn: readBirthDate(cell('birthDate')),
  }
  return ok({ fields, remarks: remarksOn(cell, fields) })
}

const NAMES = ['firstName', 'middleName', 'lastName', 'nativeName', 'nativeFirstName', 'nativeLastName']

/** What is worth telling of a row that counts all the same. */
function remarksOn(cell: Cell, { email, birthOn }: CandidateFields): Fault[] {
  const remarks: Fault[] = []
  if (cell('email') !== '' && email === null)
    remarks.push({
      reason: 'bad_email',
      message: 'has an e-mail address that cannot be one; the rest was loaded',
    })
  if (cell('birthDate') !== '' && birthOn === null)
    remarks.push({ reason: 'bad_date', message: 'has a birth date that cannot be one; the rest was loaded' })
  if (NAMES.some((column) => looksDoublyEncoded(cell(column))))
    remarks.push({
      reason: 'bad_encoding',
      message: 'has a name that seems to be encoded twice; it was loaded as it stands',
    })
  return remarks
}

function joined(parts: readonly string[], separator = ' '): string | null {
  return orNull(parts.filter((part) => part !== '').join(separator))
}

const alpha2ByCode = new Map(
  (countryCodes as string[][]).flatMap(([alpha2, alpha3]) => [
    [alpha2!, alpha2!],
    [alpha3!, alpha2!],
  ]),
)

/** The vendor writes three letters, we keep two. */
function countryOf(code: string): string | null {
  return alpha2ByCode.get(code.toUpperCase()) ?? null
}

/** `+` and digits. The vendor keeps the country's calling code apart; a trunk zero may stand before the rest. */
function phoneOf(phone: string, callingCode: string, country: string | null): string | null {
  if (phone === '') return null
  const number = parsePhoneNumber(phone, {
    ...(/^\d{1,3}$/.test(callingCode) && { defaultCallingCode: callingCode }),
    ...(callingCode === '' && isSupported(country) && { defaultCountry: country }),
  })
  return number?.isPossible() ? number.number : null
}

function isSupported(country: string | null): country is CountryCode {
  return country !== null && isSupportedCountry(country as CountryCode)
}
