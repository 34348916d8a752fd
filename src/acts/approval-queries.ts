import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { staffActor } from '../audit/actions.ts'
import { audited, lastChanged } from '../audit/audit-queries.ts'
import { readCandidates, selectCandidates } from '../certifications/candidate-record-queries.ts'
import { selectMergedInto, selectName } from '../console/candidate-queries.ts'
import type { Database } from '../core/database.ts'
import type { ToldChange } from '../mail/outbox.ts'
import { oweMails } from '../mail/outbox-queries.ts'
import { approvals, candidates } from '../schema.ts'
import type { Actor } from './act-write-queries.ts'
import type { NewApproval } from './approval-form.ts'

/** On the understanding that the candidate has not changed since this revision. */
type Whose = { candidateId: string; revision: number }

/**
 * Gives it, and owes the candidate an evaluation. False where the candidate has changed since, or the form was sent before:
 * then nothing happens.
 */
export async function giveApproval(
  db: Database,
  { candidateId, revision, submission }: Whose & { submission: string },
  { approval, on, note }: NewApproval,
  { staffId, now }: Actor,
): Promise<boolean> {
  const event = { action: 'approval.given', actor: staffActor(staffId), candidateId } as const
  const { before, after } = audited(db, { ...event, details: { approval, approvedOn: on } }, now)
  const [, given] = await db.batch([
    before,
    db
      .insert(approvals)
      .select(sql`
        SELECT NULL, id, ${approval}, ${on}, ${note}, ${staffId}, ${now.getTime()}, NULL, NULL, ${submission}, NULL
        FROM candidates WHERE id = ${candidateId} AND revision = ${revision} AND erased_at IS NULL`)
      .onConflictDoNothing({ target: approvals.submission })
      .returning({ id: approvals.id }),
    oweEvaluation(db, candidateId),
    ...after,
  ])
  return (given as unknown[]).length === 1
}

type Withdrawal = Whose & {
  approval: StandingApproval
  reason: string
  hasAddress: boolean
  /** How the candidate's certifications change with it. */
  changes: ToldChange[]
}

/** Takes one back, and tells the candidate. False where it was taken back, or the candidate has changed since. */
export async function withdrawApproval(
  db: Database,
  { candidateId, revision, approval, reason, hasAddress, changes }: Withdrawal,
  { staffId, now }: Actor,
): Promise<boolean> {
  const { id, approvedOn, submission } = approval
  const event = { action: 'approval.withdrawn', actor: staffActor(staffId), candidateId } as const
  const { before, after } = audited(db, { ...event, details: { approvalId: id } }, now)
  const payload = { approval: approval.approval, approvedOn, reason, changes }
  const dedupeKey = `approval_withdrawn/${submission}`
  const mails = hasAddress
    ? [{ dedupeKey, candidateId, template: 'approval_withdrawn' as const, payload }]
    : []
  const isWithdrawn = sql`EXISTS (
    SELECT 1 FROM approvals WHERE id = ${id} AND withdrawn_by = ${staffId} AND withdrawn_at = ${now.getTime()})`
  const [, withdrawn] = await db.batch([
    before,
    db
      .update(approvals)
      .set({ withdrawnBy: staffId, withdrawnAt: now, withdrawalReason: reason })
      .where(
        and(
          eq(approvals.id, id),
          eq(approvals.candidateId, candidateId),
          isNull(approvals.withdrawnAt),
          isAtRevision(candidateId, revision),
        ),
      )
      .returning({ id: approvals.id }),
    oweEvaluation(db, candidateId),
    ...after,
    oweMails(db, mails, now, isWithdrawn),
  ])
  return (withdrawn as unknown[]).length === 1
}

function isAtRevision(candidateId: string, revision: number): SQL {
  return sql`EXISTS (SELECT 1 FROM candidates WHERE id = ${candidateId} AND revision = ${revision})`
}

/** Right behind what changed. */
function oweEvaluation(db: Database, candidateId: string) {
  return db
    .update(candidates)
    .set({ revision: sql`${candidates.revision} + 1` })
    .where(and(eq(candidates.id, candidateId), lastChanged))
}

export type StandingApproval = {
  id: number
  approval: string
  approvedOn: string
  submission: string
}

/** Who an approval is about to be given to, as the rules see them, and what this form gave before: one round trip. */
export async function findApprovable(db: Database, candidateId: string, submission: string) {
  const [[person], [merged], given, ...read] = await db.batch([
    selectName(db, candidateId),
    selectMergedInto(db, candidateId),
    db.select({ id: approvals.id }).from(approvals).where(eq(approvals.submission, submission)),
    ...selectCandidates(db, { idsJson: JSON.stringify([candidateId]) }, 1),
  ])
  const { rules, candidates: found } = readCandidates(read)
  const [candidate] = found
  if (person && candidate) return { person, rules, candidate, isGiven: given.length > 0 }
  return merged ?? null
}

/** An approval of the candidate, and the candidate as the rules see them: one round trip. */
export async function findGivenApproval(db: Database, candidateId: string, id: number) {
  const [[approval], ...read] = await db.batch([
    db
      .select({
        id: approvals.id,
        approval: approvals.approval,
        approvedOn: approvals.approvedOn,
        submission: approvals.submission,
        withdrawnAt: approvals.withdrawnAt,
      })
      .from(approvals)
      .where(and(eq(approvals.id, id), eq(approvals.candidateId, candidateId))),
    ...selectCandidates(db, { idsJson: JSON.stringify([candidateId]) }, 1),
  ])
  const { rules, candidates: found } = readCandidates(read)
  const [candidate] = found
  return approval && candidate ? { approval, rules, candidate } : null
}
