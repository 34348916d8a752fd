import { eq, lt, sql } from 'drizzle-orm'
import { audited } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import { readProgram, selectProgram } from '../program/queries.ts'
import { candidates, type sessionMethods, sessions } from '../schema.ts'
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

export async function touchSession(db: Database, idHash: string, now: Date) {
  await db.update(sessions).set({ lastSeenAt: now }).where(eq(sessions.idHash, idHash))
}

/** Ends a session, and says so in the log of whose it was. */
export async function endSession(
  db: Database,
  { idHash, candidateId }: { idHash: string; candidateId: string },
  now: Date,
) {
  const { before, after } = audited(db, { action: 'session.ended', actor: 'candidate', candidateId }, now)
  await db.batch([before, db.delete(sessions).where(eq(sessions.idHash, idHash)), ...after])
}

/** Sessions that have been idle too long open nothing; a daily sweep takes them away. */
export async function deleteIdleSessions(db: Database, now: Date) {
  const idleSince = new Date(now.getTime() - SESSION_IDLE_MS)
  await db.delete(sessions).where(lt(sessions.lastSeenAt, sql`${idleSince.getTime()}`))
}
