import { and, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { LINKED_TEMPLATES } from '../mail/access-link.ts'
import {
  agreementAcceptances,
  auditSubjects,
  dataExports,
  mailOutbox,
  mergeProofs,
  nameWords,
  requestFiles,
  requests,
} from '../schema.ts'
import { handOver } from './held-rows-queries.ts'
import type { Joining } from './merge-queries.ts'

/** What was asked of staff and of us, what was agreed to, and what was written down about either record. */
export function joinAffairs(db: Database, joining: Joining) {
  return [
    ...joinRequests(db, joining),
    ...joinExports(db, joining),
    ...joinWords(db, joining),
    handOver(db, auditSubjects, joining),
    db
      .delete(mergeProofs)
      .where(
        and(
          or(eq(mergeProofs.candidateId, joining.mergedId), eq(mergeProofs.otherId, joining.mergedId)),
          joining.isMerging,
        ),
      ),
  ]
}

/** Mails that carry a link are not sent any more: it would open the record that stays to an address of the other. */
export function joinMail(db: Database, joining: Joining) {
  const { mergedId, isMerging, now } = joining
  return [
    db
      .update(mailOutbox)
      .set({ givenUpAt: now, lastError: 'the record was merged' })
      .where(
        and(
          eq(mailOutbox.candidateId, mergedId),
          isNull(mailOutbox.sentAt),
          isNull(mailOutbox.givenUpAt),
          inArray(mailOutbox.template, LINKED_TEMPLATES),
          isMerging,
        ),
      ),
    handOver(db, mailOutbox, joining),
  ]
}

/**
 * Which requests end when two records become one. An open change of name goes on, unless the record that stays asks for
 * one, too; so does a course, unless it has sent in the same; and so do questions. Other open requests of the record that
 * leaves have no object any more.
 */
export function endingRequests(keptId: string, mergedId: string | SQL): SQL {
  return sql`requests.candidate_id = ${mergedId} AND requests.decided_at IS NULL AND (
    requests.kind IN ('address_recovery', 'merge_conflict') OR EXISTS (
      SELECT 1 FROM requests AS same
      WHERE same.candidate_id = ${keptId} AND same.kind = requests.kind AND (
        (same.kind = 'name_change' AND same.decided_at IS NULL)
        OR (same.kind = 'course_completion' AND same.state IN ('open', 'waiting', 'approved')
          AND same.details ->> 'course' = requests.details ->> 'course'
          AND same.details ->> 'completedOn' = requests.details ->> 'completedOn'))))`
}

/** Files of what ends are destroyed. */
function joinRequests(db: Database, joining: Joining) {
  const { keptId, mergedId, isMerging, now } = joining
  const ends = endingRequests(keptId, mergedId)
  return [
    db
      .update(requestFiles)
      .set({ sealedKey: null, destroyedAt: now })
      .where(
        and(
          isNull(requestFiles.destroyedAt),
          isMerging,
          sql`${requestFiles.requestId} IN (SELECT id FROM requests WHERE ${ends})`,
        ),
      ),
    db
      .update(requests)
      .set({ state: 'withdrawn', decidedAt: now })
      .where(and(sql`${requests.id} IN (SELECT id FROM requests WHERE ${ends})`, isMerging)),
    db
      .update(requests)
      .set({ submission: sql`lower(hex(randomblob(16)))` })
      .where(
        and(
          eq(requests.candidateId, mergedId),
          isMerging,
          sql`EXISTS (
            SELECT 1 FROM requests AS same
            WHERE same.candidate_id = ${keptId} AND same.submission = ${requests.submission})`,
        ),
      ),
    handOver(db, requests, joining),
  ]
}

/** Of two copies of one's data that are being made only the one of the record that stays is finished. */
function joinExports(db: Database, joining: Joining) {
  const { keptId, mergedId, isMerging, now } = joining
  return [
    db
      .update(dataExports)
      .set({ goneAt: now })
      .where(
        and(
          eq(dataExports.candidateId, mergedId),
          isNull(dataExports.readyAt),
          isNull(dataExports.goneAt),
          isMerging,
          sql`EXISTS (
            SELECT 1 FROM data_exports AS pending
            WHERE pending.candidate_id = ${keptId} AND pending.ready_at IS NULL AND pending.gone_at IS NULL)`,
        ),
      ),
    handOver(db, dataExports, joining),
  ]
}

/** Versions of the agreement and words of the name: once each. Search goes on finding the record by either name. */
function joinWords(db: Database, joining: Joining) {
  const { keptId, mergedId, isMerging } = joining
  return [
    db.delete(agreementAcceptances).where(
      and(
        eq(agreementAcceptances.candidateId, mergedId),
        isMerging,
        sql`${agreementAcceptances.version} IN (
            SELECT version FROM agreement_acceptances WHERE candidate_id = ${keptId})`,
      ),
    ),
    handOver(db, agreementAcceptances, joining),
    db
      .delete(nameWords)
      .where(
        and(
          eq(nameWords.candidateId, mergedId),
          isMerging,
          sql`${nameWords.word} IN (SELECT word FROM name_words WHERE candidate_id = ${keptId})`,
        ),
      ),
    handOver(db, nameWords, joining),
  ]
}
