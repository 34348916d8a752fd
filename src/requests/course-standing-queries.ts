import { and, asc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { type Action, staffActor } from '../audit/actions.ts'
import { audited, lastChanged } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import { oweMails } from '../mail/outbox-queries.ts'
import { candidates, courseCompletions } from '../schema.ts'
import type { RequestDetails } from './request.ts'

/** More than ever wait at once; the rest come up as these are settled. */
const MOST_DOUBTED = 100

/** As a statement for a batch: what became of the course after its request was approved. */
export function selectCourseStanding(db: Database, requestId: number) {
  return db
    .select({
      id: sql<number>`${courseCompletions.id}`.as('completion_id'),
      doubtedAt: courseCompletions.doubtedAt,
      takenBackAt: courseCompletions.takenBackAt,
      takenBackReason: courseCompletions.takenBackReason,
      takenBackBy: sql<string | null>`(SELECT name FROM staff WHERE staff.id = taken_back_by)`.as(
        'taken_back_name',
      ),
    })
    .from(courseCompletions)
    .where(eq(courseCompletions.requestId, requestId))
}

export type CourseStanding = Awaited<ReturnType<typeof selectCourseStanding>>[number]

/** Approved courses that whoever holds them has taken back since, the longest first. */
export function listDoubtedCourses(db: Database) {
  return db
    .select({
      requestId: sql<number>`${courseCompletions.requestId}`.as('claim_id'),
      doubtedAt: courseCompletions.doubtedAt,
      course: courseCompletions.course,
      completedOn: courseCompletions.completedOn,
      candidateId: courseCompletions.candidateId,
      fullName: candidates.fullName,
    })
    .from(courseCompletions)
    .innerJoin(candidates, eq(candidates.id, courseCompletions.candidateId))
    .where(and(isNotNull(courseCompletions.doubtedAt), isNotNull(courseCompletions.requestId)))
    .orderBy(asc(courseCompletions.doubtedAt), asc(courseCompletions.id))
    .limit(MOST_DOUBTED)
}

export type DoubtedCourse = Awaited<ReturnType<typeof listDoubtedCourses>>[number]

type Claim = { id: number; candidateId: string; details: RequestDetails['course_completion'] }
type By = { staffId: number; now: Date }

/** The course counts no more, the candidate is owed another evaluation and told why; once. */
export async function takeCourseBack(
  db: Database,
  { id: requestId, candidateId, details }: Claim,
  reason: string,
  { staffId, now }: By,
): Promise<void> {
  const { before, after } = about('course.taken-back', db, { requestId, candidateId }, { staffId, now })
  const { course, completedOn } = details
  const mail = {
    dedupeKey: `course_taken_back/${requestId}`,
    candidateId,
    template: 'course_taken_back',
    payload: { requestId, course, completedOn, reason },
  } as const
  await db.batch([
    before,
    db
      .update(courseCompletions)
      .set({ doubtedAt: null, takenBackAt: now, takenBackBy: staffId, takenBackReason: reason })
      .where(standsBy(requestId)),
    db
      .update(candidates)
      .set({ revision: sql`${candidates.revision} + 1` })
      .where(and(eq(candidates.id, candidateId), lastChanged)),
    oweMails(db, [mail], now, lastChanged),
    ...after,
  ])
}

/** Somebody looked, and the course goes on counting although a feed says otherwise. */
export async function letCourseStand(
  db: Database,
  { id: requestId, candidateId }: Pick<Claim, 'id' | 'candidateId'>,
  by: By,
): Promise<void> {
  const { before, after } = about('course.let-stand', db, { requestId, candidateId }, by)
  await db.batch([
    before,
    db
      .update(courseCompletions)
      .set({ doubtedAt: null })
      .where(and(standsBy(requestId), isNotNull(courseCompletions.doubtedAt))),
    ...after,
  ])
}

function standsBy(requestId: number) {
  return and(eq(courseCompletions.requestId, requestId), isNull(courseCompletions.takenBackAt))
}

function about(
  action: Action,
  db: Database,
  { requestId, candidateId }: { requestId: number; candidateId: string },
  { staffId, now }: By,
) {
  return audited(db, { action, actor: staffActor(staffId), candidateId, details: { requestId } }, now)
}
