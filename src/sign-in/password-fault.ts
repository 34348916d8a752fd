import type { Program } from '../program/program.ts'
import { commonPasswords } from './common-passwords.ts'
import { PASSWORD_MAX_CHARACTERS, PASSWORD_MIN_CHARACTERS, passwordLength } from './password.ts'
import { foldPassword, isListed } from './password-list.ts'

/** Whose password it is to be: every name, address and ID of theirs, and the program that it is for. */
export type PasswordContext = {
  names: readonly string[]
  program: Pick<Program, 'name' | 'shortName' | 'sponsor'>
}

const PRODUCT = 'Testamur'
/** So many digits and signs around a word are what people append when they are asked for a longer password. */
const TRIVIAL_PADDING = 8
const SHORTEST_WORD = 3
/** A whole name of fewer characters turns up in other words by chance. */
const SHORTEST_NAME = 6
/** `abcabcabcabc`: what so short a piece is repeated to is no better than the piece. */
const SHORT_PIECE = 4

/**
 * What is wrong with a password that somebody wants, as a message key; null for nothing. Looked at only when a
 * password is chosen. Nothing is asked of its composition; it must be long, not known to be common, and not made of
 * words that anyone would try first for this person and this program (ASVS 5.0, 6.2.1, 6.2.4, 6.2.11).
 */
export function passwordFault(wanted: string, { names, program }: PasswordContext) {
  const length = passwordLength(wanted)
  if (length === 0) return 'sign-in.new-password.missing'
  if (length < PASSWORD_MIN_CHARACTERS) return 'sign-in.new-password.short'
  if (length > PASSWORD_MAX_CHARACTERS) return 'sign-in.new-password.long'
  const password = foldPassword(wanted)
  const context = [...names, program.name, program.shortName, program.sponsor, PRODUCT].map(foldPassword)
  if (isMadeOfNames(password, context)) return 'sign-in.new-password.name'
  if (isCommon(password)) return 'sign-in.new-password.common'
  return null
}

const listed = Buffer.from(commonPasswords, 'base64')

function isKnown(folded: string): boolean {
  return isListed(folded, listed)
}

/** On the list as it is, or one of the list repeated or padded, or no more than a run or a pattern. */
function isCommon(password: string): boolean {
  const core = password.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  const isPadded = password.length - core.length <= TRIVIAL_PADDING
  const pieces = [password, pieceOf(password), ...(isPadded ? [core, pieceOf(lettersOf(core))] : [])]
  return pieces.some(isKnown) || pieceOf(password).length <= SHORT_PIECE || isRun(password)
}

/** The shortest piece of which the text is a repetition; the text itself if it is none. */
function pieceOf(text: string): string {
  const end = (text + text).indexOf(text, 1)
  return end > 0 ? text.slice(0, end) : text
}

/** `123456789012`, `zyxwvutsrqpo`: every character is the next after the one before, or every one the last before. */
function isRun(text: string): boolean {
  const codes = Array.from(text, (character) => character.codePointAt(0)!)
  const steps = codes.slice(1).map((code, index) => {
    const step = code - codes[index]!
    // After 9 comes 0.
    return Math.abs(step) === 9 ? -Math.sign(step) : step
  })
  return steps.every((step) => step === steps[0] && Math.abs(step) <= 1)
}

/** Words of the context one after the other, or a whole name, with no more than trivial padding between and around. */
function isMadeOfNames(password: string, context: readonly string[]): boolean {
  const letters = lettersOf(password)
  const isPadded = [...password].length - [...letters].length <= TRIVIAL_PADDING
  const words = context.flatMap((name) => [lettersOf(name), ...name.split(/[^\p{L}\p{M}]+/u)])
  if (letters !== '' && isPadded && isChainOf(letters, words)) return true

  const bare = bareOf(password)
  return context.map(bareOf).some((name) => {
    if (name.length < SHORTEST_NAME || !bare.includes(name)) return false
    const rest = bare.replaceAll(name, '')
    return lettersOf(rest) === '' && rest.length <= TRIVIAL_PADDING
  })
}

function isChainOf(text: string, words: readonly string[]): boolean {
  const known = [...new Set(words)].filter((word) => [...word].length >= SHORTEST_WORD)
  const reached = new Set([0])
  for (const from of reached)
    for (const word of known) if (text.startsWith(word, from)) reached.add(from + word.length)
  return reached.has(text.length)
}

function lettersOf(text: string): string {
  return text.replace(/[^\p{L}\p{M}]+/gu, '')
}

function bareOf(text: string): string {
  return text.replace(/[^\p{L}\p{M}\p{N}]+/gu, '')
}
