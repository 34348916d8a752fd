import { orNull } from './cells.ts'

type NameParts = { first: string; middle: string; last: string; suffix: string }

const EAST_ASIAN = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}々〆ヶー・]+$/u
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u

/**
 * A person's name in the order in which it is printed; null for no name at all. Where all of it is written in Han,
 * kana or Hangul the family name stands first, as its bearer writes it: apart in Japan, without a space elsewhere.
 * In every other script the order is the vendor's.
 */
export function printedName(
  { first, middle, last, suffix }: NameParts,
  country: string | null,
): string | null {
  const given = [first, middle].filter((part) => part !== '')
  const parts = [...given, last].filter((part) => part !== '')
  if (suffix === '' && last !== '' && parts.every((part) => EAST_ASIAN.test(part))) {
    const isJapanese = country === 'JP' || KANA.test(parts.join(''))
    return orNull([last, ...given].join(isJapanese ? ' ' : ''))
  }
  return orNull([...parts, suffix].filter((part) => part !== '').join(' '))
}
