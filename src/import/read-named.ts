import type { CalendarDate } from '../core/calendar-date.ts'
import { readWallClock } from './cells.ts'
import { printedName } from './printed-name.ts'

/** Somebody as a row about a sitting describes them. */
export type Person = {
  email: string | null
  firstName: string
  lastName: string
  birthOn: CalendarDate | null
}

/** What a row about a sitting says of who sat it. `candidateId` is blank where the vendor does not know it. */
export type Named = {
  registrationId: string
  candidateId: string
  clientAuthorizationId: string | null
  /** The vendor's own number of the candidate. */
  vendorCandidateId?: string
  person?: Person
}

export const LONGEST_NAME = 300

type Cell = (column: string) => string

/** Adds what else says who it is, if anything does: most feeds have neither, and rows are hashed a million times. */
export function addDescription(described: Pick<Named, 'vendorCandidateId' | 'person'>, cell: Cell): void {
  const vendorCandidateId = cell('vendorCandidateId')
  if (vendorCandidateId !== '') described.vendorCandidateId = vendorCandidateId
  if (cell('lastName') !== '') described.person = readPerson(cell)
}

function readPerson(cell: Cell): Person {
  return {
    email: readEmail(cell('email')),
    firstName: plainText(cell('firstName')),
    lastName: plainText(cell('lastName')),
    birthOn: readBirthDate(cell('birthDate')),
  }
}

/** As it is printed; null for no name at all. */
export function nameOf({ firstName, lastName }: Person): string | null {
  return printedName({ first: firstName, middle: '', last: lastName, suffix: '' }, null)
}

export function readEmail(text: string): string | null {
  return /^[^\s@]+@[^\s@]+$/.test(text) ? text : null
}

/** Nobody who sits exams was born before. */
const EARLIEST_BIRTH: CalendarDate = '1900-01-01'

/** The year comes first, in either way of writing it: `04/05/1990` could be either of two days. */
export function readBirthDate(text: string): CalendarDate | null {
  const on = readWallClock(text, ['YYYY-MM-DD', 'YYYY/MM/DD'])?.on ?? null
  return on !== null && on >= EARLIEST_BIRTH ? on : null
}

/** Controls and direction overrides are no part of a name, and could make a page read what it does not say. */
const UNPRINTED = /[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu

/** Joiners stay: Persian and Indic names are spelled with them. */
export function plainText(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').replace(UNPRINTED, '').trim()
}

/** UTF-8 that was taken for windows-1252 and written as UTF-8 once more: `JosÃ©` for `José`. */
const DOUBLY_ENCODED = /[ÂÃ][\u0080-\u00BF€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|[ÄÅÐÑ][\u0080-\u00BF]|â€/

/** Nobody can tell for sure, so it is told and not repaired. */
export function looksDoublyEncoded(text: string): boolean {
  return DOUBLY_ENCODED.test(text)
}
