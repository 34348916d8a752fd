import { asc, eq, sql } from 'drizzle-orm'
import { loadCandidatesById, type RecordedCandidate } from '../certifications/award-queries.ts'
import { awardColumns } from '../certifications/status-queries.ts'
import type { Database } from '../core/database.ts'
import { readVersions, selectVersions } from '../program/queries.ts'
import { awardActs, awards, candidates, staff } from '../schema.ts'

export type AwardOfStaff = NonNullable<Awaited<ReturnType<typeof findAward>>>
export type DoneAct = AwardOfStaff['acts'][number]

/** An award, whose it is, who did what to it, and the rules that made it so: one round trip. */
export async function findAward(db: Database, id: number) {
  const [found, acts, versions] = await db.batch([
    db
      .select({
        ...awardColumns,
        verificationCode: awards.verificationCode,
        supersededBy: awards.supersededBy,
        recordedAt: awards.createdAt,
        candidateId: sql<string>`${candidates.id}`.as('holder_id'),
        fullName: candidates.fullName,
        erasedAt: candidates.erasedAt,
      })
      .from(awards)
      .innerJoin(candidates, eq(candidates.id, awards.candidateId))
      .where(eq(awards.id, id)),
    db
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
      .where(eq(awardActs.awardId, id))
      .orderBy(asc(awardActs.id)),
    selectVersions(db),
  ])
  const [award] = found
  return award ? { award, acts, rules: readVersions(versions) } : null
}

/** An award that is about to be acted on, and the candidate as the rules see them. */
export type Acting = AwardOfStaff & { candidate: RecordedCandidate }

/** Null, too, where the candidate was merged into another between the two questions. */
export async function findActing(db: Database, id: number): Promise<Acting | null> {
  const found = await findAward(db, id)
  if (!found) return null
  const { rules, candidates: holders } = await loadCandidatesById(db, [found.award.candidateId])
  const candidate = holders.find(({ kept }) => kept.some((award) => award.id === id))
  return candidate ? { ...found, rules, candidate } : null
}
