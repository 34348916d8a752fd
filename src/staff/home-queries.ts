import { sql } from 'drizzle-orm'
import { staffActor } from '../audit/actions.ts'
import type { Database } from '../core/database.ts'
import { auditLog, requests } from '../schema.ts'

/** Of one's last actions so many are looked at for sign-ins: the log is long, and the page is not about it. */
const ENTRIES_LOOKED_AT = 200
const SIGN_INS_SHOWN = 5
const TWO_DAYS_MS = 2 * 86_400_000

export type OpenRequests = { open: number; overTwoDays: number; oldestAt: number | null }
export type OwnSignIn = { at: number; method: string; device: string }

/** Open requests by age, from the index of the queue; and when and where one signed in lately. One round trip. */
export async function findStaffHome(
  db: Database,
  staffId: number,
  now: Date,
): Promise<{ requests: OpenRequests; signIns: OwnSignIn[] }> {
  const open = db
    .select({
      open: sql<number>`count(*)`.as('open_requests'),
      overTwoDays: sql<number>`count(*) FILTER (WHERE created_at < ${now.getTime() - TWO_DAYS_MS})`.as(
        'old_requests',
      ),
      oldestAt: sql<number | null>`min(created_at)`.as('oldest_at'),
    })
    .from(requests)
    .where(sql`state = 'open'`)
  const latest = sql`(
    SELECT at, action, details FROM ${auditLog} WHERE actor = ${staffActor(staffId)}
    ORDER BY seq DESC LIMIT ${ENTRIES_LOOKED_AT}) AS latest`
  const signIns = db
    .select({
      at: sql<number>`latest.at`.as('began_at'),
      method: sql<string>`latest.details ->> 'method'`.as('method'),
      device: sql<string>`latest.details ->> 'device'`.as('device'),
    })
    .from(latest)
    .where(sql`latest.action = 'staff.session-began'`)
    .limit(SIGN_INS_SHOWN)
  const [counts, began] = await db.batch([open, signIns])
  return { requests: counts[0]!, signIns: began }
}
