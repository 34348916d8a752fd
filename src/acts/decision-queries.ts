import { and, eq, ne, sql } from 'drizzle-orm'
import { staffActor } from '../audit/actions.ts'
import { audited, lastChanged } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import { actProposals } from '../schema.ts'
import { type ActedAward, type Actor, actStatements } from './act-write-queries.ts'
import { actOf } from './bulk-form.ts'
import type { Proposal } from './proposal-queries.ts'
import { forgetReasons } from './proposal-reason-queries.ts'

/**
 * Does what was proposed to all of the awards or to none. False where it is not open any more, one of the candidates has
 * changed since they were looked at, or the one who confirms is the one who proposed: two people are needed.
 */
export async function confirmProposal(
  db: Database,
  proposal: Proposal,
  acted: readonly ActedAward[],
  by: Actor,
): Promise<boolean> {
  const { id, kind } = proposal
  const { staffId, now } = by
  const event = { action: 'acts.confirmed', actor: staffActor(staffId) } as const
  const details = { proposalId: id, kind, awards: acted.length }
  const own = audited(db, { ...event, details }, now)
  const { before, statements, mails } = actStatements(db, actOf(proposal), acted, by, lastChanged)
  const [, , confirmed] = await db.batch([
    before,
    own.before,
    db
      .update(actProposals)
      .set({ state: 'confirmed', decidedBy: staffId, decidedAt: now })
      .where(
        and(
          eq(actProposals.id, id),
          eq(actProposals.state, 'proposed'),
          ne(actProposals.proposedBy, staffId),
          areAsSeen(acted),
        ),
      )
      .returning({ id: actProposals.id }),
    ...statements,
    ...own.after,
    ...mails,
    ...forgetReasons(db, proposal),
  ])
  return (confirmed as unknown[]).length === 1
}

function areAsSeen(acted: readonly ActedAward[]) {
  const rows = acted.map(({ awardId, candidateId, revision }) => ({ awardId, candidateId, revision }))
  return sql`NOT EXISTS (
    SELECT 1 FROM json_each(${JSON.stringify(rows)}) AS seen
    WHERE NOT EXISTS (
      SELECT 1 FROM awards AS award JOIN candidates AS holder ON holder.id = award.candidate_id
      WHERE award.id = seen.value ->> 'awardId' AND award.superseded_by IS NULL
        AND holder.id = seen.value ->> 'candidateId' AND holder.revision = seen.value ->> 'revision'))`
}

/** Nothing comes of it any more; one that was decided stays as it is. */
export async function dropProposal(db: Database, proposal: Proposal, { staffId, now }: Actor) {
  const { id, kind } = proposal
  const event = { action: 'acts.dropped', actor: staffActor(staffId) } as const
  const { before, after } = audited(db, { ...event, details: { proposalId: id, kind } }, now)
  await db.batch([
    before,
    db
      .update(actProposals)
      .set({ state: 'dropped', decidedBy: staffId, decidedAt: now })
      .where(and(eq(actProposals.id, id), eq(actProposals.state, 'proposed'))),
    ...after,
    ...forgetReasons(db, proposal),
  ])
}
