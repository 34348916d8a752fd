import { type SQL, sql } from 'drizzle-orm'

/** A candidate whom a waiting row may be about; `found`: by what, several with a space between. */
export type SuggestedCandidate = {
  id: string
  fullName: string
  nativeName: string | null
  givenName: string
  familyName: string
  birthOn: string | null
  /** All addresses, with a line break between. */
  emails: string | null
  exams: number
  lastExams: string | null
  found: string
}

const MOST_SUGGESTIONS = 6

/**
 * Whom a row may be about: who holds its registration, whose ID it names (also without the zeros in front), and whose
 * address stands in it. Never by the name alone: that is compared afterwards. `isIt` says which row it is.
 */
export function selectSuggestions(isIt: SQL): SQL {
  return sql`
    WITH it AS MATERIALIZED (
      SELECT feed, raw, coalesce(fields ->> 'candidateId', candidate_id, '') AS said,
        fields ->> 'registrationId' AS registration, fields ->> 'enrolmentId' AS enrolment
      FROM quarantined_rows AS waiting WHERE ${isIt} AND fields IS NOT NULL
    ),
    hits AS (
      SELECT candidate_id AS id, 'holder' AS found, 0 AS place FROM (
        SELECT candidate_id FROM it CROSS JOIN results
          ON results.feed = it.feed AND results.registration_id = it.registration
        UNION ALL
        SELECT candidate_id FROM it CROSS JOIN registrations
          ON registrations.feed = it.feed AND registrations.registration_id = it.registration
        UNION ALL
        SELECT candidate_id FROM it CROSS JOIN course_completions AS attended
          ON attended.feed = it.feed AND attended.enrolment_id = it.enrolment)
      UNION ALL
      SELECT candidates.id, 'id', 1 FROM it CROSS JOIN candidates
        ON candidates.id IN (it.said, upper(it.said), ltrim(it.said, '0'))
      UNION ALL
      SELECT candidate_id, 'alias', 2 FROM it CROSS JOIN candidate_aliases
        ON alias_id IN (it.said, upper(it.said), ltrim(it.said, '0'))
      UNION ALL
      SELECT candidate_id, 'email', 3 FROM it CROSS JOIN json_each(${cells(sql`it.raw`)}) AS cell
        CROSS JOIN candidate_emails ON normalized = lower(trim(cell.value))
      WHERE instr(cell.value, '@') > 0
    ),
    people AS MATERIALIZED (
      SELECT id, group_concat(DISTINCT found) AS found, min(place) AS place FROM hits GROUP BY id
      ORDER BY place, id LIMIT ${MOST_SUGGESTIONS}
    )
    SELECT candidates.id, full_name AS fullName, native_name AS nativeName, given_name AS givenName,
      family_name AS familyName, birth_on AS birthOn, people.found,
      (SELECT group_concat(address, char(10)) FROM candidate_emails WHERE candidate_id = candidates.id) AS emails,
      (SELECT count(*) FROM results WHERE candidate_id = candidates.id) AS exams,
      (SELECT group_concat(exam_code, ', ') FROM (
        SELECT exam_code FROM results WHERE candidate_id = candidates.id ORDER BY exam_on DESC LIMIT 3)) AS lastExams
    FROM people CROSS JOIN candidates ON candidates.id = people.id
    WHERE erased_at IS NULL
    ORDER BY people.place, candidates.id`
}

/** A row's cells as JSON, whatever stands between them. */
function cells(raw: SQL): SQL {
  const escaped = sql`replace(replace(replace(replace(${raw}, char(92), ''), '"', ''), char(13), ' '), char(10), ' ')`
  const json = sql`('["' || replace(replace(${escaped}, ',', char(9)), char(9), '","') || '"]')`
  return sql`iif(json_valid(${json}), ${json}, '[]')`
}
