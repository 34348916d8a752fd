import { and, eq, isNull, sql } from 'drizzle-orm'
import { audited } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import { requests } from '../schema.ts'
import { destroyPhoto } from './file-queries.ts'

/** Ends a request of the candidate's own; its files are destroyed with it. What has ended stays as it is. */
export async function withdrawRequest(
  db: Database,
  { candidateId, id }: { candidateId: string; id: number },
  now: Date,
): Promise<void> {
  const event = {
    action: 'request.withdrawn',
    actor: 'candidate',
    candidateId,
    details: { requestId: id },
  } as const
  const { before, after } = audited(db, event, now)
  const isWithdrawn = sql`EXISTS (
    SELECT 1 FROM requests WHERE id = ${id} AND candidate_id = ${candidateId} AND state = 'withdrawn')`
  const photo = { requestId: id, candidateId, actor: 'candidate', why: 'withdrawn' } as const
  await db.batch([
    before,
    db
      .update(requests)
      .set({ state: 'withdrawn', decidedAt: now })
      .where(and(eq(requests.id, id), eq(requests.candidateId, candidateId), isNull(requests.decidedAt))),
    ...after,
    ...destroyPhoto(db, photo, now, isWithdrawn),
  ])
}
