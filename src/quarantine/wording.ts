import type { Translate } from '../i18n/messages.ts'
import { isReason, tableKinds } from '../import/row.ts'
import { isWaitingReason } from './reasons.ts'

export function meaningOf(t: Translate, reason: string): string {
  return isReason(reason) ? t(`quarantine.reason.${reason}.means`) : t('quarantine.reason.other.means')
}

export function resolutionOf(t: Translate, reason: string): string {
  return isWaitingReason(reason) ? t(`quarantine.reason.${reason}.resolves`) : ''
}

export function inKind(t: Translate, kind: string): string {
  const known = [...tableKinds, 'member'] as const
  const found = known.find((one) => one === kind)
  return found ? t(`quarantine.kind.${found}`) : kind
}

/** Where a row stands: the file it came in, and its line there. */
export function rowName(
  t: Translate,
  { delivery, member, line, kind }: { delivery: string; member: string; line: number; kind: string },
): string {
  if (kind === 'member') return t('quarantine.whole-member', { delivery, member })
  return member === delivery
    ? t('quarantine.line', { delivery, line })
    : t('quarantine.line.member', { delivery, member, line })
}
