import { eq } from 'drizzle-orm'
import { staffActor } from '../audit/actions.ts'
import { audited } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import { pendingSignIns, sessions } from '../schema.ts'

/** Ends every session of a candidate, and sign-ins that are half done. Told of only if there was a session. */
export async function endSessionsOf(db: Database, candidateId: string, staffId: number, now: Date) {
  const event = { action: 'staff.sessions-ended', actor: staffActor(staffId), candidateId } as const
  const { before, after } = audited(db, event, now)
  await db.batch([
    before,
    db.delete(pendingSignIns).where(eq(pendingSignIns.candidateId, candidateId)),
    db.delete(sessions).where(eq(sessions.candidateId, candidateId)),
    ...after,
  ])
}
