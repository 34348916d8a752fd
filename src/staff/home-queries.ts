import { sql } from 'drizzle-orm'
import { staffActor } from '../audit/actions.ts'
import type { CalendarDate } from '../core/calendar-date.ts'
import type { Database } from '../core/database.ts'
import { auditLog } from '../schema.ts'
import {
  type OpenRequests,
  selectOpenRequests,
  selectWaitingDecisions,
  selectWaitingDeliveries,
  type WaitingDecisions,
  type WaitingDeliveries,
} from './waiting-queries.ts'

/** Of one's last actions so many are looked at for sign-ins: the log is long, and the page is not about it. */
const ENTRIES_LOOKED_AT = 200
const SIGN_INS_SHOWN = 5

export type OwnSignIn = { at: number; method: string; device: string }

/**
 * Open requests by age, from the index of the queue; what waits of deliveries and for a decision; and when and where one
 * signed in lately. One round trip. `until`: the last day whose sittings are late without a result.
 */
export async function findStaffHome(
  db: Database,
  staffId: number,
  { until, today, now }: { until: CalendarDate; today: CalendarDate; now: Date },
): Promise<{
  requests: OpenRequests
  waiting: WaitingDeliveries
  decisions: WaitingDecisions
  signIns: OwnSignIn[]
}> {
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
  const [counts, waits, decisions, began] = await db.batch([
    selectOpenRequests(db, now),
    selectWaitingDeliveries(db, until, today),
    selectWaitingDecisions(db),
    signIns,
  ])
  return { requests: counts[0]!, waiting: waits[0]!, decisions: decisions[0]!, signIns: began }
}
