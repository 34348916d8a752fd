import type { FoundConfirmation } from './confirmation-queries.ts'
import type { FoundUndo } from './undo-queries.ts'

/** What a link to confirm an address does at `now`. */
export function confirmationState(
  link: FoundConfirmation | null,
  now: Date,
): 'works' | 'done' | 'taken' | 'dead' {
  if (link === null) return 'dead'
  if (link.isProved) return 'done'
  if (link.isUsed || link.expiresAt <= now) return 'dead'
  return link.isProvedElsewhere ? 'taken' : 'works'
}

/** What a link to undo a change of the primary address does at `now`. */
export function undoState(undo: FoundUndo | null, now: Date): 'works' | 'done' | 'dead' {
  if (undo === null) return 'dead'
  if (undo.isUndone) return 'done'
  return undo.holds && undo.undoUntil > now ? 'works' : 'dead'
}
