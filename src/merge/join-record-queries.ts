import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import {
  approvals,
  awardActs,
  awards,
  candidateLinks,
  courseCompletions,
  heldMails,
  quarantinedRows,
  reachedMilestones,
  registrations,
  resultReviews,
  results,
  runEffects,
  transcripts,
  vendorCandidates,
} from '../schema.ts'
import { handOver } from './held-rows-queries.ts'
import type { Joining } from './merge-queries.ts'

/** What was booked and sat; versions and sections go by the registration, whose number does not change. */
export function joinExams(db: Database, joining: Joining) {
  return [
    handOver(db, registrations, joining),
    handOver(db, results, joining),
    handOver(db, courseCompletions, joining),
    handOver(db, awardActs, joining),
    handOver(db, approvals, joining),
    handOver(db, resultReviews, joining),
    handOver(db, quarantinedRows, joining),
    handOver(db, candidateLinks, joining),
    handOver(db, vendorCandidates, joining),
  ]
}

/**
 * Of two live awards of one certification and date one stands for both, so that either code still verifies: the one
 * of the record that stays, unless a person revoked the other. What merging means for dates is for the rules to say.
 */
export function joinAwards(db: Database, joining: Joining) {
  const { keptId, mergedId, isMerging } = joining
  const twin = (candidateId: string, where: SQL = sql`true`) => sql`(
    SELECT twin.id FROM awards AS twin
    WHERE twin.candidate_id = ${candidateId} AND twin.certification = ${awards.certification}
      AND twin.awarded_on = ${awards.awardedOn} AND twin.superseded_by IS NULL AND ${where})`
  const liveOf = (candidateId: string) =>
    and(eq(awards.candidateId, candidateId), isNull(awards.supersededBy), isMerging)
  return [
    db
      .update(awards)
      .set({ supersededBy: twin(keptId) })
      .where(
        and(
          liveOf(mergedId),
          sql`${twin(keptId)} IS NOT NULL`,
          sql`(${awards.revokedOn} IS NULL OR ${twin(keptId, sql`twin.revoked_on IS NOT NULL`)} IS NOT NULL)`,
        ),
      ),
    db
      .update(awards)
      .set({ supersededBy: twin(mergedId) })
      .where(and(liveOf(keptId), sql`${twin(mergedId)} IS NOT NULL`)),
    handOver(db, awards, joining),
    // The same milestone of both is one; which day it bears is for the rules to say.
    db.delete(reachedMilestones).where(
      and(
        eq(reachedMilestones.candidateId, mergedId),
        isMerging,
        sql`${reachedMilestones.milestone} IN (
            SELECT same.milestone FROM reached_milestones AS same WHERE same.candidate_id = ${keptId})`,
      ),
    ),
    handOver(db, reachedMilestones, joining),
    // What a run did is told as it was, and its mail goes once.
    handOver(db, runEffects, joining),
    db.delete(heldMails).where(
      and(
        eq(heldMails.candidateId, mergedId),
        isMerging,
        sql`${heldMails.runId} IN (
            SELECT same.run_id FROM held_mails AS same WHERE same.candidate_id = ${keptId})`,
      ),
    ),
    handOver(db, heldMails, joining),
  ]
}

/** Links go on working: they are signed over what does not change. */
export function joinPublications(db: Database, joining: Joining) {
  const { keptId, mergedId, isMerging } = joining
  return [
    db
      .update(transcripts)
      .set({ submission: sql`lower(hex(randomblob(16)))` })
      .where(
        and(
          eq(transcripts.candidateId, mergedId),
          isMerging,
          sql`EXISTS (
            SELECT 1 FROM transcripts AS same
            WHERE same.candidate_id = ${keptId} AND same.submission = ${transcripts.submission})`,
        ),
      ),
    handOver(db, transcripts, joining),
  ]
}
