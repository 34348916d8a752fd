import { and, eq, sql } from 'drizzle-orm'
import { audited } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import { candidates, mailOutbox } from '../schema.ts'
import { REVIEW_AFTER_MS } from './review.ts'

/** Far below what one statement may take; the next day goes on. */
const REMINDERS_PER_RUN = 2000

/** The candidate says that all of it is right. */
export async function confirmProfile(db: Database, candidateId: string, now: Date): Promise<void> {
  const event = { action: 'profile.reviewed', actor: 'candidate', candidateId } as const
  const { before, after } = audited(db, event, now)
  await db.batch([
    before,
    db.update(candidates).set({ reviewedAt: now }).where(eq(candidates.id, candidateId)),
    ...after,
  ])
}

/**
 * Owes a reminder to those who have used their account, and neither looked nor were reminded for a year. Both
 * statements ask for the same people; the second ends that. Answers how many were reminded.
 */
export async function oweReminders(db: Database, now: Date): Promise<number> {
  const at = now.getTime()
  const year = now.getUTCFullYear()
  // Written as in candidates_review_idx, so that the index is used.
  const lastSeen = sql`max(coalesce(reviewed_at, created_at), coalesce(reminded_at, 0))`
  const due = sql`
    SELECT id FROM candidates
    WHERE ${lastSeen} <= ${at - REVIEW_AFTER_MS} AND erased_at IS NULL AND closes_at IS NULL
      AND EXISTS (
        SELECT 1 FROM candidate_emails AS email
        WHERE email.candidate_id = candidates.id AND email.is_primary = 1 AND email.verified_at IS NOT NULL)
    ORDER BY ${lastSeen} LIMIT ${REMINDERS_PER_RUN}`
  const [, reminded] = await db.batch([
    db
      .insert(mailOutbox)
      .select(sql`
        SELECT NULL, 'review:' || id || ':' || ${year}, 'review_reminder', id, NULL,
          json_object('year', ${year}), 0, ${at}, ${at}, NULL, 0, NULL, NULL, NULL
        FROM (${due}) WHERE true`)
      .onConflictDoNothing({ target: mailOutbox.dedupeKey }),
    db
      .update(candidates)
      .set({ remindedAt: now })
      .where(and(sql`${candidates.id} IN (${due})`))
      .returning({ id: candidates.id }),
  ])
  return reminded.length
}
