import { sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import type { Origin } from './origin.ts'
import type { ResultFields } from './read-result-row.ts'
import { askTogether, inSlices, inWideSlices, type Statement } from './row-queries.ts'
import type { Grade, Validity } from './sitting.ts'

export type StoredResult = {
  registrationId: string
  candidateId: string
  exam: string
  grade: Grade
  validity: Validity
  vendorTime: number
  rowHash: string
  deliveryId: string
}

export type ResultFacts = {
  results: ReadonlyMap<string, StoredResult>
  /** Who holds which booked registration. */
  holders: ReadonlyMap<string, string>
  unknownCandidates: ReadonlySet<string>
}

type Holder = { registrationId: string; candidateId: string }

/** A result as it will stand; `said` is the same as JSON, for the version that is kept of it. */
export type ResultRow = Omit<ResultFields, 'modifiedAt'> & {
  exam: string
  validity: Validity
  said: string
  vendorTime: number
  rowHash: string
  line: number
}

/** What the record holds about the sittings and the people that some rows name, in one round trip. */
export async function loadResultFacts(
  db: Database,
  feed: string,
  rows: readonly { registrationId: string; candidateId: string }[],
): Promise<ResultFacts> {
  const registrationIds = JSON.stringify(rows.map(({ registrationId }) => registrationId))
  const candidateIds = JSON.stringify([...new Set(rows.map(({ candidateId }) => candidateId))])
  const [results, holders, unknown] = await askTogether<[StoredResult, Holder, { id: string }]>(db, [
    sql`
      SELECT registration_id AS registrationId, candidate_id AS candidateId, exam, grade, validity,
        vendor_time AS vendorTime, row_hash AS rowHash, delivery_id AS deliveryId
      FROM results WHERE feed = ${feed} AND registration_id IN (SELECT value FROM json_each(${registrationIds}))`,
    sql`
      SELECT registration_id AS registrationId, candidate_id AS candidateId
      FROM registrations
      WHERE feed = ${feed} AND registration_id IN (SELECT value FROM json_each(${registrationIds}))`,
    sql`
      SELECT value AS id FROM json_each(${candidateIds}) 
      WHERE NOT EXISTS (SELECT 1 FROM candidates WHERE candidates.id = value)`,
  ])
  return {
    results: new Map(results.map((result) => [result.registrationId, result])),
    holders: new Map(holders.map(({ registrationId, candidateId }) => [registrationId, candidateId])),
    unknownCandidates: new Set(unknown.map(({ id }) => id)),
  }
}

/** The order of the values in the JSON of one result; the statements below count on it. */
function valuesOf(row: ResultRow): unknown[] {
  return [
    row.registrationId,
    row.candidateId,
    row.exam,
    row.examCode,
    row.examOn,
    row.examTime,
    row.delivery,
    row.grade,
    row.validity,
    row.score,
    row.passingScore,
    row.form,
    row.language,
    row.attempt,
    row.siteCode,
    row.clientAuthorizationId,
    row.vendorTime,
    row.rowHash,
    row.line,
  ]
}

/**
 * Stores results as they stand now. The vendor's order is looked at once more in the write itself, and a grade
 * is only ever followed by a grade.
 */
export function storeResults(db: Database, origin: Origin, rows: readonly ResultRow[]): Statement[] {
  return inWideSlices(
    db,
    rows.map(valuesOf),
    (value, json) => sql`
      INSERT INTO results (feed, registration_id, candidate_id, exam, exam_code, exam_on, exam_time, delivery, grade,
        validity, score, passing_score, form, language, attempt, site_code, client_authorization_id, vendor_time,
        row_hash, delivery_line, delivery_id, first_imported_at)
      SELECT ${origin.feed.id}, ${value(0)}, ${value(1)}, ${value(2)}, ${value(3)}, ${value(4)}, ${value(5)},
        ${value(6)}, ${value(7)}, ${value(8)}, ${value(9)}, ${value(10)}, ${value(11)}, ${value(12)}, ${value(13)},
        ${value(14)}, ${value(15)}, ${value(16)}, ${value(17)}, ${value(18)},
        ${origin.deliveryId}, ${origin.importedAt.getTime()}
      FROM json_each(${json})
      WHERE true
      ON CONFLICT (feed, registration_id) DO UPDATE SET
        exam_code = excluded.exam_code, exam_on = excluded.exam_on, exam_time = excluded.exam_time,
        delivery = excluded.delivery, grade = excluded.grade, score = excluded.score,
        validity = coalesce((SELECT max(mark) FROM result_marks AS marks WHERE marks.feed = results.feed
          AND marks.registration_id = results.registration_id AND is_set = 1), excluded.validity),
        passing_score = excluded.passing_score, form = excluded.form, language = excluded.language,
        attempt = excluded.attempt, site_code = excluded.site_code,
        client_authorization_id = excluded.client_authorization_id, vendor_time = excluded.vendor_time,
        row_hash = excluded.row_hash, delivery_line = excluded.delivery_line, delivery_id = excluded.delivery_id
      WHERE excluded.vendor_time >= results.vendor_time
        OR (excluded.grade IN ('pass', 'fail') AND results.grade NOT IN ('pass', 'fail'))`,
  )
}

/** Keeps what a row said, also when it came too late to count. */
export function keepResultVersions(
  db: Database,
  origin: Origin,
  versions: readonly { outcome: 'new' | 'changed' | 'superseded'; row: ResultRow }[],
): Statement[] {
  const values = versions.map(({ outcome, row }) => [
    row.registrationId,
    row.line,
    outcome,
    row.vendorTime,
    row.rowHash,
    row.said,
  ])
  return inSlices(
    db,
    values,
    (json) => sql`
      INSERT INTO result_versions (feed, registration_id, delivery_id, member, line, outcome, vendor_time, row_hash,
        fields, imported_at)
      SELECT ${origin.feed.id}, value ->> 0, ${origin.deliveryId}, ${origin.member}, value ->> 1, value ->> 2,
        value ->> 3, value ->> 4, value ->> 5, ${origin.importedAt.getTime()}
      FROM json_each(${json})
      WHERE true
      ON CONFLICT DO NOTHING`,
  )
}

/** The same values again under a later clock: what came in between is now older than they are. */
export function confirmResults(
  db: Database,
  feed: string,
  rows: readonly { registrationId: string; vendorTime: number }[],
): Statement[] {
  return inSlices(
    db,
    rows.map(({ registrationId, vendorTime }) => [registrationId, vendorTime]),
    (json) =>
      sql`
        UPDATE results SET vendor_time = max(vendor_time, seen.value ->> 1)
        FROM json_each(${json}) AS seen
        WHERE results.feed = ${feed} AND results.registration_id = seen.value ->> 0`,
  )
}

/** Owes these candidates an evaluation of their awards. */
export function reviseCandidates(db: Database, candidateIds: Iterable<string>): Statement[] {
  return inSlices(
    db,
    [...new Set(candidateIds)],
    (json) =>
      sql`
      UPDATE candidates SET revision = revision + 1 WHERE id IN (SELECT value FROM json_each(${json}))`,
  )
}
