import { sql } from 'drizzle-orm'
import { audited } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import { type Attempt, delayAfter } from '../sign-in/brake.ts'
import { countTry, readTry } from '../sign-in/brake-queries.ts'

/** The statements that count a try under a key of the staff's own: see countTry. */
export function countStaffTry(db: Database, key: string, now: Date) {
  return countTry(db, { account: sql`NULL`, nameKey: key, browserHash: null }, now)
}

/** Counts a try by itself, in one round trip. */
export async function takeTry(db: Database, key: string, now: Date): Promise<Attempt> {
  const { delayed, counted } = countStaffTry(db, key, now)
  return attemptOf(readTry(...(await db.batch([delayed, counted]))))
}

export function attemptOf(attempt: Attempt | null): Attempt {
  if (attempt === null) throw new Error('a try of the staff has a key, and is counted')
  return attempt
}

/** Tells the log that a delay began; `staffId` is null for a name that is nobody's. The work is the same for both. */
export async function noteStaffDelay(
  db: Database,
  { failures, staffId }: { failures: number; staffId: number | null },
  now: Date,
): Promise<void> {
  if (delayAfter(failures) === 0) return
  const details = { staffId, failures, minutes: delayAfter(failures) / 60_000 }
  const event = { action: 'staff.sign-in-delayed', actor: 'nobody', details } as const
  await db.batch(audited(db, event, now, sql`true`).after)
}
