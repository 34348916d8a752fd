/** Between the proof and the new address taking effect: time for the holder to notice and to stop it. */
export const COOLING_OFF_MS = 7 * 86_400_000

/** What became of a recovery so far. */
export type Progress = {
  confirmedAt: Date | null
  effectiveAt: Date | null
  stoppedAt: Date | null
  doneAt: Date | null
}

export type FoundRecovery = Progress & {
  recoveryId: number
  /** Null for an ID that is nobody's; no page may show the difference. */
  candidateId: string | null
  isUsed: boolean
  expiresAt: Date
}

/** What the link in the mail to a new address opens at `now`. */
export function recoveryState(
  found: FoundRecovery | null,
  now: Date,
): 'works' | 'photo' | 'waiting' | 'stopped' | 'done' | 'dead' {
  if (found === null || found.expiresAt <= now) return 'dead'
  if (found.doneAt !== null) return 'done'
  if (found.stoppedAt !== null) return 'stopped'
  if (found.effectiveAt !== null) return 'waiting'
  if (found.confirmedAt !== null) return 'photo'
  return found.isUsed ? 'dead' : 'works'
}

export type FoundStop = Progress & {
  candidateId: string
  /** The link is unused, not too old, and the address that it went to still one of the record. */
  holds: boolean
}

/** What a link to stop a recovery does. */
export function stopState(found: FoundStop | null): 'works' | 'stopped' | 'done' | 'dead' {
  if (found === null) return 'dead'
  if (found.stoppedAt !== null) return 'stopped'
  if (found.doneAt !== null) return 'done'
  return found.holds && found.effectiveAt !== null ? 'works' : 'dead'
}
