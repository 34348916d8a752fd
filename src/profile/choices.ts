import countryCodes from 'i18n-iso-countries/codes.json'
import type { Translate } from '../i18n/messages.ts'

export type Option = { value: string; text: string }

const COUNTRIES = new Set((countryCodes as string[][]).map(([alpha2]) => alpha2!))

export function isCountry(code: string): boolean {
  return COUNTRIES.has(code)
}

/** Every country by its name in the reader's language. */
export function countryOptions(t: Translate): Option[] {
  const names = new Intl.DisplayNames(t.locale, { type: 'region' })
  const { compare } = new Intl.Collator(t.locale)
  return [...COUNTRIES]
    .map((code) => ({ value: code, text: names.of(code) ?? code }))
    .sort((a, b) => compare(a.text, b.text))
}

/** Each language under its own name, so that its speakers find it on a page in another. */
export function languageOptions(languages: readonly string[]): Option[] {
  return languages.map((tag) => ({
    value: tag,
    text: new Intl.DisplayNames(tag, { type: 'language' }).of(tag) ?? tag,
  }))
}

/** Each zone is its own name with spaces, so that the long list need not say it twice. */
export function shownTimeZone(zone: string): string {
  return zone.replaceAll('_', ' ')
}

/** UTC is not among the zones of places, and some people live by it. */
function timeZones(): string[] {
  return [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])]
}

export function timeZoneOptions(): Option[] {
  return timeZones().map((zone) => {
    const text = shownTimeZone(zone)
    return { value: text, text }
  })
}

/** The name by which we list a zone that may be known by several; null for what is none. */
export function readTimeZone(name: string): string | null {
  try {
    const timeZone = name.replaceAll(' ', '_')
    const zone = new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone
    return timeZones().includes(zone) ? zone : null
  } catch {
    return null
  }
}
