import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { awards, courseCompletions, results } from '../schema.ts'

export type AwardRow = Awaited<ReturnType<typeof selectAwards>>[number]

/** What is shown of an award, with its renewals as JSON, the earliest first. */
export const awardColumns = {
  id: awards.id,
  certification: awards.certification,
  awardedOn: awards.awardedOn,
  expiresOn: awards.expiresOn,
  number: awards.number,
  suspendedOn: awards.suspendedOn,
  revokedOn: awards.revokedOn,
  reason: awards.reason,
  renewals: sql<string>`(
    SELECT json_group_array(json_object('renewedOn', renewed_on, 'previousExpiresOn', previous_expires_on,
      'expiresOn', expires_on, 'reason', json(renewal.reason)) ORDER BY renewed_on, expires_on)
    FROM renewals AS renewal WHERE renewal.award_id = awards.id)`.as('renewals'),
}

/** The candidate's live awards, the earliest first. */
export function selectAwards(db: Database, candidateId: string) {
  return db
    .select(awardColumns)
    .from(awards)
    .where(and(eq(awards.candidateId, candidateId), isNull(awards.supersededBy)))
    .orderBy(asc(awards.awardedOn))
}

export const passColumns = {
  exam: results.exam,
  passedOn: results.examOn,
  resultId: results.id,
  seriesCode: results.examCode,
}

export const completionColumns = {
  id: courseCompletions.id,
  course: courseCompletions.course,
  completedOn: courseCompletions.completedOn,
  submittedOn: courseCompletions.submittedOn,
}

/** What the rules are given: passes that stand. */
export const standingPass = and(
  eq(results.delivery, 'delivered'),
  eq(results.grade, 'pass'),
  eq(results.validity, 'valid'),
)

export function selectPasses(db: Database, candidateId: string) {
  return db
    .select(passColumns)
    .from(results)
    .where(and(eq(results.candidateId, candidateId), standingPass))
}

/** And courses that count. */
export function selectCompletions(db: Database, candidateId: string) {
  return db
    .select(completionColumns)
    .from(courseCompletions)
    .where(eq(courseCompletions.candidateId, candidateId))
}

/** Everything the Status page says of a candidate: one round trip. */
export async function loadStatus(db: Database, candidateId: string) {
  const [awards, passes, completions] = await db.batch([
    selectAwards(db, candidateId),
    selectPasses(db, candidateId),
    selectCompletions(db, candidateId),
  ])
  return { awards, passes, completions }
}
