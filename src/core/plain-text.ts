import * as v from 'valibot'

/**
 * What no text of a person needs and what could make a page read otherwise than it is: controls, line and paragraph
 * separators, marks that turn the reading direction, and characters without a shape. The joiners U+200C and
 * U+200D are looked at apart, since Persian and Indic words are spelled with them.
 */
const UNPRINTABLE =
  /[\p{Cc}\p{Co}\p{Cn}\u00AD\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB]|\u034F|[\u{E0000}-\u{E0FFF}]/u

/** A joiner stands between letters of a script that joins them; anywhere else it only hides. */
const STRAY_JOINER =
  /(?<![\p{L}\p{M}])[\u200C\u200D]|[\u200C\u200D](?![\p{L}\p{M}])|(?<=[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}])[\u200C\u200D]/u

/** True for text that shows what it says. Line breaks are the caller's to allow. */
export function isPrintable(text: string): boolean {
  return text.isWellFormed() && !UNPRINTABLE.test(text) && !STRAY_JOINER.test(text)
}

/** NFC, without spaces around it, and with one space where there were several. */
export function tidyLine(text: string): string {
  return text
    .normalize('NFC')
    .trim()
    .replace(/\p{Zs}+/gu, ' ')
}

/** One line of text, tidied; null when left empty. `refusal` says the limit, in characters. */
export function optionalLine(limit: number, refusal: string) {
  return v.pipe(
    v.optional(v.string(refusal), ''),
    v.transform(tidyLine),
    v.check((text) => isPrintable(text) && [...text].length <= limit, refusal),
    v.transform((text) => (text === '' ? null : text)),
  )
}

/** One line of text that must not be empty. */
export function requiredLine(limit: number, missing: string, refusal: string) {
  return v.pipe(
    v.optional(v.string(refusal), ''),
    v.transform(tidyLine),
    v.nonEmpty(missing),
    v.check((text) => isPrintable(text) && [...text].length <= limit, refusal),
  )
}

/** Text of several lines, with plain line breaks; empty when left empty. */
export function paragraphs(limit: number, refusal: string, tooLong = refusal) {
  return v.pipe(
    v.optional(v.string(refusal), ''),
    v.transform((text) =>
      text
        .replace(/\r\n?|[\u2028\u2029]/g, '\n')
        .replaceAll('\t', ' ')
        .normalize('NFC')
        .trim(),
    ),
    v.check((text) => text.split('\n').every(isPrintable), refusal),
    v.check((text) => [...text].length <= limit, tooLong),
  )
}

/** Scripts that belong together in one word. Common and inherited characters go with all. */
const SCRIPTS: RegExp[][] = [
  [/\p{Script=Latin}/u],
  [/\p{Script=Cyrillic}/u],
  [/\p{Script=Greek}/u],
  [/\p{Script=Armenian}/u],
  [/\p{Script=Hebrew}/u],
  [/\p{Script=Arabic}/u],
  [/\p{Script=Han}/u, /\p{Script=Hiragana}/u, /\p{Script=Katakana}/u, /\p{Script=Bopomofo}/u],
  [/\p{Script=Han}/u, /\p{Script=Hangul}/u],
]

/** True where a word mixes look-alike scripts, such as a Cyrillic a among Latin letters (UTS #39, 5.2). */
export function mixesScripts(text: string): boolean {
  return text.split(/[\s'’.,()-]+/u).some((word) => {
    const letters = [...word].filter((character) => /\p{L}/u.test(character))
    const known = letters.filter((letter) => SCRIPTS.flat().some((script) => script.test(letter)))
    return (
      known.length > 0 &&
      !SCRIPTS.some((group) =>
        letters.every(
          (letter) => group.some((script) => script.test(letter)) || /\p{Script=Common}/u.test(letter),
        ),
      )
    )
  })
}

// Letters, marks, and the few signs that names are written with.
const NAME = /^(?:\u200C|\u200D|[\p{L}\p{M}\p{Nl}\p{Zs}'’ʼʻ`´.,()·・‐‑–-])+$/u

/** True for a person's name: what names are written with, and no word of mixed scripts. */
function isName(text: string): boolean {
  return NAME.test(text) && /\p{L}/u.test(text) && !mixesScripts(text)
}

export function personName(limit: number, missing: string, refusal: string) {
  return v.pipe(requiredLine(limit, missing, refusal), v.check(isName, refusal))
}

/** A person's name, or null when left empty. */
export function optionalPersonName(limit: number, refusal: string) {
  return v.pipe(
    optionalLine(limit, refusal),
    v.check((name) => name === null || isName(name), refusal),
  )
}
