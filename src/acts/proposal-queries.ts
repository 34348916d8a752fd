import { desc, eq, type SQL, sql } from 'drizzle-orm'
import { staffActor } from '../audit/actions.ts'
import { audited } from '../audit/audit-queries.ts'
import { readCandidates, selectCandidates } from '../certifications/candidate-record-queries.ts'
import type { Database } from '../core/database.ts'
import { actProposals, awards, candidates } from '../schema.ts'
import type { Actor } from './act-write-queries.ts'
import type { BulkAct } from './bulk-form.ts'
import { MOST_AWARDS, type Numbered, type PastedLine } from './bulk-lines.ts'

/** What lines may mean, by the numbers and codes in them, and whose awards those are: one round trip. */
export async function loadMeant(db: Database, lines: readonly PastedLine[]) {
  const numbers = lines.flatMap((line) => line.numbers)
  const codes = lines.flatMap(({ code }) => code ?? [])
  const meant = sql`
    SELECT id FROM awards WHERE number IN (SELECT value FROM json_each(${JSON.stringify(numbers)}))
    UNION SELECT id FROM awards WHERE verification_code IN (SELECT value FROM json_each(${JSON.stringify(codes)}))`
  const among = sql`SELECT candidate_id FROM awards WHERE id IN (${meant})`
  const [numbered, ...read] = await db.batch([
    db
      .select({ id: awards.id, number: awards.number, verificationCode: awards.verificationCode })
      .from(awards)
      .where(sql`${awards.id} IN (${meant})`),
    ...selectCandidates(db, { among }, numbers.length + codes.length),
  ])
  return { numbered: numbered satisfies Numbered[], ...readCandidates(read) }
}

/**
 * A proposal and, of one that is open, whose awards it names, as the rules see them; of one that was decided, its awards as
 * they stand: one round trip.
 */
export async function loadProposal(db: Database, id: number) {
  const named = (state: SQL) => sql`
    SELECT named.value FROM act_proposals, json_each(act_proposals.award_ids) AS named
    WHERE act_proposals.id = ${id} AND ${state}`
  const among = sql`SELECT candidate_id FROM awards WHERE id IN (${named(sql`state = 'proposed'`)})`
  const [[proposal], decided, ...read] = await db.batch([
    selectProposals(db).where(eq(actProposals.id, id)),
    selectNamedAwards(db).where(sql`${awards.id} IN (${named(sql`state <> 'proposed'`)})`),
    ...selectCandidates(db, { among }, MOST_AWARDS),
  ])
  return proposal ? { proposal, decided, ...readCandidates(read) } : null
}

/** Whose awards are named, for a list. */
export function listNamedAwards(db: Database, awardIds: readonly number[]) {
  return selectNamedAwards(db).where(
    sql`${awards.id} IN (SELECT value FROM json_each(${JSON.stringify(awardIds)}))`,
  )
}

function selectNamedAwards(db: Database) {
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
    .$dynamic()
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
