import { and, isNull, sql } from 'drizzle-orm'
import { audited } from '../../audit/audit-queries.ts'
import type { Database } from '../../core/database.ts'
import { requests } from '../../schema.ts'

type Given = { id: number; candidateId: string; helped: boolean; comment: string | null }

/** Whether a request that is over helped its candidate, said once. */
export async function rateRequest(
  db: Database,
  { id, candidateId, helped, comment }: Given,
  now: Date,
): Promise<void> {
  const event = {
    action: 'request.rated',
    actor: 'candidate',
    candidateId,
    details: { requestId: id, helped },
  } as const
  const { before, after } = audited(db, event, now)
  await db.batch([
    before,
    db
      .update(requests)
      .set({ helped, helpedComment: comment, ratedAt: now })
      .where(
        and(
          sql`id = ${id} AND candidate_id = ${candidateId} AND state IN ('approved', 'refused', 'answered')`,
          isNull(requests.ratedAt),
        ),
      ),
    ...after,
  ])
}
