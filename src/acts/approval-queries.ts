import { and, eq, isNull, sql } from 'drizzle-orm'
import { staffActor } from '../audit/actions.ts'
import { audited, lastChanged } from '../audit/audit-queries.ts'
import { loadCandidatesById } from '../certifications/award-queries.ts'
import type { Database } from '../core/database.ts'
import { approvals, candidates } from '../schema.ts'
import type { Actor } from './act-write-queries.ts'
import type { NewApproval } from './approval-form.ts'

/** Gives it, and owes the candidate an evaluation; the same form sent again gives nothing again. */
export async function giveApproval(
  db: Database,
  { candidateId, submission }: { candidateId: string; submission: string },
  { approval, on, note }: NewApproval,
  { staffId, now }: Actor,
): Promise<void> {
  const event = { action: 'approval.given', actor: staffActor(staffId), candidateId } as const
  const { before, after } = audited(db, event, now)
  await db.batch([
    before,
    db
      .insert(approvals)
      .select(sql`
        SELECT NULL, id, ${approval}, ${on}, ${note}, ${staffId}, ${now.getTime()}, NULL, NULL, ${submission}
        FROM candidates WHERE id = ${candidateId} AND erased_at IS NULL`)
      .onConflictDoNothing({ target: approvals.submission }),
    oweEvaluation(db, candidateId),
    ...after,
  ])
}

/** Takes one back; one that was taken back stays as it is. */
export async function withdrawApproval(
  db: Database,
  { id, candidateId }: { id: number; candidateId: string },
  { staffId, now }: Actor,
): Promise<void> {
  const event = { action: 'approval.withdrawn', actor: staffActor(staffId), candidateId } as const
  const { before, after } = audited(db, { ...event, details: { approvalId: id } }, now)
  await db.batch([
    before,
    db
      .update(approvals)
      .set({ withdrawnBy: staffId, withdrawnAt: now })
      .where(
        and(eq(approvals.id, id), eq(approvals.candidateId, candidateId), isNull(approvals.withdrawnAt)),
      ),
    oweEvaluation(db, candidateId),
    ...after,
  ])
}

/** Right behind what changed. */
function oweEvaluation(db: Database, candidateId: string) {
  return db
    .update(candidates)
    .set({ revision: sql`${candidates.revision} + 1` })
    .where(and(eq(candidates.id, candidateId), lastChanged))
}

/** An approval of the candidate that stands, and the candidate as the rules see them. */
export async function findStandingApproval(db: Database, candidateId: string, id: number) {
  const [approval] = await db
    .select({ id: approvals.id, approval: approvals.approval, approvedOn: approvals.approvedOn })
    .from(approvals)
    .where(and(eq(approvals.id, id), eq(approvals.candidateId, candidateId), isNull(approvals.withdrawnAt)))
  if (!approval) return null
  const { rules, candidates: found } = await loadCandidatesById(db, [candidateId])
  const [candidate] = found
  return candidate ? { approval, rules, candidate } : null
}
