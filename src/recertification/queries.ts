import { and, asc, desc, eq, inArray, isNotNull, ne, or, type SQL, sql } from 'drizzle-orm'
import { selectEvents } from '../certifications/event-queries.ts'
import { readRecord, selectRecord } from '../certifications/status-queries.ts'
import type { Database } from '../core/database.ts'
import { selectVersions } from '../program/queries.ts'
import type { Effects } from '../requests/decide-queries.ts'
import { askedFor } from '../requests/own-queries.ts'
import { candidates, courseCompletions, requestFiles, requests } from '../schema.ts'

/** More than anybody sends; older ones are seen under Requests. */
const HISTORY_LIMIT = 50
const DUPLICATES_LIMIT = 20

const toldColumns = {
  course: courseCompletions.course,
  completedOn: courseCompletions.completedOn,
  validity: courseCompletions.validity,
  createdAt: courseCompletions.createdAt,
}

/** What the page of a candidate is made of: what they hold, sent in and were told to have completed; one round trip. */
export async function loadAttendance(db: Database, candidateId: string) {
  const [versions, awards, sat, completions, approvals, acts, sent, told] = await db.batch([
    ...selectRecord(db, candidateId),
    db
      .select({
        id: requests.id,
        kind: requests.kind,
        state: requests.state,
        details: requests.details,
        createdAt: requests.createdAt,
        decidedAt: requests.decidedAt,
        isTakenBack: sql`EXISTS (
          SELECT 1 FROM course_completions WHERE request_id = requests.id AND taken_back_at IS NOT NULL)`
          .mapWith(Boolean)
          .as('is_taken_back'),
      })
      .from(requests)
      .where(and(eq(requests.candidateId, candidateId), eq(requests.kind, 'course_completion')))
      .orderBy(desc(requests.createdAt), desc(requests.id))
      .limit(HISTORY_LIMIT),
    db
      .select(toldColumns)
      .from(courseCompletions)
      .where(and(eq(courseCompletions.candidateId, candidateId), isNotNull(courseCompletions.feed)))
      .orderBy(desc(courseCompletions.id))
      .limit(HISTORY_LIMIT),
  ])
  const record = readRecord({ versions, awards, sat, completions, approvals, acts })
  return { ...record, told, sent: sent.map(askedFor).filter(isAttendance) }
}

type Sent = ReturnType<typeof askedFor<{ kind: unknown; details: unknown }>>

function isAttendance<Row extends Sent>(row: Row): row is Row & { kind: 'course_completion' } {
  return row.kind === 'course_completion'
}

type Claim = { candidateId: string; course: string; completedOn: string }

/** The request that this form made, or one for the same course on the same day that is open or was approved. */
export async function findSameClaim(
  db: Database,
  { candidateId, submission, course, completedOn }: Claim & { submission: string },
): Promise<{ id: number } | null> {
  const isSameForm = eq(requests.submission, submission)
  const isSameCourse = and(
    eq(requests.kind, 'course_completion'),
    inArray(requests.state, ['open', 'waiting', 'approved']),
    // What was taken back may be sent in once more.
    sql`NOT EXISTS (
      SELECT 1 FROM course_completions WHERE request_id = requests.id AND taken_back_at IS NOT NULL)`,
    sql`details ->> 'course' = ${course}`,
    sql`details ->> 'completedOn' = ${completedOn}`,
  )
  const found = await db
    .select({ id: requests.id })
    .from(requests)
    .where(and(eq(requests.candidateId, candidateId), or(isSameForm, isSameCourse)))
    .orderBy(desc(isSameForm))
    .limit(1)
  return found[0] ?? null
}

/**
 * What a reviewer compares a claim with, as statements of a batch that knows no more than the number of its request: the
 * candidate's record, what feeds told of the very course, and requests that came with the very same document. Of requests
 * of other kinds nothing is asked.
 */
export function selectClaimReview(db: Database, requestId: number) {
  const asked = (column: SQL) =>
    sql`(SELECT ${column} FROM requests WHERE id = ${requestId} AND kind = 'course_completion')`
  const candidateId = asked(sql`candidate_id`)
  return [
    selectVersions(db, sql`${candidateId} IS NOT NULL`),
    ...selectEvents(db, candidateId),
    db
      .select({
        validity: courseCompletions.validity,
        line: sql<number>`${courseCompletions.deliveryLine}`.as('told_line'),
        delivery: sql<
          string | null
        >`(SELECT name FROM deliveries WHERE deliveries.id = ${courseCompletions.deliveryId})`.as(
          'told_delivery',
        ),
      })
      .from(courseCompletions)
      .where(
        and(
          eq(courseCompletions.candidateId, candidateId),
          eq(courseCompletions.course, asked(sql`details ->> 'course'`)),
          eq(courseCompletions.completedOn, asked(sql`details ->> 'completedOn'`)),
          isNotNull(courseCompletions.feed),
        ),
      )
      .limit(DUPLICATES_LIMIT),
    db
      .select({
        id: sql<number>`${requests.id}`.as('same_id'),
        candidateId: requests.candidateId,
        fullName: candidates.fullName,
        state: requests.state,
      })
      .from(requestFiles)
      .innerJoin(requests, eq(requests.id, requestFiles.requestId))
      .innerJoin(candidates, eq(candidates.id, requests.candidateId))
      .where(
        and(
          ne(requestFiles.requestId, requestId),
          sql`${requestFiles.sha256} IN (
            SELECT own.sha256 FROM request_files AS own
            WHERE own.request_id = ${requestId} AND own.sha256 IS NOT NULL AND ${candidateId} IS NOT NULL)`,
        ),
      )
      .orderBy(asc(requests.id))
      .limit(DUPLICATES_LIMIT),
  ] as const
}

type Approved = { id: number; candidateId: string }

/** The course counts from now on, once, and the candidate's awards are owed another look. */
export function countCourse(
  db: Database,
  { id, candidateId }: Approved,
  { course, completedOn, submittedOn }: { course: string; completedOn: string; submittedOn: string },
  now: Date,
): Effects {
  const isApproved = sql`EXISTS (SELECT 1 FROM requests WHERE id = ${id} AND state = 'approved')`
  const isNew = sql`NOT EXISTS (SELECT 1 FROM course_completions WHERE request_id = ${id})`
  return {
    statements: [
      db
        .update(candidates)
        .set({ revision: sql`${candidates.revision} + 1` })
        .where(and(eq(candidates.id, candidateId), isApproved, isNew)),
      db.insert(courseCompletions).select(sql`
        SELECT NULL, ${candidateId}, ${course}, ${completedOn}, ${submittedOn}, ${id}, ${now.getTime()}, NULL, NULL,
          'valid', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
        WHERE ${isApproved} AND ${isNew}`),
    ],
    isPossible: sql`EXISTS (
      SELECT 1 FROM candidates WHERE id = ${candidateId} AND erased_at IS NULL AND closes_at IS NULL)`,
  }
}
