import { and, eq, exists, lt, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { readProgram, selectProgram } from '../program/queries.ts'
import { candidates, passwords, type sessionMethods, sessions } from '../schema.ts'
import { SESSION_IDLE_MS } from './session.ts'

export type SessionMethod = (typeof sessionMethods)[number]

/** Who a session belongs to, and the program, in one round trip. */
export async function findViewer(db: Database, sessionHash: string) {
  const viewer = db
    .select({
      candidateId: sessions.candidateId,
      createdAt: sessions.createdAt,
      lastSeenAt: sessions.lastSeenAt,
      authenticatedAt: sessions.authenticatedAt,
      agreedVersion: candidates.agreedVersion,
      closesAt: candidates.closesAt,
      name: candidates.fullName,
      locale: candidates.locale,
      timeZone: candidates.timeZone,
    })
    .from(sessions)
    .innerJoin(candidates, eq(candidates.id, sessions.candidateId))
    .where(eq(sessions.idHash, sessionHash))
  const [viewers, programs] = await db.batch([viewer, selectProgram(db)])
  return { viewer: viewers[0] ?? null, program: readProgram(programs) }
}

/** A session about to begin: whose, how they proved it, and from where. */
export type NewSession = { idHash: string; candidateId: string; method: SessionMethod; device: string }

export async function insertSession(db: Database, session: NewSession, now: Date) {
  await db.insert(sessions).values({ ...session, createdAt: now, lastSeenAt: now, authenticatedAt: now })
}

/**
 * Begins a session and ends the one that the same browser had, if any: a session id never outlives a sign-in.
 * Unless the password was changed while it was being checked: a new one ends every session of the old.
 */
export async function replaceSession(
  db: Database,
  previousIdHash: string | null,
  { idHash, candidateId, method, device, encoded }: NewSession & { encoded: string },
  now: Date,
): Promise<boolean> {
  const at = now.getTime()
  const stillKept = and(eq(passwords.candidateId, candidateId), eq(passwords.encoded, encoded))
  const [, begun] = await db.batch([
    db
      .delete(sessions)
      .where(
        and(
          eq(sessions.idHash, previousIdHash ?? ''),
          exists(db.select({ kept: sql`1` }).from(passwords).where(stillKept)),
        ),
      ),
    db
      .insert(sessions)
      .select(
        sql`SELECT ${idHash}, candidate_id, ${at}, ${at}, ${at}, ${method}, ${device} FROM passwords WHERE ${stillKept}`,
      )
      .returning({ idHash: sessions.idHash }),
  ])
  return begun.length === 1
}

export async function touchSession(db: Database, idHash: string, now: Date) {
  await db.update(sessions).set({ lastSeenAt: now }).where(eq(sessions.idHash, idHash))
}

export async function deleteSession(db: Database, idHash: string) {
  await db.delete(sessions).where(eq(sessions.idHash, idHash))
}

/** Sessions that have been idle too long open nothing; a daily sweep takes them away. */
export async function deleteIdleSessions(db: Database, now: Date) {
  const idleSince = new Date(now.getTime() - SESSION_IDLE_MS)
  await db.delete(sessions).where(lt(sessions.lastSeenAt, sql`${idleSince.getTime()}`))
}
