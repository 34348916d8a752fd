/** What the record says of one of the candidate's addresses. */
export type OwnAddress = {
  address: string
  normalized: string
  isPrimary: boolean
  verifiedAt: Date | null
  source: 'feed' | 'candidate' | 'recovery'
  /** Null for addresses that were there before this was written down. */
  addedAt: Date | null
  /** Until when a change of the primary address can be undone from this one. */
  undoUntil: Date | null
}

export const ADDRESS_LIMIT = 10
/** For so long can a change of the primary address be undone from the old one. */
export const UNDO_MS = 7 * 86_400_000

export type WhyKept = { reason: 'primary' } | { reason: 'undo'; until: Date } | { reason: 'last' }

/**
 * Why an address cannot be removed now; null when it can. The last proved one stays, since nothing else could sign
 * in; one that can undo a change stays while it can, so that a thief cannot take the way back away.
 */
export function whyKept(own: OwnAddress, all: readonly OwnAddress[]): WhyKept | null {
  if (own.isPrimary) return { reason: 'primary' }
  if (own.undoUntil !== null) return { reason: 'undo', until: own.undoUntil }
  const isLast = !all.some((other) => other.verifiedAt !== null && other.normalized !== own.normalized)
  return own.verifiedAt !== null && isLast ? { reason: 'last' } : null
}

/** Enough of a candidate ID for its holder to know it, and for nobody else: `••••••••345`. */
export function maskedId(id: string): string {
  const shown = Math.min(3, Math.floor(id.length / 2))
  return '•'.repeat(id.length - shown) + id.slice(id.length - shown)
}
