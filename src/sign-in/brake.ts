/** So many tries are free: a person who mistypes is not held up. */
const FREE_TRIES = 5
const FIRST_DELAY_MS = 60_000
const LONGEST_DELAY_MS = 15 * 60_000

/** Failures older than this are forgotten. */
export const BRAKE_MEMORY_MS = 24 * 3_600_000

/**
 * For how long nothing more may be tried after so many failures in a row, in milliseconds: a minute after the fifth,
 * twice as long after each further one, and never more than 15 minutes, since the one who is kept waiting may be the
 * holder of the account (ASVS 5.0, 6.3.1).
 */
export function delayAfter(failures: number): number {
  if (failures < FREE_TRIES) return 0
  return Math.min(FIRST_DELAY_MS * 2 ** (failures - FREE_TRIES), LONGEST_DELAY_MS)
}

/** `delayAfter` of 1, 2, 3 and so on, up to where it grows no more. */
export const DELAYS: readonly number[] = Array.from(
  { length: FREE_TRIES + Math.ceil(Math.log2(LONGEST_DELAY_MS / FIRST_DELAY_MS)) },
  (_, index) => delayAfter(index + 1),
)

/** What became of a try that was counted before it was looked at. */
export type Attempt = { admitted: true; key: string; failures: number } | { admitted: false; until: Date }
