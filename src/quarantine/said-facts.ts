import { foldName } from '../console/name-words.ts'
import type { SuggestedCandidate } from './suggestion-queries.ts'

/** What a row says of whom it is about; null where it says nothing. */
export type SaidFacts = {
  candidateId: string | null
  givenName: string | null
  familyName: string | null
  email: string | null
  birthOn: string | null
}

/** A cell of a row, beside the name of its column where that is known. */
export type NamedCell = { name: string | null; text: string }

const COLUMNS: Record<Exclude<keyof SaidFacts, 'candidateId'>, readonly string[]> = {
  givenName: ['firstname', 'givenname'],
  familyName: ['lastname', 'familyname', 'surname'],
  email: ['email', 'emailaddress'],
  birthOn: ['birthdate', 'dateofbirth'],
}

/** By what was understood of the row, or else by the names of its columns. */
export function saidFacts(fields: Record<string, unknown> | null, cells: readonly NamedCell[]): SaidFacts {
  const byName = (fact: keyof typeof COLUMNS) =>
    cells.find(({ name, text }) => text !== '' && name !== null && COLUMNS[fact].includes(plain(name)))?.text
  const understood = (name: string) => {
    const value = fields?.[name]
    return typeof value === 'string' && value !== '' ? value : null
  }
  return {
    candidateId: understood('candidateId'),
    givenName: understood('givenName') ?? byName('givenName') ?? null,
    familyName: understood('familyName') ?? byName('familyName') ?? null,
    email: understood('email') ?? byName('email') ?? null,
    birthOn: understood('birthOn') ?? byName('birthOn')?.replaceAll('/', '-').slice(0, 10) ?? null,
  }
}

export const comparedFacts = ['candidateId', 'familyName', 'givenName', 'email', 'birthOn'] as const

export type Verdict = 'agrees' | 'differs' | 'unsaid'

/** What of a row agrees with a candidate, and what does not. */
export function compareWith(
  said: SaidFacts,
  candidate: SuggestedCandidate,
): Record<keyof SaidFacts, Verdict> {
  const emails = (candidate.emails ?? '').toLowerCase().split('\n')
  const verdict = (value: string | null, agrees: (value: string) => boolean): Verdict =>
    value === null ? 'unsaid' : agrees(value) ? 'agrees' : 'differs'
  return {
    candidateId: verdict(said.candidateId, (id) => id === candidate.id),
    familyName: verdict(said.familyName, (name) => foldName(name) === foldName(candidate.familyName)),
    // A middle name may stand with the first one, or not.
    givenName: verdict(said.givenName, (name) => firstWord(name) === firstWord(candidate.givenName)),
    email: verdict(said.email, (email) => emails.includes(email.toLowerCase())),
    birthOn: candidate.birthOn === null ? 'unsaid' : verdict(said.birthOn, (on) => on === candidate.birthOn),
  }
}

/** Enough to think that it is this one, and never enough to take it for granted. */
export function isLikely(verdicts: Record<keyof SaidFacts, Verdict>): boolean {
  const agrees = (fact: keyof SaidFacts) => verdicts[fact] === 'agrees'
  return agrees('email') && agrees('familyName') && (agrees('birthOn') || agrees('givenName'))
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}

function firstWord(name: string): string {
  return foldName(name).split(' ')[0]!
}
