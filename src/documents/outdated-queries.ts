import { and, eq, gt, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { awardActs, awards, requests } from '../schema.ts'

/** The awards whose holder's name or whose dates the staff changed after `since`, with the instant of that. */
export async function listOutdatedAwards(
  db: Database,
  since: Date,
): Promise<{ awardId: number; at: Date }[]> {
  const [renamed, redated] = await Promise.all([listRenamedAwards(db, since), listRedatedAwards(db, since)])
  return [...renamed, ...redated]
}

function listRedatedAwards(db: Database, since: Date) {
  return (
    db
      .select({ awardId: awardActs.awardId, at: awardActs.doneAt })
      .from(awardActs)
      // Written out, so that the partial index is used.
      .where(and(sql`${awardActs.kind} IN ('extend', 'correct')`, gt(awardActs.doneAt, since)))
  )
}

function listRenamedAwards(db: Database, since: Date): Promise<{ awardId: number; at: Date }[]> {
  return db
    .select({ awardId: awards.id, at: sql`${requests.decidedAt}`.mapWith(requests.createdAt).as('at') })
    .from(requests)
    .innerJoin(awards, eq(awards.candidateId, requests.candidateId))
    .where(
      and(gt(requests.decidedAt, since), eq(requests.kind, 'name_change'), eq(requests.state, 'approved')),
    )
}
