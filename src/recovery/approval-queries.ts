import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { recoveries } from '../schema.ts'
import { oweRecoveryNotices } from './notice-queries.ts'
import { COOLING_OFF_MS } from './recovery-state.ts'

/**
 * What follows when staff approve a request with a photo ID, to ride in the batch of their decision, anywhere behind
 * the statement that makes the request approved: without that nothing happens. The cooling-off begins with the
 * approval, and the addresses on record are told.
 */
export function approveRecovery(db: Database, recoveryId: number, now: Date) {
  return [
    db
      .update(recoveries)
      .set({ proof: 'photo_id', effectiveAt: new Date(now.getTime() + COOLING_OFF_MS) })
      .where(
        and(
          eq(recoveries.id, recoveryId),
          isNotNull(recoveries.confirmedAt),
          isNull(recoveries.effectiveAt),
          isNull(recoveries.stoppedAt),
          isNull(recoveries.doneAt),
          sql`EXISTS (
            SELECT 1 FROM requests
            WHERE requests.candidate_id = recoveries.candidate_id AND kind = 'address_recovery'
              AND state = 'approved' AND details ->> 'recoveryId' = ${recoveryId})`,
        ),
      ),
    oweRecoveryNotices(db, recoveryId, now),
  ] as const
}
