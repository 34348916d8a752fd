import type { Standing } from '../certifications/standing.ts'
import type { Translate } from '../i18n/messages.ts'

/** A standing in a word, with a shape of its own beside it. */
export function StandingMark({ t, standing }: { t: Translate; standing: Standing }) {
  return <span class={`standing standing--${standing}`}>{t(`standing.${standing}`)}</span>
}
