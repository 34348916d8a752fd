import { and, eq, ne, sql } from 'drizzle-orm'
import { audited } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import { pendingSignIns, sessions } from '../schema.ts'
import { HANDLE_CHARACTERS } from './session-handle.ts'

/** Ends one session; false when the candidate has none of that handle. */
export async function endSession(
  db: Database,
  { candidateId, handle, device }: { candidateId: string; handle: string; device: string },
  now: Date,
): Promise<boolean> {
  const details = { device }
  const event = { action: 'session.ended', actor: 'candidate', candidateId, details } as const
  const { before, after } = audited(db, event, now)
  const [, ended] = await db.batch([
    before,
    db
      .delete(sessions)
      .where(
        and(
          eq(sessions.candidateId, candidateId),
          eq(sql`substr(${sessions.idHash}, 1, ${HANDLE_CHARACTERS})`, handle),
        ),
      )
      .returning({ idHash: sessions.idHash }),
    ...after,
  ])
  return ended.length > 0
}

/** Ends every session but this one, and every sign-in that waits for its second factor. */
export async function endOtherSessions(
  db: Database,
  { candidateId, sessionHash, device }: { candidateId: string; sessionHash: string; device: string },
  now: Date,
): Promise<void> {
  const details = { device }
  const event = { action: 'session.others-ended', actor: 'candidate', candidateId, details } as const
  const { before, after } = audited(db, event, now)
  await db.batch([
    before,
    db.delete(pendingSignIns).where(eq(pendingSignIns.candidateId, candidateId)),
    db.delete(sessions).where(and(eq(sessions.candidateId, candidateId), ne(sessions.idHash, sessionHash))),
    ...after,
  ])
}
