import { and, eq, gt, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { awards, requests } from '../schema.ts'

/** The awards of those whose name was changed after `since`, with the instant of that. */
export async function listRenamedAwards(db: Database, since: Date): Promise<{ awardId: number; at: Date }[]> {
  return db
    .select({ awardId: awards.id, at: sql`${requests.decidedAt}`.mapWith(requests.createdAt).as('at') })
    .from(requests)
    .innerJoin(awards, eq(awards.candidateId, requests.candidateId))
    .where(
      and(gt(requests.decidedAt, since), eq(requests.kind, 'name_change'), eq(requests.state, 'approved')),
    )
}
