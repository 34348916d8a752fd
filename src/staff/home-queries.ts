import { type SQL, sql } from 'drizzle-orm'
import { staffActor } from '../audit/actions.ts'
import type { CalendarDate } from '../core/calendar-date.ts'
import type { Database } from '../core/database.ts'
import { lateRegistrations, MOST_COUNTED } from '../deliveries/late-queries.ts'
import { auditLog, requests } from '../schema.ts'

/** Of one's last actions so many are looked at for sign-ins: the log is long, and the page is not about it. */
const ENTRIES_LOOKED_AT = 200
const SIGN_INS_SHOWN = 5
const TWO_DAYS_MS = 2 * 86_400_000

export type OpenRequests = { open: number; overTwoDays: number; oldestAt: number | null }
export type OwnSignIn = { at: number; method: string; device: string }

/** What of deliveries waits for somebody; of very many it is enough to know that there are more than MOST_COUNTED. */
export type WaitingDeliveries = { deliveries: number; rows: number; lateResults: number }

/**
 * Open requests by age, from the index of the queue; what waits of deliveries; and when and where one signed in lately.
 * One round trip. `until`: the last day whose sittings are late without a result.
 */
export async function findStaffHome(
  db: Database,
  staffId: number,
  { until, today, now }: { until: CalendarDate; today: CalendarDate; now: Date },
): Promise<{ requests: OpenRequests; waiting: WaitingDeliveries; signIns: OwnSignIn[] }> {
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
  const counted = (rows: SQL, name: string) => sql<number>`(SELECT count(*) FROM (${rows}))`.as(name)
  const waiting = db
    .select({
      deliveries: counted(
        sql`SELECT 1 FROM deliveries WHERE state IN ('needs_review', 'failed') AND set_aside_by IS NULL
          LIMIT ${MOST_COUNTED + 1}`,
        'waiting_deliveries',
      ),
      rows: counted(
        sql`SELECT 1 FROM quarantined_rows WHERE resolved_at IS NULL LIMIT ${MOST_COUNTED + 1}`,
        'waiting_rows',
      ),
      lateResults: counted(lateRegistrations(until, today), 'late_results'),
    })
    .from(sql`(SELECT 1)`)
  const [counts, waits, began] = await db.batch([open, waiting, signIns])
  return { requests: counts[0]!, waiting: waits[0]!, signIns: began }
}
