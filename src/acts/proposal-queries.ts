import { and, desc, eq, type SQL, sql } from 'drizzle-orm'
import { staffActor } from '../audit/actions.ts'
import { audited } from '../audit/audit-queries.ts'
import { loadCandidatesById } from '../certifications/award-queries.ts'
import type { CalendarDate } from '../core/calendar-date.ts'
import type { Database } from '../core/database.ts'
import { actProposals, awards, candidates } from '../schema.ts'
import type { Actor } from './act-write-queries.ts'
import { type BulkEffect, bulkEffect } from './bulk-effect.ts'
import type { BulkAct } from './bulk-form.ts'
import type { Numbered, PastedLine } from './bulk-lines.ts'

/** The awards that lines may mean, by the numbers and codes in them. */
export function findNumbered(db: Database, lines: readonly PastedLine[]): Promise<Numbered[]> {
  const numbers = JSON.stringify(lines.flatMap((line) => line.numbers))
  const codes = JSON.stringify(lines.flatMap(({ code }) => code ?? []))
  return db
    .select({ id: awards.id, number: awards.number, verificationCode: awards.verificationCode })
    .from(awards)
    .where(
      sql`${awards.id} IN (
        SELECT id FROM awards WHERE number IN (SELECT value FROM json_each(${numbers}))
        UNION SELECT id FROM awards WHERE verification_code IN (SELECT value FROM json_each(${codes})))`,
    )
}

/** What an act on these awards would change: two round trips. */
export async function loadBulkEffect(
  db: Database,
  awardIds: readonly number[],
  act: BulkAct,
  today: CalendarDate,
): Promise<BulkEffect> {
  const holders = await db
    .selectDistinct({ candidateId: awards.candidateId })
    .from(awards)
    .where(isOneOf(awardIds))
  const ids = holders.map(({ candidateId }) => candidateId)
  const loaded = await loadCandidatesById(db, ids)
  return bulkEffect(loaded.rules, loaded.candidates, awardIds, act, today)
}

/** Whose awards are named, for a list. */
export function listNamedAwards(db: Database, awardIds: readonly number[]) {
  return db
    .select({
      id: sql<number>`${awards.id}`.as('award_id'),
      number: awards.number,
      certification: awards.certification,
      awardedOn: awards.awardedOn,
      expiresOn: awards.expiresOn,
      suspendedOn: awards.suspendedOn,
      revokedOn: awards.revokedOn,
      emeritusOn: awards.emeritusOn,
      candidateId: sql<string>`${candidates.id}`.as('holder_id'),
      fullName: candidates.fullName,
    })
    .from(awards)
    .innerJoin(candidates, eq(candidates.id, awards.candidateId))
    .where(isOneOf(awardIds))
}

function isOneOf(awardIds: readonly number[]): SQL {
  return sql`${awards.id} IN (SELECT value FROM json_each(${JSON.stringify(awardIds)}))`
}

export type Proposal = Awaited<ReturnType<typeof listProposals>>[number]

/** The open ones first, then the latest. */
export function listProposals(db: Database, limit: number) {
  return selectProposals(db).orderBy(desc(sql`state = 'proposed'`), desc(actProposals.id)).limit(limit)
}

export async function findProposal(db: Database, id: number): Promise<Proposal | null> {
  return (await selectProposals(db).where(eq(actProposals.id, id)))[0] ?? null
}

function selectProposals(db: Database) {
  const nameOf = (column: 'proposed_by' | 'decided_by') =>
    sql`(SELECT name FROM staff WHERE staff.id = act_proposals.${sql.identifier(column)})`
  return db
    .select({
      id: actProposals.id,
      kind: actProposals.kind,
      on: actProposals.effectiveOn,
      toExpiresOn: actProposals.toExpiresOn,
      reason: actProposals.reason,
      awardIds: actProposals.awardIds,
      state: actProposals.state,
      proposedById: actProposals.proposedBy,
      proposedBy: (nameOf('proposed_by') as SQL<string>).as('proposer'),
      proposedAt: actProposals.proposedAt,
      decidedBy: (nameOf('decided_by') as SQL<string | null>).as('decider'),
      decidedAt: actProposals.decidedAt,
      submission: actProposals.submission,
    })
    .from(actProposals)
    .$dynamic()
}

/** Proposes it, and answers its number; the same form sent again is the same proposal. */
export async function insertProposal(
  db: Database,
  { kind, on, toExpiresOn, reason }: BulkAct,
  { awardIds, submission }: { awardIds: readonly number[]; submission: string },
  { staffId, now }: Actor,
): Promise<number> {
  const event = { action: 'acts.proposed', actor: staffActor(staffId) } as const
  const { before, after } = audited(db, { ...event, details: { kind, awards: awardIds.length } }, now)
  const [, , , , kept] = await db.batch([
    before,
    db
      .insert(actProposals)
      .values({
        kind,
        effectiveOn: on,
        toExpiresOn,
        reason,
        awardIds: [...awardIds],
        state: 'proposed',
        proposedBy: staffId,
        proposedAt: now,
        submission,
      })
      .onConflictDoNothing({ target: actProposals.submission }),
    ...after,
    db.select({ id: actProposals.id }).from(actProposals).where(eq(actProposals.submission, submission)),
  ])
  return kept[0]!.id
}

/** Nothing comes of it any more; one that was decided stays as it is. */
export async function dropProposal(db: Database, { id, kind }: Proposal, { staffId, now }: Actor) {
  const event = { action: 'acts.dropped', actor: staffActor(staffId) } as const
  const { before, after } = audited(db, { ...event, details: { proposalId: id, kind } }, now)
  await db.batch([
    before,
    db
      .update(actProposals)
      .set({ state: 'dropped', decidedBy: staffId, decidedAt: now })
      .where(and(eq(actProposals.id, id), eq(actProposals.state, 'proposed'))),
    ...after,
  ])
}
