import { type SQL, sql } from 'drizzle-orm'
import type { LineCursor } from './delivery-detail.ts'

/** Rows of a delivery that were kept with a reason, in the order in which they stand there. */
export function selectKeptRows(
  id: string,
  onlyWaiting: boolean,
  after: LineCursor | null,
  limit: number,
  more = sql``,
): SQL {
  return sql`
    SELECT member, line, kind, reason, message,
      CASE WHEN resolved_at IS NULL THEN 'waits' WHEN resolved_at = quarantined_at THEN 'remark' ELSE 'settled' END
        AS state ${more}
    FROM quarantined_rows
    WHERE delivery_id = ${id} AND ${onlyWaiting ? sql`resolved_at IS NULL` : sql`true`} AND ${isBehind(after, 'member', 'line')}
    ORDER BY member, line LIMIT ${limit}`
}

/** Results that stand as this delivery said, and versions of it that others replaced or that came too late. */
export function selectVersions(id: string, after: LineCursor | null, limit: number): SQL {
  return sql`
    SELECT * FROM (
      SELECT id AS resultId, delivery_member AS member, delivery_line AS line,
        iif(EXISTS (
          SELECT 1 FROM result_versions AS earlier
          WHERE earlier.feed = results.feed AND earlier.registration_id = results.registration_id
            AND earlier.outcome <> 'superseded'), 'changed', 'new') AS outcome,
        registration_id AS registrationId, candidate_id AS candidateId, exam_code AS examCode, delivery, grade, validity
      FROM results WHERE delivery_id = ${id} AND ${isBehind(after, 'delivery_member', 'delivery_line')}
      ORDER BY delivery_member, delivery_line LIMIT ${limit})
    UNION ALL
    SELECT * FROM (
      SELECT results.id, version.member, version.line, version.outcome, version.registration_id, results.candidate_id,
        version.fields ->> 'examCode', version.fields ->> 'delivery', version.fields ->> 'grade',
        version.fields ->> 'validity'
      FROM result_versions AS version LEFT JOIN results
        ON results.feed = version.feed AND results.registration_id = version.registration_id
      WHERE version.delivery_id = ${id} AND ${isBehind(after, 'version.member', 'version.line')}
      ORDER BY version.member, version.line LIMIT ${limit})
    ORDER BY member, line LIMIT ${limit}`
}

/** Completed courses that stand as this delivery said. */
export function selectCompletedCourses(id: string, after: LineCursor | null, limit: number): SQL {
  return sql`
    SELECT delivery_member AS member, delivery_line AS line, enrolment_id AS enrolmentId, course,
      completed_on AS completedOn, validity
    FROM course_completions WHERE delivery_id = ${id} AND ${isBehind(after, 'delivery_member', 'delivery_line')}
    ORDER BY delivery_member, delivery_line LIMIT ${limit}`
}

function isBehind(after: LineCursor | null, member: string, line: string): SQL {
  if (after === null) return sql`true`
  return sql`(${sql.raw(member)}, ${sql.raw(line)}) > (${after.member}, ${after.line})`
}
