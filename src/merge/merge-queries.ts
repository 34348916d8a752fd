import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { BatchItem } from 'drizzle-orm/batch'
import type { Actor } from '../audit/actions.ts'
import { audited } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import { candidateAliases, candidates } from '../schema.ts'
import { joinAddresses, joinWaysIn } from './join-account-queries.ts'
import { joinAffairs, joinMail } from './join-affairs-queries.ts'
import { joinAwards, joinExams, joinPublications } from './join-record-queries.ts'

/** Two records of one person: the one that stays, with its name and profile, and the one whose ID becomes another name for it. */
export type Merge = { keptId: string; mergedId: string; actor: Actor }

/** What a statement of a merge needs to know: whose rows go where, and whether they go at all. */
export type Joining = { keptId: string; mergedId: string; isMerging: SQL; now: Date }

/**
 * All that merging two records takes, for a batch: nothing of it happens unless `onlyIf` holds and both records are
 * still there and neither is about to close, and a second time nothing happens either. The last statement answers one row if the records are merged
 * by `now`'s batch or were before, and none if not.
 *
 * `onlyIf` is asked once, by the first statement, so it may look at what earlier statements of the batch wrote: staff
 * who approve a request put the decision first and pass `onlyIf: sql\`EXISTS (SELECT 1 FROM requests WHERE id = …
 * AND state = 'approved')\``. Whoever merges calls keepAwards afterwards, or leaves that to the next tick.
 */
export function mergeStatements(
  db: Database,
  { keptId, mergedId, actor }: Merge,
  now: Date,
  onlyIf: SQL,
): BatchItem<'sqlite'>[] {
  const isMerging = sql`EXISTS (
    SELECT 1 FROM candidate_aliases AS joined JOIN candidates AS leaving ON leaving.id = joined.alias_id
    WHERE joined.alias_id = ${mergedId} AND joined.candidate_id = ${keptId})`
  const joining: Joining = { keptId, mergedId, isMerging, now }
  const { before, after } = audited(db, { action: 'merge.done', actor, candidateId: keptId }, now)

  return [
    beginMerge(db, joining, onlyIf),
    ...joinAddresses(db, joining),
    ...joinWaysIn(db, joining),
    ...joinExams(db, joining),
    ...joinAwards(db, joining),
    ...joinPublications(db, joining),
    ...joinAffairs(db, joining),
    ...joinMail(db, joining),
    db
      .update(candidateAliases)
      .set({ candidateId: keptId })
      .where(and(eq(candidateAliases.candidateId, mergedId), isMerging)),
    before,
    db
      .update(candidates)
      .set({ revision: sql`${candidates.revision} + 1` })
      .where(and(eq(candidates.id, keptId), isMerging)),
    db.delete(candidates).where(and(eq(candidates.id, mergedId), isMerging)),
    ...after,
    db
      .select({ aliasId: candidateAliases.aliasId })
      .from(candidateAliases)
      .where(and(eq(candidateAliases.aliasId, mergedId), eq(candidateAliases.candidateId, keptId))),
  ]
}

/** Merges two records in one batch, and answers whether they are one now. */
export async function mergeRecords(db: Database, merge: Merge, now: Date, onlyIf: SQL): Promise<boolean> {
  const statements = mergeStatements(db, merge, now, onlyIf)
  const answers = await db.batch(statements as [BatchItem<'sqlite'>])
  return ((answers as unknown[][]).at(-1) ?? []).length === 1
}

/** The alias is what the other statements go by; the ID is never free for another candidate again. */
function beginMerge(db: Database, { keptId, mergedId, now }: Joining, onlyIf: SQL) {
  return db.insert(candidateAliases).select(sql`
    SELECT leaving.id, staying.id, leaving.full_name, ${now.getTime()}
    FROM candidates AS leaving CROSS JOIN candidates AS staying
    WHERE leaving.id = ${mergedId} AND staying.id = ${keptId} AND leaving.id <> staying.id
      AND leaving.erased_at IS NULL AND staying.erased_at IS NULL
      AND leaving.closes_at IS NULL AND staying.closes_at IS NULL AND ${onlyIf}`)
}
