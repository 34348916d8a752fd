import type { CalendarDate } from '../core/calendar-date.ts'
import type { Database } from '../core/database.ts'
import { loadCandidates } from './award-queries.ts'
import { storeAwards } from './award-write-queries.ts'
import { addWrites, changesFor, noWrites } from './award-writes.ts'

/**
 * Brings the awards of up to `limit` candidates in line with their results, and answers for how many it did;
 * callers go on until it answers 0. Two database round trips, however many candidates. Throws when a random
 * number was given before: nothing was written then, and the next call draws another.
 */
export async function keepAwards(db: Database, today: CalendarDate, now: Date, limit = 200): Promise<number> {
  const { rules, candidates } = await loadCandidates(db, 'owed', limit)
  const writes = noWrites()
  for (const candidate of candidates) {
    const changes = changesFor(rules, candidate, today)
    if (changes) addWrites(writes, candidate, changes)
  }
  return writes.evaluated.length === 0 ? 0 : storeAwards(db, writes, now)
}
