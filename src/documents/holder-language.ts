const HAN_LANGUAGES: Record<string, string> = {
  CN: 'zh-Hans',
  SG: 'zh-Hans',
  TW: 'zh-Hant',
  HK: 'zh-Hant',
  MO: 'zh-Hant',
  JP: 'ja',
  KR: 'ko',
}

/**
 * The language in whose hand a name from `country` is drawn (BCP 47): the same Han character has another shape in
 * Tokyo, Taipei and Beijing. Undefined where the letters alone say how they are drawn.
 */
export function holderLanguage(country: string | null): string | undefined {
  return country === null ? undefined : HAN_LANGUAGES[country]
}
