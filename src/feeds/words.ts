import { feeds as words } from '../i18n/en/feeds.ts'
import type { MessageKey, Translate } from '../i18n/messages.ts'

type Place = 'field' | 'kind' | 'outcome' | 'grade' | 'set.encoding' | 'set.scoreMeaning'

/** Our word for something of the import that has a code; the code itself where there is no word for it. */
export function wordFor(t: Translate, place: Place, code: string): string {
  const key = `feeds.${place}.${code}`
  return Object.hasOwn(words, key) ? t(key as MessageKey & 'common.save') : code
}
