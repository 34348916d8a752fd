import { sql } from 'drizzle-orm'
import { staffActor } from '../audit/actions.ts'
import type { Database } from '../core/database.ts'
import { mergeStatements } from '../merge/merge-queries.ts'
import { approveRecovery } from '../recovery/approval-queries.ts'
import type { Effects } from './decide-queries.ts'

type Decided = { id: number; candidateId: string }

/** The cooling-off of a lost address begins, unless the holder stopped it or the new address was never confirmed. */
export function letRecover(db: Database, { candidateId }: Decided, recoveryId: number, now: Date): Effects {
  return {
    statements: approveRecovery(db, recoveryId, now),
    isPossible: sql`EXISTS (
      SELECT 1 FROM recoveries
      WHERE id = ${recoveryId} AND candidate_id = ${candidateId} AND confirmed_at IS NOT NULL AND effective_at IS NULL
        AND stopped_at IS NULL AND done_at IS NULL)`,
  }
}

/**
 * The other record is merged into the one whose candidate asked; what it earns together follows with the next tick.
 * Not while an old address of the other may take a change of the primary one back: that way back would be lost.
 */
export function joinRecords(
  db: Database,
  { id, candidateId }: Decided,
  otherId: string,
  staffId: number,
  now: Date,
): Effects {
  const isApproved = sql`EXISTS (SELECT 1 FROM requests WHERE id = ${id} AND state = 'approved')`
  const merge = { keptId: candidateId, mergedId: otherId, actor: staffActor(staffId) }
  return {
    statements: mergeStatements(db, merge, now, isApproved),
    isPossible: sql`(
      SELECT count(*) FROM candidates
      WHERE id IN (${candidateId}, ${otherId}) AND erased_at IS NULL AND closes_at IS NULL) = 2
      AND NOT EXISTS (
        SELECT 1 FROM primary_changes
        WHERE candidate_id = ${otherId} AND undo_until > ${now.getTime()} AND undone_at IS NULL)`,
  }
}
