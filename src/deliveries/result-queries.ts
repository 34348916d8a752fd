import { sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { askTogether } from '../import/row-queries.ts'
import type { RestingAward, ResultDetail, Review, Section, StandingResult } from './result-detail.ts'
import type { Said, Version } from './version-differences.ts'

/** More versions of one result than ever came; a bound, not a page. */
const VERSIONS_SHOWN = 200

type VersionRow = Omit<Version, 'said' | 'stands' | 'vendorTime' | 'importedAt'> & {
  fields: string
  stands: number
  vendorTime: number
  importedAt: number
}

/** A result with where all of it came from and what rests on it, in one round trip; null where there is none. */
export async function findResult(db: Database, id: number): Promise<ResultDetail | null> {
  const named = sql`(SELECT feed, registration_id FROM results WHERE id = ${id})`
  const holder = sql`(SELECT candidate_id FROM results WHERE id = ${id})`
  const [results, sections, versions, reviews, awards] = await askTogether<
    [StandingResult, Section, VersionRow, Review, RestingAward]
  >(db, [
    sql`
      SELECT results.id, coalesce((SELECT name FROM feeds WHERE feeds.id = results.feed), results.feed) AS feedName,
        results.registration_id AS registrationId, results.candidate_id AS candidateId, results.exam,
        results.exam_code AS examCode, exam_on AS examOn, exam_time AS examTime, delivery, grade, validity, score,
        passing_score AS passingScore, form, language, attempt, results.site_code AS siteCode,
        first_imported_at AS firstImportedAt, registrations.appointment_on AS appointmentOn,
        registrations.state AS registrationState
      FROM results LEFT JOIN registrations
        ON registrations.feed = results.feed AND registrations.registration_id = results.registration_id
      WHERE results.id = ${id}`,
    sql`
      SELECT section_code AS code, name, percent, score, max_score AS maxScore FROM result_sections
      WHERE (feed, registration_id) = ${named} ORDER BY section_code`,
    sql`
      SELECT version.*, (SELECT name FROM deliveries WHERE deliveries.id = version.deliveryId) AS deliveryName FROM (
        SELECT delivery_id AS deliveryId, member, line, outcome, 1 AS stands, vendor_time AS vendorTime, fields,
          imported_at AS importedAt
        FROM standing_versions WHERE (feed, registration_id) = ${named}
        UNION ALL
        SELECT delivery_id, member, line, outcome, 0, vendor_time, fields, imported_at
        FROM result_versions WHERE (feed, registration_id) = ${named}
      ) AS version ORDER BY importedAt DESC LIMIT ${VERSIONS_SHOWN}`,
    sql`
      SELECT id, kind, opened_at AS openedAt, closed_at AS closedAt, note,
        (SELECT name FROM staff WHERE staff.id = closed_by) AS closedBy
      FROM result_reviews
      WHERE candidate_id = ${holder} AND (feed, registration_id) = ${named} ORDER BY opened_at DESC, id DESC`,
    // Live and merged awards stand in two partial indexes, so that each half asks for its own.
    sql`
      WITH held AS (
        SELECT * FROM awards WHERE candidate_id = ${holder} AND superseded_by IS NULL
        UNION ALL
        SELECT * FROM awards WHERE candidate_id = ${holder} AND superseded_by IS NOT NULL)
      SELECT certification, number, awarded_on AS awardedOn, held.expires_on AS expiresOn,
        suspended_on AS suspendedOn, revoked_on AS revokedOn, superseded_by AS supersededBy, NULL AS renewedOn,
        NULL AS renewedUntil
      FROM held
      WHERE reason ->> '$.pass.resultId' = ${id} OR reason ->> '$.completedBy.resultId' = ${id}
      UNION ALL
      SELECT certification, number, awarded_on, held.expires_on, suspended_on, revoked_on, superseded_by,
        renewals.renewed_on, renewals.expires_on
      FROM held CROSS JOIN renewals ON renewals.award_id = held.id AND renewals.result_id = ${id}
      ORDER BY awardedOn, certification, renewedOn`,
  ])
  const [result] = results
  return result ? { result, sections, versions: versions.map(versionOf), reviews, awards } : null
}

function versionOf({ fields, stands, vendorTime, importedAt, ...version }: VersionRow): Version {
  return {
    ...version,
    stands: stands === 1,
    vendorTime: new Date(vendorTime),
    importedAt: new Date(importedAt),
    said: JSON.parse(fields) as Said,
  }
}
