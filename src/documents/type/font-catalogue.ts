/** The four hands the documents are written in. Scripts other than the European ones have one face for all of them. */
export type Style = 'serif' | 'serif-semibold' | 'serif-italic' | 'sans-semibold'

const EUROPEAN: Record<Style, string> = {
  serif: 'NotoSerif-Regular',
  'serif-semibold': 'NotoSerif-SemiBold',
  'serif-italic': 'NotoSerif-Italic',
  'sans-semibold': 'NotoSans-SemiBold',
}

const HAN = {
  simplified: 'NotoSerifSC-Regular',
  traditional: 'NotoSerifTC-Regular',
  japanese: 'NotoSerifJP-Regular',
} as const

const HANGUL = 'NotoSerifKR-Regular'

/** Script extensions rather than scripts: a danda or an Arabic comma belongs to every script that uses it. */
const SCRIPTS: readonly (readonly [characters: RegExp, file: string])[] = [
  [/^\p{scx=Arabic}/u, 'NotoNaskhArabic-Regular'],
  [/^\p{scx=Hebrew}/u, 'NotoSerifHebrew-Regular'],
  [/^\p{scx=Devanagari}/u, 'NotoSerifDevanagari-Regular'],
  [/^\p{scx=Bengali}/u, 'NotoSerifBengali-Regular'],
  [/^\p{scx=Gurmukhi}/u, 'NotoSerifGurmukhi-Regular'],
  [/^\p{scx=Gujarati}/u, 'NotoSerifGujarati-Regular'],
  [/^\p{scx=Oriya}/u, 'NotoSansOriya-Regular'],
  [/^\p{scx=Tamil}/u, 'NotoSerifTamil-Regular'],
  [/^\p{scx=Telugu}/u, 'NotoSerifTelugu-Regular'],
  [/^\p{scx=Kannada}/u, 'NotoSerifKannada-Regular'],
  [/^\p{scx=Malayalam}/u, 'NotoSerifMalayalam-Regular'],
  [/^\p{scx=Sinhala}/u, 'NotoSerifSinhala-Regular'],
  [/^\p{scx=Thai}/u, 'NotoSerifThai-Regular'],
  [/^\p{scx=Lao}/u, 'NotoSerifLao-Regular'],
  [/^\p{scx=Khmer}/u, 'NotoSerifKhmer-Regular'],
  [/^\p{scx=Myanmar}/u, 'NotoSerifMyanmar-Regular'],
  [/^\p{scx=Tibetan}/u, 'NotoSerifTibetan-Regular'],
  [/^\p{scx=Georgian}/u, 'NotoSerifGeorgian-Regular'],
  [/^\p{scx=Armenian}/u, 'NotoSerifArmenian-Regular'],
  [/^\p{scx=Ethiopic}/u, 'NotoSerifEthiopic-Regular'],
  [/^\p{scx=Thaana}/u, 'NotoSansThaana-Regular'],
  [/^\p{scx=Tifinagh}/u, 'NotoSansTifinagh-Regular'],
  [/^\p{scx=Hangul}/u, HANGUL],
]

const EAST_ASIAN = /^[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Bopomofo}]/u
const EUROPEAN_LETTER = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u
const NO_SCRIPT = /^[\p{Script=Common}\p{Script=Inherited}]/u
const BRACKET = /^[\p{Ps}\p{Pe}]/u

export type Setting = {
  style: Style
  /** The language of the text (BCP 47), where known: Han is drawn differently in Tokyo, Taipei and Beijing. */
  language?: string | undefined
}

/**
 * The fonts that may draw `character`, the most fitting first. `before` is the font of what precedes it: spaces,
 * digits and punctuation take that one, so that a line keeps one colour; brackets do not, for the two of a pair would
 * come from different fonts.
 */
export function fontsFor(
  character: string,
  whole: string,
  setting: Setting,
  before: string | null,
): string[] {
  if (EUROPEAN_LETTER.test(character)) return [EUROPEAN[setting.style]]
  const shared = NO_SCRIPT.test(character)
  const files = [
    ...(shared && before && !BRACKET.test(character) ? [before] : []),
    ...(shared ? [EUROPEAN[setting.style]] : []),
    ...SCRIPTS.flatMap(([characters, file]) => (characters.test(character) ? [file] : [])),
    ...(EAST_ASIAN.test(character) ? hanFonts(whole, setting.language) : []),
  ]
  return files.length > 0 ? [...new Set(files)] : [EUROPEAN[setting.style]]
}

/** Every one of them in the end: a name may hold a character that only one region writes. */
function hanFonts(whole: string, language: string | undefined): string[] {
  const first = hanRegion(whole, language)
  return [HAN[first], HAN.simplified, HAN.traditional, HAN.japanese]
}

function hanRegion(whole: string, language = ''): keyof typeof HAN {
  if (/^ja\b/i.test(language) || /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(whole)) return 'japanese'
  const traditional =
    /^(zh\b.*\b(Hant|TW|HK|MO)\b|ko\b)/i.test(language) ||
    /[\p{Script=Bopomofo}\p{Script=Hangul}]/u.test(whole)
  return traditional ? 'traditional' : 'simplified'
}
