import type { Translate } from '../i18n/messages.ts'
import { COUNT_LIMIT } from './reasons.ts'

/** A count, or that it is more than anybody counts. */
export function inCount(t: Translate, rows: number): string {
  const count = new Intl.NumberFormat(t.locale).format(Math.min(rows, COUNT_LIMIT))
  return rows > COUNT_LIMIT ? t('quarantine.more', { count }) : count
}
