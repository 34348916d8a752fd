import type { Brake } from '../schema.ts'
import type { FeedSettings } from './feed-settings.ts'

/** A run as it was staged, before anything of it is applied. */
export type StagedRun = { rows: number; failing: number; unmatched: number }

/** So many deliveries in a row make a habit. */
export const HABIT = 5

/**
 * Why nothing of a run may be applied before one of the staff has looked: too many rows that make no sense or name
 * nobody we know, or none at all where some are usual. `usual`: how many rows the last deliveries had.
 */
export function findBrakes(
  { rows, failing, unmatched }: StagedRun,
  { unmatchedShare, failingShare, fewestRows, emptyIsUnusual }: FeedSettings['brakes'],
  usual: readonly number[],
): Brake[] {
  const brakes: Brake[] = []
  if (rows === 0 && emptyIsUnusual && usual.length >= HABIT && usual.every((count) => count > 0))
    brakes.push({ kind: 'empty', detail: { usual: Math.min(...usual) } })
  if (rows >= fewestRows && failing > failingShare * rows)
    brakes.push({ kind: 'failing', detail: { rows, failing, allowed: failingShare } })
  if (rows >= fewestRows && unmatched > unmatchedShare * rows)
    brakes.push({ kind: 'unmatched', detail: { rows, unmatched, allowed: unmatchedShare } })
  return brakes
}
