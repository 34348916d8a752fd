import { base64url } from 'jose'
import * as v from 'valibot'
import { isPrintable, tidyLine } from '../core/plain-text.ts'
import type { Program } from '../program/program.ts'
import { normalizeEmail } from '../sign-in/account-name.ts'
import { readVerificationCode } from '../verification/verification-code.ts'
import { typedWords } from './name-words.ts'

/** More than any name, address or number has. */
export const TYPED_LIMIT = 320
const ID_LIMIT = 50
/** Shorter beginnings of an address say too little about whose it is. */
const EMAIL_BEGINNING_MIN = 3

/** What the text in the one box is taken for. It may be several things; all are looked up at once. */
export type CandidateSearch = {
  /** The guess, for the audit log: never what was typed. */
  kind: 'address' | 'number' | 'name'
  ids: string[]
  email: string | null
  awardNumbers: string[]
  verificationCode: string | null
  registrationId: string | null
  /** What the list after the exact hits is made of, in this order. */
  lists: CandidateList[]
}

export type CandidateList =
  | { of: 'ids'; beginnings: string[] }
  | { of: 'names'; words: string[] }
  /** Without those who stand in the list before. */
  | { of: 'addresses'; beginning: string; butIds: string[]; butWords: string[] }

/**
 * Guesses what somebody may mean. An address has an @; IDs and numbers have digits, which names have not; an ID may be
 * all letters, though, so that every text is looked up as one. Null for nothing that can be searched.
 */
export function readSearch(typed: string, program: Pick<Program, 'certifications'>): CandidateSearch | null {
  const text = tidyLine(typed.toWellFormed().replace(/[\p{Cc}\u200B\u200E\u200F\u2060\uFEFF]/gu, ' '))
  if (text === '' || text.length > TYPED_LIMIT || !isPrintable(text)) return null

  const joined = text.replace(/\s/g, '')
  const isAddress = text.includes('@')
  const isNumber = !isAddress && /\d/.test(text)
  const ids = joined.length <= ID_LIMIT && !isAddress ? spellings(joined) : []
  const beginnings = isNumber ? ids : []
  const words = isAddress || isNumber ? [] : typedWords(text)
  const lists: CandidateList[] = []
  if (beginnings.length > 0) lists.push({ of: 'ids', beginnings })
  if (words.length > 0) lists.push({ of: 'names', words })
  if (joined === text && text.length >= EMAIL_BEGINNING_MIN)
    lists.push({ of: 'addresses', beginning: normalizeEmail(text), butIds: beginnings, butWords: words })
  return {
    kind: isAddress ? 'address' : isNumber ? 'number' : 'name',
    ids,
    email: isAddress ? normalizeEmail(joined) : null,
    awardNumbers: isNumber ? awardNumbers(text, program) : [],
    verificationCode: isAddress ? null : readVerificationCode(text),
    registrationId: isNumber ? joined : null,
    lists,
  }
}

/** IDs are printed in capitals and typed as it comes. */
function spellings(text: string): string[] {
  return [...new Set([text, text.toUpperCase()])]
}

/** The number of an award as typed, and as it is printed: certifications have small letters, and people do not mind them. */
export function awardNumbers(text: string, { certifications }: Pick<Program, 'certifications'>): string[] {
  const [, code, ...groups] = /^(.+?)[\s-]*(\d{4})[\s-]*(\d{4})[\s-]*(\d{4})$/.exec(text) ?? []
  const known = certifications.find((one) => one.code.toLowerCase() === code?.toLowerCase())
  return [...new Set([text, ...(known ? [[known.code, ...groups].join('-')] : [])])]
}

const AfterCandidate = v.tuple([
  v.picklist(['ids', 'names', 'addresses']),
  v.pipe(v.string(), v.maxLength(TYPED_LIMIT)),
  v.pipe(v.string(), v.maxLength(ID_LIMIT)),
])

/** Where a page of hits ended: in which list, at which word or address, at which candidate. */
export type AfterCandidate = v.InferOutput<typeof AfterCandidate>

export function writeAfter(after: AfterCandidate): string {
  return base64url.encode(JSON.stringify(after))
}

/** Null for what we have not written, which then is the first page. */
export function readAfter(text: string | undefined): AfterCandidate | null {
  if (text === undefined || text.length > 4 * TYPED_LIMIT) return null
  try {
    const parsed = v.safeParse(AfterCandidate, JSON.parse(new TextDecoder().decode(base64url.decode(text))))
    return parsed.success ? parsed.output : null
  } catch {
    return null
  }
}
