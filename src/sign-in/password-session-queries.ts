import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { pendingSignIns } from '../schema.ts'
import { type Beginning, beginSession } from './begin-session-queries.ts'
import { uncountTry } from './brake-queries.ts'
import { PENDING_MS } from './pending.ts'

/** The password that was looked at is still the one kept. Encoding the same one anew does not change when it was set. */
export function passwordStands({ candidateId, setAt }: { candidateId: string; setAt: number }): SQL {
  return sql`EXISTS (
    SELECT 1 FROM passwords WHERE passwords.candidate_id = ${candidateId} AND passwords.set_at = ${setAt})`
}

/** Begins a session after a right password, unless it was replaced while it was being checked. */
export async function beginByPassword(
  db: Database,
  beginning: Beginning & { setAt: number },
  now: Date,
): Promise<boolean> {
  const { before, begin, after } = beginSession(db, beginning, passwordStands(beginning), now)
  const [, begun] = await db.batch([before, begin, ...after])
  return begun.length === 1
}

/** Keeps that the password was right, until the code comes. */
export async function awaitCode(
  db: Database,
  given: {
    idHash: string
    candidateId: string
    setAt: number
    returnTo: string
    tried: { key: string; failures: number }
  },
  now: Date,
): Promise<boolean> {
  const [awaited] = await db.batch([
    insertPending(db, given, passwordStands(given), now),
    uncountTry(db, given.tried),
  ])
  return awaited.length === 1
}

/** The half of a sign-in that is done, as a statement for a batch. */
export function insertPending(
  db: Database,
  { idHash, candidateId, returnTo }: { idHash: string; candidateId: string; returnTo: string },
  onlyIf: SQL,
  now: Date,
) {
  const at = now.getTime()
  return db
    .insert(pendingSignIns)
    .select(
      sql`SELECT ${idHash}, ${candidateId}, NULL, ${returnTo}, ${at}, ${at + PENDING_MS} WHERE ${onlyIf}`,
    )
    .returning({ idHash: pendingSignIns.idHash })
}
