import { and, isNotNull, isNull } from 'drizzle-orm'
import type { CalendarDate } from '../core/calendar-date.ts'
import type { Database } from '../core/database.ts'
import type { OwedMail } from '../mail/outbox.ts'
import { oweMails } from '../mail/outbox-queries.ts'
import { staff } from '../schema.ts'
import { selectOpenRequests, selectWaitingDecisions, selectWaitingDeliveries } from './waiting-queries.ts'

/** What waits for staff, and who they are: one round trip. */
export async function findWaitingWork(
  db: Database,
  { until, today, now }: { until: CalendarDate; today: CalendarDate; now: Date },
) {
  const [requests, deliveries, decisions, people] = await db.batch([
    selectOpenRequests(db, now),
    selectWaitingDeliveries(db, until, today),
    selectWaitingDecisions(db),
    db
      .select({ id: staff.id, email: staff.email, role: staff.role })
      .from(staff)
      .where(and(isNotNull(staff.joinedAt), isNull(staff.removedAt))),
  ])
  const { open, overTwoDays, doubted } = requests[0]!
  return { waiting: { open, overTwoDays, doubted, ...deliveries[0]!, ...decisions[0]! }, staff: people }
}

export async function oweDigests(db: Database, mails: readonly OwedMail[], now: Date): Promise<void> {
  await oweMails(db, mails, now)
}
