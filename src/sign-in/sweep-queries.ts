import { lt } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { staffSessions } from '../schema.ts'
import { STAFF_IDLE_MS } from '../staff/staff-session.ts'

/** Sessions of staff that have been idle too long. */
export async function deleteIdleStaffSessions(db: Database, now: Date): Promise<void> {
  const idleSince = new Date(now.getTime() - STAFF_IDLE_MS)
  await db.delete(staffSessions).where(lt(staffSessions.lastSeenAt, idleSince))
}
