import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import type { Origin } from './origin.ts'
import type { ResultFields } from './read-result-row.ts'
import { askTogether, inSlices, inWideSlices, type Statement } from './row-queries.ts'
import type { Delivery, Grade, Validity } from './sitting.ts'

export type StoredResult = {
  registrationId: string
  candidateId: string
  exam: string
  grade: Grade
  delivery: Delivery
  validity: Validity
  score: string | null
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
      SELECT registration_id AS registrationId, candidate_id AS candidateId, exam, delivery, grade, validity, score,
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
 * Stores results that were not there when they were decided. Should one have come in between, the whole batch is
 * refused, and is decided anew when it is tried again.
 */
export function insertResults(db: Database, origin: Origin, rows: readonly ResultRow[]): Statement[] {
  return inWideSlices(db, rows.map(valuesOf), (value, json) => insertionOf(origin, value, json))
}

/**
 * Stores results as they stand now, after the versions that they replace were put by. The vendor's order is looked at
 * once more in the write itself, and a grade is only ever followed by a grade; what that refuses is kept as a version
 * that came too late.
 */
export function replaceResults(db: Database, origin: Origin, rows: readonly ResultRow[]): Statement[] {
  return [
    ...putBy(db, origin, rows),
    ...inWideSlices(
      db,
      rows.map(valuesOf),
      (value, json) => sql`${insertionOf(origin, value, json)}
      ON CONFLICT (feed, registration_id) DO UPDATE SET
        exam_code = excluded.exam_code, exam_on = excluded.exam_on, exam_time = excluded.exam_time,
        delivery = excluded.delivery, grade = excluded.grade, validity = excluded.validity, score = excluded.score,
        passing_score = excluded.passing_score, form = excluded.form, language = excluded.language,
        attempt = excluded.attempt, site_code = excluded.site_code,
        client_authorization_id = excluded.client_authorization_id, vendor_time = excluded.vendor_time,
        row_hash = excluded.row_hash, delivery_line = excluded.delivery_line, delivery_id = excluded.delivery_id,
        delivery_member = excluded.delivery_member, imported_at = excluded.imported_at
      WHERE ${replaces(sql`excluded`)}`,
    ),
    ...keepSupersededResults(
      db,
      origin,
      rows,
      sql`NOT EXISTS (
      SELECT 1 FROM results
      WHERE results.feed = ${origin.feed.id} AND results.registration_id = value ->> 0
        AND results.row_hash = value ->> 3)`,
    ),
  ]
}

/** Whether a row of this name may take the place of the result that stands. */
function replaces(incoming: SQL): SQL {
  return sql`(${incoming}.vendor_time >= results.vendor_time
    OR (${incoming}.grade IN ('pass', 'fail') AND results.grade NOT IN ('pass', 'fail')))`
}

/** Keeps the versions that stand now and are about to be replaced. */
function putBy(db: Database, origin: Origin, rows: readonly ResultRow[]): Statement[] {
  return inSlices(
    db,
    rows.map(({ registrationId, vendorTime, grade }) => [registrationId, vendorTime, grade]),
    (json) => sql`
      INSERT INTO result_versions (feed, registration_id, delivery_id, member, line, outcome, vendor_time, row_hash,
        fields, imported_at)
      SELECT standing.feed, standing.registration_id, standing.delivery_id, standing.member, standing.line,
        standing.outcome, standing.vendor_time, standing.row_hash, standing.fields, standing.imported_at
      FROM (
        SELECT value ->> 0 AS registration_id, value ->> 1 AS vendor_time, value ->> 2 AS grade
        FROM json_each(${json})
      ) AS incoming
      CROSS JOIN results ON results.feed = ${origin.feed.id} AND results.registration_id = incoming.registration_id
      CROSS JOIN standing_versions AS standing
        ON standing.feed = results.feed AND standing.registration_id = results.registration_id
      WHERE ${replaces(sql`incoming`)}
      ON CONFLICT DO NOTHING`,
  )
}

function insertionOf(origin: Origin, value: (index: number) => SQL, json: string): SQL {
  return sql`
      INSERT INTO results (feed, registration_id, candidate_id, exam, exam_code, exam_on, exam_time, delivery, grade,
        validity, score, passing_score, form, language, attempt, site_code, client_authorization_id, vendor_time,
        row_hash, delivery_line, delivery_id, delivery_member, imported_at, first_imported_at)
      SELECT ${origin.feed.id}, ${value(0)}, ${value(1)}, ${value(2)}, ${value(3)}, ${value(4)}, ${value(5)},
        ${value(6)}, ${value(7)}, ${value(8)}, ${value(9)}, ${value(10)}, ${value(11)}, ${value(12)}, ${value(13)},
        ${value(14)}, ${value(15)}, ${value(16)}, ${value(17)}, ${value(18)},
        ${origin.deliveryId}, ${origin.member}, ${origin.importedAt.getTime()}, ${origin.importedAt.getTime()}
      FROM json_each(${json})
      WHERE true`
}

/** Keeps what rows said that came too late to count. */
export function keepSupersededResults(
  db: Database,
  origin: Origin,
  rows: readonly ResultRow[],
  onlyIf: SQL = sql`true`,
): Statement[] {
  const values = rows.map((row) => [row.registrationId, row.line, row.vendorTime, row.rowHash, row.said])
  return inSlices(
    db,
    values,
    (json) => sql`
      INSERT INTO result_versions (feed, registration_id, delivery_id, member, line, outcome, vendor_time, row_hash,
        fields, imported_at)
      SELECT ${origin.feed.id}, value ->> 0, ${origin.deliveryId}, ${origin.member}, value ->> 1, 'superseded',
        value ->> 2, value ->> 3, value ->> 4, ${origin.importedAt.getTime()}
      FROM json_each(${json})
      WHERE ${onlyIf}
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

/** Notes of bookings that their result is here: nobody waits for it any more. */
export function noteResultsHere(db: Database, feed: string, registrationIds: readonly string[]): Statement[] {
  return inSlices(
    db,
    registrationIds,
    (json) => sql`
      UPDATE registrations SET result_here = 1
      WHERE feed = ${feed} AND result_here = 0 AND registration_id IN (SELECT value FROM json_each(${json}))`,
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
