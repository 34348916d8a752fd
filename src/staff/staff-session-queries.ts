import { and, eq, isNull, ne, type SQL, sql } from 'drizzle-orm'
import { staffActor } from '../audit/actions.ts'
import { audited, lastChanged } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import { readProgram, selectProgram } from '../program/queries.ts'
import { staff, type staffSessionMethods, staffSessions } from '../schema.ts'
import { STAFF_IDLE_MS, STAFF_MAX_MS } from './staff-session.ts'

export type StaffSessionMethod = (typeof staffSessionMethods)[number]
export type NewStaffSession = { idHash: string; staffId: number; method: StaffSessionMethod; device: string }

/** Who of the staff a session belongs to, and the program, in one round trip. Who was removed has no session. */
export async function findStaffViewer(db: Database, sessionHash: string) {
  const viewer = db
    .select({
      staffId: staffSessions.staffId,
      createdAt: staffSessions.createdAt,
      lastSeenAt: staffSessions.lastSeenAt,
      authenticatedAt: staffSessions.authenticatedAt,
      name: staff.name,
      email: staff.email,
      role: staff.role,
    })
    .from(staffSessions)
    .innerJoin(staff, eq(staff.id, staffSessions.staffId))
    .where(and(eq(staffSessions.idHash, sessionHash), isNull(staff.removedAt)))
  const [viewers, programs] = await db.batch([viewer, selectProgram(db)])
  return { viewer: viewers[0] ?? null, program: readProgram(programs) }
}

/** Who of the staff has the address, and the program, in one round trip. */
export async function findStaffByEmail(db: Database, email: string) {
  const found = db
    .select({
      staffId: staff.id,
      name: staff.name,
      email: staff.email,
      role: staff.role,
      joinedAt: staff.joinedAt,
    })
    .from(staff)
    .where(and(eq(staff.email, email), isNull(staff.removedAt)))
  const [rows, programs] = await db.batch([found, selectProgram(db)])
  return { found: rows[0] ?? null, program: readProgram(programs) }
}

/** Somebody whom Access let in has come for the first time. */
export async function joinByAccess(db: Database, staffId: number, now: Date) {
  const actor = staffActor(staffId)
  await db.batch([
    db
      .update(staff)
      .set({ joinedAt: now })
      .where(and(eq(staff.id, staffId), isNull(staff.joinedAt), isNull(staff.removedAt))),
    ...audited(db, { action: 'staff.joined', actor, details: { staffId, method: 'access' } }, now).after,
  ])
}

export async function insertStaffSession(db: Database, session: NewStaffSession, now: Date) {
  await db.insert(staffSessions).values({ ...session, createdAt: now, lastSeenAt: now, authenticatedAt: now })
}

/**
 * What begins a session and ends the one that the same browser had, for a batch: by default only if the statement
 * right before it, which takes the proof, changed a row; and never for who has not joined or was removed meanwhile.
 */
export function beginSession(
  db: Database,
  { idHash, staffId, method, device }: NewStaffSession,
  previousIdHash: string | null,
  now: Date,
  onlyIf: SQL = lastChanged,
) {
  const at = now.getTime()
  const event = {
    action: 'staff.session-began',
    actor: staffActor(staffId),
    details: { method, device },
  } as const
  return [
    db.insert(staffSessions).select(sql`
      SELECT ${idHash}, id, ${at}, ${at}, ${at}, ${method}, ${device} FROM staff
      WHERE id = ${staffId} AND removed_at IS NULL AND joined_at IS NOT NULL AND ${onlyIf}`),
    ...audited(db, event, now).after,
    db
      .delete(staffSessions)
      .where(and(eq(staffSessions.idHash, previousIdHash ?? ''), sessionExists(idHash))),
  ] as const
}

/** True in a batch once the session has begun. */
export function sessionExists(idHash: string) {
  return sql`EXISTS (SELECT 1 FROM staff_sessions AS begun WHERE begun.id_hash = ${idHash})`
}

/** Reads whether a batch of `beginSession` did begin one; a statement for its end. */
export function selectSession(db: Database, idHash: string) {
  return db
    .select({ idHash: staffSessions.idHash })
    .from(staffSessions)
    .where(eq(staffSessions.idHash, idHash))
}

export async function touchStaffSession(db: Database, idHash: string, now: Date) {
  await db.update(staffSessions).set({ lastSeenAt: now }).where(eq(staffSessions.idHash, idHash))
}

/** Sessions of one's own that still open doors, the last used first. */
export function listOwnSessions(db: Database, staffId: number, now: Date) {
  return db
    .select({
      idHash: staffSessions.idHash,
      createdAt: staffSessions.createdAt,
      lastSeenAt: staffSessions.lastSeenAt,
      device: staffSessions.device,
      method: staffSessions.method,
    })
    .from(staffSessions)
    .where(
      and(
        eq(staffSessions.staffId, staffId),
        sql`${staffSessions.lastSeenAt} > ${now.getTime() - STAFF_IDLE_MS}`,
        sql`${staffSessions.createdAt} > ${now.getTime() - STAFF_MAX_MS}`,
      ),
    )
    .orderBy(sql`${staffSessions.lastSeenAt} DESC`)
    .limit(50)
}

/** Ends one session, if it is theirs. */
export async function endSession(db: Database, staffId: number, idHash: string, now: Date) {
  await db.batch([
    db.delete(staffSessions).where(and(eq(staffSessions.idHash, idHash), eq(staffSessions.staffId, staffId))),
    ...ended(db, staffId, now),
  ])
}

export async function endOtherSessions(db: Database, staffId: number, keptIdHash: string, now: Date) {
  await db.batch([
    db
      .delete(staffSessions)
      .where(and(eq(staffSessions.staffId, staffId), ne(staffSessions.idHash, keptIdHash))),
    ...ended(db, staffId, now),
  ])
}

function ended(db: Database, staffId: number, now: Date) {
  return audited(db, { action: 'staff.session-ended', actor: staffActor(staffId) }, now).after
}

/** Ends the session of a cookie, whoever's it is; the entry names them. */
export async function signOut(db: Database, idHash: string, now: Date) {
  const { viewer } = await findStaffViewer(db, idHash)
  if (viewer) await endSession(db, viewer.staffId, idHash, now)
  else await db.delete(staffSessions).where(eq(staffSessions.idHash, idHash))
}
