/** Words are kept and compared up to this many characters; what begins alike for so long is alike enough. */
const WORD_LIMIT = 40
/** More words than any name has; a name of 300 single letters must not fill the index. */
const WORDS_PER_CANDIDATE = 60
/** Each word that is typed is one more condition of the search. */
const TYPED_WORDS_LIMIT = 6

/** Letters that Unicode does not take apart, and people type without their stroke, dot or ligature. */
const PLAIN: Record<string, string> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ı: 'i',
  þ: 'th',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ς: 'σ',
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
  ے: 'ي',
  ہ: 'ه',
  ة: 'ه',
}
const PLAIN_LETTERS = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'gu')

/**
 * Marks that may be left out in typing: accents of Latin, Greek and Cyrillic, Hebrew points, Arabic vowels, and
 * tatweel, which only stretches a word. Marks of other scripts are letters to their readers and stay: Indic vowels,
 * Thai tones, the dots that make か a が.
 */
const LOOSE_MARKS =
  /[\u0300-\u036F\u0483-\u0489\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7\u0610-\u061A\u0640\u064B-\u065F\u0670\u06D6-\u06DC\u06DF-\u06E4\u06E7\u06E8\u06EA-\u06ED]/gu

/** Written without spaces, so that any part may be what somebody types. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u

const APOSTROPHES = /['’‘ʼʻʹ`´]/gu

/** One way of writing for what people take for the same letters; the language of the machine has no say in it. */
export function foldName(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(LOOSE_MARKS, '')
    .replace(/\p{Cf}/gu, '')
    .replace(PLAIN_LETTERS, (letter) => PLAIN[letter]!)
    .normalize('NFC')
}

/** The words by whose beginnings a candidate with these names is found. */
export function nameWords(names: readonly string[]): string[] {
  const words = new Set<string>()
  for (const name of names) {
    const spaced: string[][] = []
    const unspaced: string[] = []
    for (const parts of partsOf(name)) {
      if (UNSPACED.test(parts.join(''))) unspaced.push(...parts)
      else spaced.push(parts)
    }
    // O'Brien and Al-Rashid are found by either part, and written as one.
    for (const parts of spaced) for (const word of [parts.join(''), ...parts]) words.add(cut(word))
    const run = [...unspaced.join('')].slice(0, WORD_LIMIT)
    for (const start of run.keys()) words.add(run.slice(start).join(''))
  }
  return [...words].slice(0, WORDS_PER_CANDIDATE)
}

/** What somebody typed as the beginnings of words, the longest first: it is the rarest, and leads the search. */
export function typedWords(typed: string): string[] {
  const words = partsOf(typed.replace(APOSTROPHES, '')).flat()
  return [...new Set(words.map(cut))].sort((a, b) => b.length - a.length).slice(0, TYPED_WORDS_LIMIT)
}

/** The words of a text, each in the parts between its hyphens and apostrophes. */
function partsOf(text: string): string[][] {
  return foldName(text.replace(APOSTROPHES, '-').replace(/\p{Pd}/gu, '-'))
    .split(/[^\p{L}\p{M}\p{N}-]+/u)
    .map((word) => word.split('-').filter((part) => part !== ''))
    .filter((parts) => parts.length > 0)
}

function cut(word: string): string {
  return [...word].slice(0, WORD_LIMIT).join('')
}
