import { and, desc, eq, isNull, ne, sql } from 'drizzle-orm'
import { staffActor } from '../audit/actions.ts'
import { audited } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import { selectClaimReview } from '../recertification/queries.ts'
import { candidates, recoveries, requestFiles, requests, staff } from '../schema.ts'
import { selectCourseStanding } from './course-standing-queries.ts'
import { selectColleagues } from './desk/assign-queries.ts'
import { selectCannedTitles } from './desk/canned-queries.ts'
import { askedFor, recordName } from './own-queries.ts'
import { withFiles } from './thread/message.ts'
import { selectAll } from './thread/thread-queries.ts'

const EARLIER_LIMIT = 20

/**
 * Everything that a reviewer needs to know of one request, or null; and an entry that they looked: one round trip.
 * `recovery` and `other` are there for requests that are about one.
 */
export async function findForReview(db: Database, id: number, staffId: number, now: Date) {
  const asking = sql`(SELECT candidate_id FROM requests WHERE id = ${id})`
  const about = (name: 'recoveryId' | 'otherId') =>
    sql`(SELECT details ->> ${sql.raw(`'${name}'`)} FROM requests WHERE id = ${id})`
  const isThere = sql`EXISTS (SELECT 1 FROM requests WHERE id = ${id})`
  const event = {
    action: 'staff.candidate-viewed',
    actor: staffActor(staffId),
    candidateId: asking,
    details: { requestId: id },
  } as const
  const { before, after } = audited(db, event, now, isThere)
  const [
    found,
    photos,
    earlier,
    recovering,
    others,
    messages,
    files,
    colleagues,
    canned,
    versions,
    passes,
    completions,
    approvals,
    acts,
    told,
    sameFiles,
    standings,
  ] = await db.batch([
    db
      .select({
        id: sql<number>`${requests.id}`.as('request_id'),
        kind: requests.kind,
        state: requests.state,
        details: requests.details,
        createdAt: sql`${requests.createdAt}`.mapWith(requests.createdAt).as('asked_at'),
        turnSince: requests.turnSince,
        assignedTo: requests.assignedTo,
        assignee: sql<string | null>`(SELECT name FROM staff WHERE staff.id = assigned_to)`.as('assignee'),
        helped: requests.helped,
        helpedComment: requests.helpedComment,
        decidedAt: requests.decidedAt,
        reason: requests.reason,
        decidedById: sql<number | null>`${requests.decidedBy}`.as('decided_by_id'),
        decidedBy: sql<string | null>`${staff.name}`.as('decider'),
        candidateId: sql<string>`${candidates.id}`.as('holder_id'),
        ...recordName,
        country: candidates.country,
        nameDecidedAt: candidates.nameDecidedAt,
      })
      .from(requests)
      .innerJoin(candidates, eq(candidates.id, requests.candidateId))
      .leftJoin(staff, eq(staff.id, requests.decidedBy))
      .where(eq(requests.id, id)),
    db
      .select({
        id: requestFiles.id,
        mediaType: requestFiles.mediaType,
        bytes: requestFiles.bytes,
        destroyAfter: requestFiles.destroyAfter,
        destroyedAt: requestFiles.destroyedAt,
      })
      .from(requestFiles)
      .where(and(eq(requestFiles.requestId, id), isNull(requestFiles.messageId))),
    db
      .select({
        id: requests.id,
        kind: requests.kind,
        state: requests.state,
        createdAt: requests.createdAt,
        reason: requests.reason,
      })
      .from(requests)
      .where(and(eq(requests.candidateId, asking), ne(requests.id, id)))
      .orderBy(desc(requests.createdAt))
      .limit(EARLIER_LIMIT),
    db
      .select({
        newAddress: recoveries.newAddress,
        askedAt: recoveries.askedAt,
        confirmedAt: recoveries.confirmedAt,
        stoppedAt: recoveries.stoppedAt,
        doneAt: recoveries.doneAt,
      })
      .from(recoveries)
      .where(and(eq(recoveries.id, about('recoveryId')), eq(recoveries.candidateId, asking))),
    db
      .select({ candidateId: candidates.id, fullName: candidates.fullName })
      .from(candidates)
      .where(eq(candidates.id, about('otherId'))),
    ...selectAll(db, id),
    selectColleagues(db),
    selectCannedTitles(db),
    ...selectClaimReview(db, id),
    selectCourseStanding(db, id),
    before,
    ...after,
  ])
  const row = found[0]
  if (!row) return null
  return {
    ...askedFor(row),
    photo: photos[0] ?? null,
    messages: withFiles(messages, files),
    colleagues,
    canned,
    earlier,
    recovery: recovering[0] ?? null,
    other: others[0] ?? null,
    /** What stands beside the claim of a course. */
    beside: {
      versions,
      events: { passes, completions, approvals, acts },
      told,
      sameFiles,
      standing: standings[0] ?? null,
    },
  }
}

export type ReviewedRequest = NonNullable<Awaited<ReturnType<typeof findForReview>>>

/** What deciding one, or writing about it, needs to know; or null. */
export async function findToDecide(db: Database, id: number) {
  const row = await db
    .select({
      id: requests.id,
      kind: requests.kind,
      state: requests.state,
      details: requests.details,
      decidedById: requests.decidedBy,
      assignedTo: requests.assignedTo,
      decidedAt: requests.decidedAt,
      candidateId: requests.candidateId,
      ...recordName,
      nameDecidedAt: candidates.nameDecidedAt,
      hasPhoto: sql`EXISTS (
        SELECT 1 FROM request_files AS file LEFT JOIN request_messages AS message ON message.id = file.message_id
        WHERE file.request_id = ${id} AND file.sealed_key IS NOT NULL AND message.staff_id IS NULL)`
        .mapWith(Boolean)
        .as('has_photo'),
      newAddress: sql<string | null>`(
        SELECT new_address FROM recoveries
        WHERE recoveries.id = details ->> 'recoveryId' AND recoveries.candidate_id = requests.candidate_id)`.as(
        'new_address',
      ),
    })
    .from(requests)
    .innerJoin(candidates, eq(candidates.id, requests.candidateId))
    .where(eq(requests.id, id))
    .get()
  return row ? askedFor(row) : null
}
