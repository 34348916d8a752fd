import { and, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import {
  awards,
  candidateAliases,
  candidateEmails,
  candidates,
  registrations,
  requests,
  results,
} from '../schema.ts'
import { endingRequests } from './join-affairs-queries.ts'
import { mergeRecords } from './merge-queries.ts'
import type { BothRecords, Preview } from './preview.ts'

/** Which proof, and whose. */
export type OwnProof = { candidateId: string; proofId: number }

function liveProof({ candidateId, proofId }: OwnProof, now: Date): SQL {
  return sql`SELECT other_id FROM merge_proofs
    WHERE id = ${proofId} AND candidate_id = ${candidateId} AND expires_at > ${now.getTime()}`
}

/** Both records, in one round trip; null without a live proof. */
export async function loadBoth(db: Database, own: OwnProof, now: Date): Promise<BothRecords | null> {
  const other = liveProof(own, now)
  const both = sql`(SELECT ${own.candidateId} UNION ALL ${other})`
  const [others, addresses, bookings, outcomes, held, ending] = await db.batch([
    db
      .select({
        id: candidates.id,
        name: candidates.fullName,
        transcriptCount:
          sql<number>`(SELECT count(*) FROM transcripts WHERE candidate_id = candidates.id)`.as(
            'transcripts',
          ),
        passkeyCount: sql<number>`(SELECT count(*) FROM passkeys WHERE candidate_id = candidates.id)`.as(
          'passkeys',
        ),
        courseCount:
          sql<number>`(SELECT count(*) FROM course_completions WHERE candidate_id = candidates.id)`.as(
            'courses',
          ),
        requestCount: sql<number>`(SELECT count(*) FROM requests WHERE candidate_id = candidates.id)`.as(
          'requests',
        ),
        isClosing: sql<number>`EXISTS (
          SELECT 1 FROM candidates AS one
          WHERE one.id IN (${own.candidateId}, candidates.id) AND one.closes_at IS NOT NULL)`.as(
          'is_closing',
        ),
        undoUntil: sql<number | null>`(
          SELECT max(undo_until) FROM primary_changes
          WHERE candidate_id = candidates.id AND undo_until > ${now.getTime()} AND undone_at IS NULL)`.as(
          'undo_until',
        ),
      })
      .from(candidates)
      .where(inArray(candidates.id, sql`(${other})`)),
    db
      .select({
        candidateId: candidateEmails.candidateId,
        address: candidateEmails.address,
        normalized: candidateEmails.normalized,
      })
      .from(candidateEmails)
      .where(inArray(candidateEmails.candidateId, both)),
    db
      .select({
        candidateId: registrations.candidateId,
        feed: registrations.feed,
        registrationId: registrations.registrationId,
        exam: registrations.exam,
        on: registrations.appointmentOn,
        time: registrations.appointmentTime,
        state: registrations.state,
      })
      .from(registrations)
      .where(inArray(registrations.candidateId, both)),
    db
      .select({
        candidateId: results.candidateId,
        feed: results.feed,
        registrationId: results.registrationId,
        exam: results.exam,
        on: results.examOn,
        time: results.examTime,
        delivery: results.delivery,
      })
      .from(results)
      .where(inArray(results.candidateId, both)),
    db
      .select({ candidateId: awards.candidateId, certification: awards.certification })
      .from(awards)
      .where(and(inArray(awards.candidateId, both), isNull(awards.supersededBy))),
    db
      .select({ kind: requests.kind, createdAt: requests.createdAt })
      .from(requests)
      .where(endingRequests(own.candidateId, sql`(${other})`)),
  ])
  if (!others[0]) return null
  const { id, name, undoUntil, isClosing, ...counts } = others[0]
  return {
    other: { id, name },
    addresses,
    bookings,
    results: outcomes,
    awards: held,
    ...counts,
    ending,
    undoUntil: undoUntil === null ? null : new Date(undoUntil),
    isClosing: isClosing === 1,
  }
}

/** Merges what was looked at, if the proof still counts and nothing was added meanwhile that was not looked at. */
export async function mergeProved(
  db: Database,
  own: OwnProof,
  { other, seen }: Pick<Preview, 'other' | 'seen'>,
  now: Date,
): Promise<boolean> {
  const { candidateId: keptId } = own
  const countOf = (table: SQL) =>
    sql`(SELECT count(*) FROM ${table} WHERE candidate_id IN (${keptId}, ${other.id}))`
  const onlyIf = sql`${other.id} IN (${liveProof(own, now)})
    AND ${countOf(sql`registrations`)} = ${seen.bookings} AND ${countOf(sql`results`)} = ${seen.results}
    AND NOT EXISTS (
      SELECT 1 FROM primary_changes
      WHERE candidate_id = ${other.id} AND undo_until > ${now.getTime()} AND undone_at IS NULL)`
  return mergeRecords(db, { keptId, mergedId: other.id, actor: 'candidate' }, now, onlyIf)
}

/** Whether an ID leads to the candidate already: the form was sent twice. */
export async function isOwnAlias(
  db: Database,
  { candidateId, aliasId }: { candidateId: string; aliasId: string },
) {
  const found = await db
    .select({ aliasId: candidateAliases.aliasId })
    .from(candidateAliases)
    .where(and(eq(candidateAliases.aliasId, aliasId), eq(candidateAliases.candidateId, candidateId)))
  return found.length > 0
}
