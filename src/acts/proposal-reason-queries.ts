import { sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { actProposals, awardActs } from '../schema.ts'
import type { Proposal } from './proposal-queries.ts'

/**
 * A reason is needed for as long as its proposal is open. Once that is decided, what somebody wrote about several people does
 * not outlive the account of one of them that was closed meanwhile. To stand behind the decision.
 */
export function forgetReasons(db: Database, { id, awardIds, proposedAt, submission }: Proposal) {
  const named = JSON.stringify(awardIds)
  const closed = sql`
    SELECT holder.id FROM json_each(${named}) AS named JOIN awards ON awards.id = named.value
      JOIN candidates AS holder ON holder.id = awards.candidate_id
    WHERE holder.erased_at >= ${proposedAt.getTime()}`
  return [
    db
      .update(actProposals)
      .set({ reason: '-' })
      .where(
        sql`${actProposals.id} = ${id} AND ${actProposals.decidedAt} IS NOT NULL AND EXISTS (${closed})`,
      ),
    db
      .update(awardActs)
      .set({ reason: '-' })
      .where(
        sql`${awardActs.awardId} IN (SELECT value FROM json_each(${named}))
          AND ${awardActs.submission} = ${submission} || '/' || ${awardActs.awardId}
          AND ${awardActs.candidateId} IN (${closed})`,
      ),
  ] as const
}
