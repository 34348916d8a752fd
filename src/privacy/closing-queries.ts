import { and, eq, isNull, sql } from 'drizzle-orm'
import { audited } from '../audit/audit-queries.ts'
import type { CalendarDate } from '../core/calendar-date.ts'
import type { Database } from '../core/database.ts'
import { candidates, mailOutbox } from '../schema.ts'
import { closingAt } from './rules.ts'

/** Begins the days of cooling off, and tells every address that may sign in. An account that closes already does so. */
export async function beginClosing(
  db: Database,
  given: { candidateId: string; keepsVerification: boolean; closesOn: CalendarDate },
  now: Date,
): Promise<void> {
  const { candidateId, keepsVerification, closesOn } = given
  const [at, closesAt] = [now.getTime(), closingAt(now)]
  const details = { keepsVerification }
  const event = { action: 'account.closing', actor: 'candidate', candidateId, details } as const
  const { before, after } = audited(db, event, now)
  const payload = JSON.stringify({ closesOn, keepsVerification })
  await db.batch([
    before,
    db
      .update(candidates)
      .set({ closesAt, closingKeepsVerification: keepsVerification })
      .where(and(eq(candidates.id, candidateId), isNull(candidates.closesAt), isNull(candidates.erasedAt))),
    ...after,
    db
      .insert(mailOutbox)
      .select(sql`
        SELECT NULL, 'closing:' || candidate_id || ':' || ${at} || ':' || normalized, 'closing_notice', candidate_id,
          address, ${payload}, 0, ${at}, ${at}, NULL, 0, NULL, NULL, NULL
        FROM candidate_emails
        WHERE candidate_id = ${candidateId} AND (verified_at IS NOT NULL OR is_primary = 1)
          AND EXISTS (
            SELECT 1 FROM candidates WHERE id = ${candidateId} AND closes_at = ${closesAt.getTime()})`)
      .onConflictDoNothing({ target: mailOutbox.dedupeKey }),
  ])
}

/** The account stays open, if its time is not up yet. */
export async function stopClosing(db: Database, candidateId: string, now: Date): Promise<void> {
  const event = { action: 'account.closing-stopped', actor: 'candidate', candidateId } as const
  const { before, after } = audited(db, event, now)
  await db.batch([
    before,
    db
      .update(candidates)
      .set({ closesAt: null, closingKeepsVerification: false })
      .where(and(eq(candidates.id, candidateId), sql`${candidates.closesAt} > ${now.getTime()}`)),
    ...after,
  ])
}
