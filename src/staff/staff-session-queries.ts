import { and, eq, isNull } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { readProgram, selectProgram } from '../program/queries.ts'
import { staff, type staffSessionMethods, staffSessions } from '../schema.ts'

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

export async function insertStaffSession(db: Database, session: NewStaffSession, now: Date) {
  await db.insert(staffSessions).values({ ...session, createdAt: now, lastSeenAt: now, authenticatedAt: now })
}

export async function touchStaffSession(db: Database, idHash: string, now: Date) {
  await db.update(staffSessions).set({ lastSeenAt: now }).where(eq(staffSessions.idHash, idHash))
}
