import type { Translate } from '../i18n/messages.ts'

/** `a, b and c`, or with `disjunction` `a, b or c`, as the language writes lists. */
export function formatList(
  t: Translate,
  items: readonly string[],
  type: 'conjunction' | 'disjunction' = 'conjunction',
): string {
  return new Intl.ListFormat(t.locale === 'en' ? 'en-GB' : t.locale, { type }).format(items)
}
