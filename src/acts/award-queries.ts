import { asc, eq, sql } from 'drizzle-orm'
import type { RecordedCandidate } from '../certifications/award-queries.ts'
import { readCandidates, selectCandidates } from '../certifications/candidate-record-queries.ts'
import { awardColumns, isActOnAward } from '../certifications/status-queries.ts'
import type { Database } from '../core/database.ts'
import { readVersions, selectVersions } from '../program/queries.ts'
import { awardActs, awards, candidateEmails, candidates, staff } from '../schema.ts'

export type AwardOfStaff = NonNullable<Awaited<ReturnType<typeof findAward>>>
export type DoneAct = AwardOfStaff['acts'][number]

/** An award, whose it is, who did what to it, and the rules that made it so: one round trip. */
export async function findAward(db: Database, id: number) {
  const [[award], acts, versions] = await db.batch([
    selectAward(db, id),
    selectActs(db, id),
    selectVersions(db),
  ])
  return award ? { award, acts, rules: readVersions(versions) } : null
}

function selectAward(db: Database, id: number) {
  return db
    .select({
      ...awardColumns,
      verificationCode: awards.verificationCode,
      supersededBy: awards.supersededBy,
      recordedAt: awards.createdAt,
      candidateId: sql<string>`${candidates.id}`.as('holder_id'),
      fullName: candidates.fullName,
      erasedAt: candidates.erasedAt,
      hasAddress: sql<number>`EXISTS (
        SELECT 1 FROM ${candidateEmails}
        WHERE ${candidateEmails.candidateId} = ${awards.candidateId} AND ${candidateEmails.isPrimary} = 1)`.as(
        'holder_has_address',
      ),
    })
    .from(awards)
    .innerJoin(candidates, eq(candidates.id, awards.candidateId))
    .where(eq(awards.id, id))
}

function selectActs(db: Database, awardId: number) {
  return db
    .select({
      kind: awardActs.kind,
      on: awardActs.effectiveOn,
      toAwardedOn: awardActs.toAwardedOn,
      toExpiresOn: awardActs.toExpiresOn,
      reason: awardActs.reason,
      doneBy: sql<string>`${staff.name}`.as('done_by_name'),
      doneAt: awardActs.doneAt,
      submission: awardActs.submission,
    })
    .from(awardActs)
    .innerJoin(staff, eq(staff.id, awardActs.doneBy))
    .innerJoin(awards, eq(awards.id, awardId))
    .where(isActOnAward)
    .orderBy(asc(awardActs.id))
}

/** An award that is about to be acted on, and the candidate as the rules see them. */
export type Acting = AwardOfStaff & { candidate: RecordedCandidate }

/** One round trip. */
export async function findActing(db: Database, id: number): Promise<Acting | null> {
  const among = sql`SELECT candidate_id FROM awards WHERE id = ${id}`
  const [[award], acts, ...read] = await db.batch([
    selectAward(db, id),
    selectActs(db, id),
    ...selectCandidates(db, { among }, 1),
  ])
  const { rules, candidates: holders } = readCandidates(read)
  const [candidate] = holders
  return award && candidate ? { award, acts, rules, candidate } : null
}
