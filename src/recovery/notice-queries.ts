import { sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { mailOutbox } from '../schema.ts'

/**
 * Owes every address that may sign in the news that a recovery is about to take effect, with a link that stops it:
 * whoever got into one of them must not be the only one to know. Once for each recovery.
 */
export function oweRecoveryNotices(db: Database, recoveryId: number, now: Date) {
  const at = now.getTime()
  return db
    .insert(mailOutbox)
    .select(sql`
      SELECT NULL, 'recovery_notice:' || recoveries.id || ':' || candidate_emails.normalized, 'recovery_notice',
        recoveries.candidate_id, candidate_emails.address,
        json_object('recoveryId', recoveries.id, 'effectiveAt', effective_at), 0, ${at}, ${at}, NULL, 0, NULL, NULL,
        NULL
      FROM recoveries JOIN candidate_emails ON candidate_emails.candidate_id = recoveries.candidate_id
      WHERE recoveries.id = ${recoveryId} AND effective_at > ${at} AND stopped_at IS NULL AND done_at IS NULL
        AND (verified_at IS NOT NULL OR is_primary = 1)`)
    .onConflictDoNothing({ target: mailOutbox.dedupeKey })
}
