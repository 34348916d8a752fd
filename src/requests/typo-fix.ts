import { partsOf, type RecordName } from './name.ts'

/** In a shorter name one letter is too much of it: `Li` and `Lu` are two people. */
const SHORTEST_WITH_TYPO = 3

/** One sign of these is a syllable or a word, so that another one is another name. */
const WHOLE_SIGNS = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })

/**
 * Whether a name is the one on record with one letter put right: one left out, put in, wrong, or two next to each
 * other swapped, in one part of the name; or any number of letters that differ in case or accents alone. Such a
 * name is so near that no document needs to be seen.
 */
export function isTypoFix(from: RecordName, to: RecordName): boolean {
  const before = partsOf(from)
  const after = partsOf(to)
  const changed = (['givenName', 'familyName', 'suffix'] as const).filter(
    (part) => folded(before[part]) !== folded(after[part]),
  )
  if (changed.length === 0) return from.fullName !== to.fullName
  const [part] = changed
  return changed.length === 1 && part !== 'suffix' && isOneLetterOff(before[part!], after[part!])
}

function isOneLetterOff(before: string, after: string): boolean {
  if (WHOLE_SIGNS.test(before + after)) return false
  const a = lettersOf(before)
  const b = lettersOf(after)
  return Math.min(a.length, b.length) >= SHORTEST_WITH_TYPO && isOneEditApart(a, b)
}

/** Letters as readers count them, without case and accents. */
function lettersOf(text: string): string[] {
  return [...segmenter.segment(folded(text))].map(({ segment }) => segment)
}

function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .normalize('NFC')
}

/** Damerau and Levenshtein's distance, as far as the question goes: is it one? */
function isOneEditApart(a: readonly string[], b: readonly string[]): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (long.length - short.length > 1) return false
  const at = short.findIndex((letter, index) => letter !== long[index])
  if (at === -1) return long.length > short.length
  const isSame = (i: number, j: number) => short.slice(i).join('\n') === long.slice(j).join('\n')
  if (long.length > short.length) return isSame(at, at + 1)
  const isSwapped = short[at] === long[at + 1] && short[at + 1] === long[at]
  return isSame(at + 1, at + 1) || (isSwapped && isSame(at + 2, at + 2))
}
