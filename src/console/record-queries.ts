import { desc, eq, type SQL, sql } from 'drizzle-orm'
import { awardColumns } from '../certifications/status-queries.ts'
import type { Database } from '../core/database.ts'
import { approvals, awards, courseCompletions, registrations, results, transcripts } from '../schema.ts'

/** The file in which the vendor said it. */
const deliveryName = sql<string | null>`(SELECT name FROM deliveries WHERE deliveries.id = delivery_id)`.as(
  'delivery_name',
)

export function selectRegistrations(db: Database, candidateId: string, limit: number) {
  return db
    .select({
      registrationId: registrations.registrationId,
      examCode: registrations.examCode,
      appointmentOn: registrations.appointmentOn,
      appointmentTime: registrations.appointmentTime,
      state: registrations.state,
      siteCode: registrations.siteCode,
      delivery: deliveryName,
      line: registrations.deliveryLine,
    })
    .from(registrations)
    .where(eq(registrations.candidateId, candidateId))
    .orderBy(desc(registrations.appointmentOn), desc(registrations.registrationId))
    .limit(limit)
}

export function selectResults(db: Database, candidateId: string, limit: number) {
  return db
    .select({
      id: results.id,
      registrationId: results.registrationId,
      examCode: results.examCode,
      examOn: results.examOn,
      outcome: results.delivery,
      grade: results.grade,
      validity: results.validity,
      score: results.score,
      firstImportedAt: results.firstImportedAt,
      delivery: deliveryName,
      line: results.deliveryLine,
    })
    .from(results)
    .where(eq(results.candidateId, candidateId))
    .orderBy(desc(results.examOn), desc(results.id))
    .limit(limit)
}

/** Every time that the vendor said something about these results: what stands, what stood, and what came too late. */
export function selectResultVersions(db: Database, candidateId: string, limit: number) {
  const versions = sql`
    SELECT results.exam_on, version.registration_id, version.outcome, version.delivery_id, version.member, version.line,
      version.imported_at
    FROM results CROSS JOIN result_versions AS version
    WHERE results.candidate_id = ${candidateId} AND version.feed = results.feed
      AND version.registration_id = results.registration_id
    UNION ALL
    SELECT exam_on, registration_id, outcome, delivery_id, member, line, imported_at
    FROM standing_versions WHERE candidate_id = ${candidateId}`
  return db
    .select({
      registrationId: sql<string>`version.registration_id`.as('version_of'),
      outcome: sql<'new' | 'changed' | 'superseded'>`version.outcome`.as('version_outcome'),
      delivery: sql<
        string | null
      >`(SELECT name FROM deliveries WHERE deliveries.id = version.delivery_id)`.as('delivery_name'),
      member: sql<string>`version.member`.as('version_member'),
      line: sql<number>`version.line`.as('version_line'),
      importedAt: sql<Date>`version.imported_at`.mapWith(results.importedAt).as('version_imported_at'),
    })
    .from(sql`(${versions}) AS version`)
    .orderBy(sql`version.exam_on DESC, version.registration_id, version.imported_at`)
    .limit(4 * limit)
}

/** Completed courses, sent in by the candidate or told by a feed. */
export function selectCourses(db: Database, candidateId: string, limit: number) {
  return db
    .select({
      course: courseCompletions.course,
      completedOn: courseCompletions.completedOn,
      validity: courseCompletions.validity,
      takenBackAt: courseCompletions.takenBackAt,
      requestId: courseCompletions.requestId,
      delivery: deliveryName,
      line: courseCompletions.deliveryLine,
    })
    .from(courseCompletions)
    .where(eq(courseCompletions.candidateId, candidateId))
    .orderBy(desc(courseCompletions.completedOn), desc(courseCompletions.id))
    .limit(limit)
}

/** Also those that a late result merged into others: their codes are still on paper. */
export function selectAllAwards(db: Database, candidateId: string, limit: number) {
  const columns = {
    ...awardColumns,
    verificationCode: awards.verificationCode,
    supersededBy: awards.supersededBy,
    createdAt: awards.createdAt,
  }
  // Live and merged awards stand in two partial indexes, so that each half asks for its own.
  const ids = sql`
    SELECT id FROM (SELECT id FROM awards WHERE candidate_id = ${candidateId} AND superseded_by IS NULL)
    UNION ALL
    SELECT id FROM (SELECT id FROM awards WHERE candidate_id = ${candidateId} AND superseded_by IS NOT NULL)`
  return db
    .select(columns)
    .from(awards)
    .where(sql`${awards.id} IN (${ids})`)
    .orderBy(desc(awards.awardedOn), desc(awards.id))
    .limit(limit)
}

/** Those that were withdrawn, too. */
export function selectApprovals(db: Database, candidateId: string, limit: number) {
  const nameOf = (column: 'given_by' | 'withdrawn_by') =>
    sql`(SELECT name FROM staff WHERE staff.id = approvals.${sql.identifier(column)})`
  return db
    .select({
      id: approvals.id,
      approval: approvals.approval,
      approvedOn: approvals.approvedOn,
      note: approvals.note,
      givenBy: (nameOf('given_by') as SQL<string>).as('giver'),
      givenAt: approvals.givenAt,
      withdrawnBy: (nameOf('withdrawn_by') as SQL<string | null>).as('withdrawer'),
      withdrawnAt: approvals.withdrawnAt,
      withdrawalReason: approvals.withdrawalReason,
    })
    .from(approvals)
    .where(eq(approvals.candidateId, candidateId))
    .orderBy(desc(approvals.approvedOn), desc(approvals.id))
    .limit(limit)
}

/** What was published, and not the links: they belong to whoever the candidate gave them to. */
export function selectTranscripts(db: Database, candidateId: string, limit: number) {
  return db
    .select({
      id: transcripts.id,
      validThrough: transcripts.validThrough,
      createdAt: transcripts.createdAt,
      updatedAt: transcripts.updatedAt,
      disabledAt: transcripts.disabledAt,
      awards: sql<number>`(
        SELECT count(*) FROM transcript_awards AS listed WHERE listed.transcript_id = transcripts.id)`.as(
        'awards',
      ),
    })
    .from(transcripts)
    .where(eq(transcripts.candidateId, candidateId))
    .orderBy(desc(transcripts.createdAt))
    .limit(limit)
}
