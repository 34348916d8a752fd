import type { Database } from '../core/database.ts'
import type { Applied } from './applied.ts'
import { listSettledByHand } from './settle-queries.ts'

/**
 * What a later run of a delivery comes to, where staff have settled rows of it that still make no sense by themselves:
 * what was dismissed is skipped, and what was made to count says nothing new.
 */
export async function standByDecisions(
  db: Database,
  place: { deliveryId: string; member: string },
  applied: Applied,
): Promise<Applied> {
  const waiting = applied.kept.filter(({ waits }) => waits).map(({ line }) => line)
  if (waiting.length === 0) return applied
  const settled = await listSettledByHand(db, place, waiting)
  if (settled.size === 0) return applied

  const dismissed = [...settled.values()].filter((settlement) => settlement === 'dismissed').length
  const { counts } = applied
  return {
    ...applied,
    counts: {
      ...counts,
      quarantined: counts.quarantined - settled.size,
      skipped: counts.skipped + dismissed,
      unchanged: counts.unchanged + settled.size - dismissed,
    },
    kept: applied.kept.filter(({ line }) => !settled.has(line)),
  }
}
