import { type SQL, sql } from 'drizzle-orm'
import { activityActions } from '../audit/actions.ts'
import type { Database } from '../core/database.ts'
import { type ListKey, listKeys, type PersonRecord, type Row, readRow } from './record.ts'
import { accountLists } from './record-account-queries.ts'

/** Rows asked for at once. */
const PAGE = 500

/**
 * Reads all that the record holds about a candidate, page by page. All of it is in memory in the end, as it will be
 * written: about 1 kB for each row, so tens of thousands of rows, where a person has some hundreds.
 */
export async function loadRecord(db: Database, candidateId: string, now: Date): Promise<PersonRecord> {
  const [profile] = await db.all<Record<string, string | number | null>>(profileOf(candidateId))
  if (!profile) throw new Error('a record without a candidate')
  const queries: Record<ListKey, SQL> = {
    ...examLists(candidateId),
    ...accountLists(candidateId),
    activity: activityOf(candidateId),
  }
  const lists: [ListKey, Row[]][] = []
  for (const key of listKeys) lists.push([key, await readAll(db, queries[key])])
  return {
    format: 'testamur-record-1',
    madeAt: now.toISOString(),
    profile: readRow(profile),
    ...Object.fromEntries(lists),
  } as PersonRecord
}

async function readAll(db: Database, query: SQL): Promise<Row[]> {
  const rows: Row[] = []
  for (;;) {
    const page = await db.all<Record<string, string | number | null>>(
      sql`SELECT * FROM (${query}) LIMIT ${PAGE} OFFSET ${rows.length}`,
    )
    rows.push(...page.map(readRow))
    if (page.length < PAGE) return rows
  }
}

function profileOf(candidateId: string): SQL {
  return sql`
    SELECT id AS candidateId, full_name AS fullName, given_name AS givenName, family_name AS familyName,
      native_name AS nativeName, birth_on AS birthOn, company, address_line1 AS addressLine1,
      address_line2 AS addressLine2, city, region, postal_code AS postalCode, country, phone, locale AS language,
      time_zone AS timeZone, notify_results AS wantsResults, notify_awards AS wantsAwards,
      notify_reminders AS wantsReminders, directory_opt_in AS isInDirectory, agreed_version AS agreedVersion,
      created_at AS recordedAt, vendor_time AS vendorWroteAt, delivery_id AS deliveryId, delivery_line AS deliveryLine,
      profile_edited_at AS profileEditedAt, native_name_edited_at AS nativeNameEditedAt,
      name_decided_at AS nameDecidedAt, reviewed_at AS reviewedAt, reminded_at AS remindedAt, closes_at AS closesAt,
      closing_keeps_verification AS keepsVerification
    FROM candidates WHERE id = ${candidateId}`
}

