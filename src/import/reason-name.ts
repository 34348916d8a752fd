import type { Translate } from '../i18n/messages.ts'
import { isReason } from './row.ts'

/** A reason in words; one that only another version knows is shown as it was written. */
export function reasonName(t: Translate, reason: string): string {
  return isReason(reason) ? t(`reason.${reason}`) : reason
}
