import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { readVersions, selectVersions } from '../program/queries.ts'
import type { Rules } from '../program/versions.ts'
import { awards, reachedMilestones } from '../schema.ts'
import type { Events } from './evaluated-award.ts'
import { satOf, selectEventsAndFails } from './event-queries.ts'
import type { Attempt } from './retakes.ts'

export type AwardRow = Awaited<ReturnType<typeof selectAwards>>[number]

/**
 * What was done to an award: to its own row, or to that of another record which was merged into it and held the certification
 * at that time, since it counts for both.
 */
export const isActOnAward = sql`(award_acts.award_id = awards.id OR (
  award_acts.candidate_id = awards.candidate_id AND award_acts.certification = awards.certification
  AND award_acts.effective_on BETWEEN awards.awarded_on AND coalesce(awards.revoked_on, awards.expires_on, '9999-12-31')))`

/** What is shown of an award, with its renewals and what the staff did to it as JSON, the earliest first. */
export const awardColumns = {
  id: awards.id,
  certification: awards.certification,
  awardedOn: awards.awardedOn,
  expiresOn: awards.expiresOn,
  number: awards.number,
  suspendedOn: awards.suspendedOn,
  revokedOn: awards.revokedOn,
  emeritusOn: awards.emeritusOn,
  reason: awards.reason,
  renewals: sql<string>`(
    SELECT json_group_array(json_object('renewedOn', renewed_on, 'rule', rule, 'previousExpiresOn', previous_expires_on,
      'expiresOn', expires_on, 'reason', json(renewal.reason)) ORDER BY renewed_on, expires_on)
    FROM renewals AS renewal WHERE renewal.award_id = awards.id)`.as('renewals'),
  acts: sql<string>`(
    SELECT json_group_array(json_object('kind', kind, 'on', effective_on, 'toAwardedOn', to_awarded_on,
      'toExpiresOn', to_expires_on, 'reason', award_acts.reason) ORDER BY effective_on, award_acts.id)
    FROM award_acts WHERE ${isActOnAward})`.as('acts'),
}

/** The candidate's live awards, the earliest first. */
export function selectAwards(db: Database, candidateId: string) {
  return db
    .select(awardColumns)
    .from(awards)
    .where(and(eq(awards.candidateId, candidateId), isNull(awards.supersededBy)))
    .orderBy(asc(awards.awardedOn))
}

/** The rules, what a candidate holds and all that it follows from, as statements of one batch; see readRecord. */
export function selectRecord(db: Database, candidateId: string) {
  return [
    selectVersions(db),
    selectAwards(db, candidateId),
    ...selectEventsAndFails(db, candidateId),
  ] as const
}

type RecordRows = Omit<Events, 'passes'> & {
  versions: Parameters<typeof readVersions>[0]
  awards: AwardRow[]
  sat: Parameters<typeof satOf>[0]
}

/**
 * What a page about somebody's certifications is decided from; `attempts`: everything that was sat, since an exam that was
 * failed may have to be waited for.
 */
export type AwardRecord = { rules: Rules; awards: AwardRow[]; events: Events; attempts: Attempt[] }

export function readRecord({ versions, awards, sat, ...others }: RecordRows): AwardRecord {
  const { passes, attempts } = satOf(sat)
  return { rules: readVersions(versions), awards, events: { passes, ...others }, attempts }
}

export async function loadPlanner(db: Database, candidateId: string): Promise<AwardRecord> {
  const [versions, awards, sat, completions, approvals, acts] = await db.batch([
    ...selectRecord(db, candidateId),
  ])
  return readRecord({ versions, awards, sat, completions, approvals, acts })
}

/** The milestones a candidate has reached, with what counted for them, the first first. */
export function selectMilestones(db: Database, candidateId: string) {
  return db
    .select({
      milestone: reachedMilestones.milestone,
      reachedOn: reachedMilestones.reachedOn,
      certifications: sql<readonly string[]>`certifications`
        .mapWith((listed: string) => JSON.parse(listed))
        .as('counted_certifications'),
    })
    .from(reachedMilestones)
    .where(eq(reachedMilestones.candidateId, candidateId))
    .orderBy(asc(reachedMilestones.reachedOn), asc(reachedMilestones.milestone))
}

/** Everything the Status page says of a candidate: one round trip. */
export async function loadStatus(db: Database, candidateId: string) {
  const [versions, awards, sat, completions, approvals, acts, milestones] = await db.batch([
    ...selectRecord(db, candidateId),
    selectMilestones(db, candidateId),
  ])
  return { ...readRecord({ versions, awards, sat, completions, approvals, acts }), milestones }
}