/** A result that is held back is listed without what it came to, as everywhere, until it is released. */
function examLists(candidateId: string) {
  const released = (column: string) => sql`iif(validity = 'held', NULL, ${sql.identifier(column)})`
  const of = (part: SQL) => sql`
    results.candidate_id = ${candidateId} AND results.validity <> 'held'
    AND ${part}.feed = results.feed AND ${part}.registration_id = results.registration_id`
  return {
    registrations: sql`
      SELECT feed, registration_id AS registrationId, exam, exam_code AS examCode,
        client_authorization_id AS clientAuthorizationId, appointment_on AS appointmentOn,
        appointment_time AS appointmentTime, time_zone AS timeZone, site_code AS siteCode, state,
        eligible_from AS eligibleFrom, eligible_to AS eligibleTo, vendor_time AS vendorWroteAt,
        delivery_id AS deliveryId, delivery_line AS deliveryLine
      FROM registrations WHERE candidate_id = ${candidateId} ORDER BY appointment_on, feed, registration_id`,
    results: sql`
      SELECT feed, registration_id AS registrationId, exam, exam_code AS examCode, exam_on AS examOn,
        exam_time AS examTime, time_zone AS timeZone, delivery, ${released('grade')} AS grade, validity, ${released('score')} AS score,
        passing_score AS passingScore, form, language, attempt, site_code AS siteCode,
        client_authorization_id AS clientAuthorizationId, vendor_time AS vendorWroteAt,
        first_imported_at AS firstImportedAt, delivery_id AS deliveryId, delivery_line AS deliveryLine
      FROM results WHERE candidate_id = ${candidateId} ORDER BY exam_on, feed, registration_id`,
    resultVersions: sql`
      SELECT version.feed, version.registration_id AS registrationId, version.outcome,
        version.vendor_time AS vendorWroteAt, version.imported_at AS importedAt, version.delivery_id AS deliveryId,
        version.member, version.line, version.fields AS said
      FROM results CROSS JOIN result_versions AS version WHERE ${of(sql`version`)}
      UNION ALL
      SELECT feed, registration_id, outcome, vendor_time, imported_at, delivery_id, member, line, fields
      FROM standing_versions WHERE candidate_id = ${candidateId} AND fields ->> '$.validity' <> 'held'
      ORDER BY 1, 2, 5, 8`,
    resultSections: sql`
      SELECT part.feed, part.registration_id AS registrationId, part.section_code AS sectionCode, part.name,
        part.percent, part.score, part.max_score AS maxScore
      FROM results CROSS JOIN result_sections AS part WHERE ${of(sql`part`)}
      ORDER BY part.feed, part.registration_id, part.section_code`,
    awards: sql`
      SELECT number, certification, awarded_on AS awardedOn, expires_on AS expiresOn,
        verification_code AS verificationCode, suspended_on AS suspendedOn, emeritus_on AS emeritusOn, revoked_on AS revokedOn,
        (SELECT live.number FROM awards AS live WHERE live.id = awards.superseded_by) AS mergedInto,
        reason AS reasonGiven, created_at AS recordedAt
      FROM awards WHERE candidate_id = ${candidateId} ORDER BY awarded_on, id`,
    renewals: sql`
      SELECT awards.number, renewed_on AS renewedOn, rule, previous_expires_on AS previousExpiresOn,
        renewals.expires_on AS expiresOn, renewals.reason AS reasonGiven
      FROM awards CROSS JOIN renewals ON renewals.award_id = awards.id
      WHERE awards.candidate_id = ${candidateId} ORDER BY awards.id, renewed_on, rule`,
    courseCompletions: sql`
      SELECT course, completed_on AS completedOn, submitted_on AS submittedOn, created_at AS recordedAt, validity, feed,
        enrolment_id AS enrolmentId, vendor_time AS vendorWroteAt, delivery_id AS deliveryId,
        delivery_line AS deliveryLine, taken_back_at AS takenBackAt, taken_back_reason AS takenBackReason
      FROM course_completions WHERE candidate_id = ${candidateId} ORDER BY completed_on, id`,
    awardActs: sql`
      SELECT awards.number, award_acts.kind, effective_on AS effectiveOn, to_awarded_on AS newAwardedOn,
        to_expires_on AS newExpiresOn, award_acts.reason, done_at AS doneAt
      FROM award_acts CROSS JOIN awards ON awards.id = award_acts.award_id
      WHERE award_acts.candidate_id = ${candidateId} ORDER BY award_acts.id`,
    approvals: sql`
      SELECT approval, approved_on AS approvedOn, given_at AS givenAt, withdrawn_at AS withdrawnAt,
        withdrawal_reason AS withdrawalReason
      FROM approvals WHERE candidate_id = ${candidateId} ORDER BY id`,
    milestones: sql`
      SELECT milestone, reached_on AS reachedOn FROM reached_milestones
      WHERE candidate_id = ${candidateId} ORDER BY reached_on, milestone`,
    transcripts: sql`
      SELECT id, valid_through AS validThrough, remarks, created_at AS createdAt, updated_at AS updatedAt,
        disabled_at AS disabledAt, (
          SELECT json_group_array(awards.number) FROM transcript_awards JOIN awards ON awards.id = award_id
          WHERE transcript_id = transcripts.id) AS certificates
      FROM transcripts WHERE candidate_id = ${candidateId} ORDER BY id`,
  }
}

/** What Account activity shows. Which of the staff did something is not the candidate's to know. */
function activityOf(candidateId: string): SQL {
  return sql`
    SELECT at, action, iif(actor LIKE 'staff:%', 'staff', actor) AS who, details
    FROM audit_log
    WHERE subject IN (SELECT ref FROM audit_subjects WHERE candidate_id = ${candidateId})
      AND action IN (SELECT value FROM json_each(${JSON.stringify(activityActions)}))
    ORDER BY seq`
}
