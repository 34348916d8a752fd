import type { CalendarDate } from '../core/calendar-date.ts'
import type { Database } from '../core/database.ts'
import { causeOf } from '../core/failure.ts'
import { loadCandidates, loadCandidatesById } from './award-queries.ts'
import { storeAwards } from './award-write-queries.ts'
import { addWrites, changesFor, noWrites } from './award-writes.ts'

/**
 * Brings the awards of up to `limit` candidates in line with their results, and answers for how many it did;
 * callers go on until it answers 0. Two database round trips, however many candidates. Throws when a random
 * number was given before: nothing was written then, and the next call draws another.
 */
export async function keepAwards(db: Database, today: CalendarDate, now: Date, limit = 200): Promise<number> {
  return keep(db, await loadCandidates(db, 'owed', limit), today, now)
}

/** More are done one part after the other. */
const CANDIDATES_AT_ONCE = 100

/** The same for these candidates alone, however many others are owed it: what staff did shows on the next page. */
async function keepAwardsOf(
  db: Database,
  candidateIds: readonly string[],
  today: CalendarDate,
  now: Date,
): Promise<void> {
  for (let start = 0; start < candidateIds.length; start += CANDIDATES_AT_ONCE) {
    const part = candidateIds.slice(start, start + CANDIDATES_AT_ONCE)
    await keep(db, await loadCandidatesById(db, part), today, now)
  }
}

/** The same after something that is done in any case: the next page is right at once, or else the tick sees to it. */
export async function tryKeepAwardsOf(
  db: Database,
  candidateIds: readonly string[],
  today: CalendarDate,
  now: Date,
): Promise<void> {
  try {
    await keepAwardsOf(db, candidateIds, today, now)
  } catch (error) {
    console.error({ message: 'awards not evaluated at once', cause: causeOf(error) })
  }
}

type Loaded = Awaited<ReturnType<typeof loadCandidates>>

/** Those who are not owed it are passed over when it is stored. */
async function keep(
  db: Database,
  { rules, programVersion, candidates }: Loaded,
  today: CalendarDate,
  now: Date,
): Promise<number> {
  const writes = noWrites(programVersion)
  for (const candidate of candidates) {
    const changes = changesFor(rules, candidate, today)
    if (changes) addWrites(writes, candidate, changes)
  }
  return writes.evaluated.length === 0 ? 0 : storeAwards(db, writes, now)
}
