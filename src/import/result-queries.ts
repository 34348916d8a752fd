import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import type { MatchFacts } from './match-candidate.ts'
import { type MatchAnswers, matchQuestions, readMatchFacts } from './match-queries.ts'
import type { Origin } from './origin.ts'
import type { Named } from './read-named.ts'
import type { ResultFields } from './read-result-row.ts'
import { askTogether, inSlices, inWideSlices, type Statement, statementOf } from './row-queries.ts'
import { type Delivery, type Grade, sittingKey, UNNUMBERED, type Validity } from './sitting.ts'

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
  member: string
  line: number
}

export type ResultFacts = MatchFacts & {
  /** Of rows that say what stands already: under which clock it stands, by registration. */
  same: ReadonlyMap<string, number>
  /** What stands of the others. */
  results: ReadonlyMap<string, StoredResult>
  /** Who holds which booked registration. */
  holders: ReadonlyMap<string, string>
  /** Sittings that the vendor has no registration for, by sittingKey. */
  unnumbered: ReadonlyMap<string, StoredResult>
}

type Unnumbered = StoredResult & {
  examCode: string
  examOn: string
  examTime: string | null
  attempt: number | null
}

/** A result as it will stand. */
export type ResultRow = Omit<ResultFields, 'modifiedAt' | 'vendorCandidateId' | 'person' | 'timeZone'> & {
  timeZone: string | null
  exam: string
  validity: Validity
  vendorTime: number
  rowHash: string
  line: number
}

/** Rows that stand already under one clock, as a list of their places; what stands otherwise; or who booked a row's sitting. */
type Found =
  | { places: string; vendorTime: number; stored: null; heldBy: null }
  | { stored: string; heldBy: null }
  | { places: string; stored: null; heldBy: string }

/**
 * What the record holds about the sittings and the people that some rows name, in one round trip. `rowHash`: of the
 * result as the row alone would have it; of what stands like that already, nothing more is read.
 */
export async function loadResultFacts(
  db: Database,
  feed: string,
  rows: readonly (Named & { rowHash: string | null })[],
): Promise<ResultFacts> {
  const sittings = JSON.stringify(rows.map(({ registrationId, rowHash }) => [registrationId, rowHash]))
  const [found, unnumbered, ...people] = await askTogether<[Found, Unnumbered, ...MatchAnswers]>(db, [
    // The bookings are asked of nobody where the feed has none.
    sql`
      WITH asked AS (SELECT "key" AS place, value FROM json_each(${sittings})),
      hits AS MATERIALIZED (
        SELECT place, result.id, result.vendor_time, result.row_hash IS asked.value ->> 1 AS is_same
        FROM asked
        CROSS JOIN results AS result ON result.feed = ${feed} AND result.registration_id = asked.value ->> 0)
      SELECT vendor_time AS vendorTime, json_group_array(place) AS places, NULL AS stored, NULL AS heldBy
      FROM hits WHERE is_same GROUP BY vendor_time
      UNION ALL
      SELECT NULL, NULL, json_object('registrationId', registration_id, 'candidateId', candidate_id, 'exam', exam,
        'delivery', delivery, 'grade', grade, 'validity', validity, 'score', score, 'vendorTime', result.vendor_time,
        'rowHash', row_hash, 'deliveryId', delivery_id, 'member', delivery_member, 'line', delivery_line), NULL
      FROM hits CROSS JOIN results AS result ON result.id = hits.id WHERE NOT is_same
      UNION ALL
      SELECT NULL, asked.place, NULL, booked.candidate_id
      FROM asked
      CROSS JOIN registrations AS booked ON booked.feed = ${feed} AND booked.registration_id = asked.value ->> 0
      WHERE EXISTS (SELECT 1 FROM registrations WHERE feed = ${feed}) AND NOT EXISTS (
        SELECT 1 FROM results WHERE feed = ${feed} AND results.registration_id = booked.registration_id)`,
    unnumberedQuestion(feed, rows),
    ...matchQuestions(feed, rows),
  ])
  const facts = {
    same: new Map<string, number>(),
    results: new Map<string, StoredResult>(),
    holders: new Map<string, string>(),
    unnumbered: new Map(unnumbered.map((result) => [sittingKey(result.candidateId, result), result])),
    ...readMatchFacts(...people),
  }
  for (const one of found)
    if (one.heldBy !== null) facts.holders.set(rows[Number(one.places)]!.registrationId, one.heldBy)
    else if (one.stored === null)
      for (const place of JSON.parse(one.places) as number[])
        facts.same.set(rows[place]!.registrationId, one.vendorTime)
    else {
      const stored = JSON.parse(one.stored) as StoredResult
      facts.results.set(stored.registrationId, stored)
    }
  return facts
}

const STORED_COLUMNS = sql`registration_id AS registrationId, candidate_id AS candidateId, exam, delivery, grade, validity, score,
        vendor_time AS vendorTime, row_hash AS rowHash, delivery_id AS deliveryId, delivery_member AS member,
        delivery_line AS line`

/**
 * The sittings without a registration of those whom rows without one name, by an ID or by the vendor's number. The plus
 * signs keep SQLite from walking the feed instead of looking these people up.
 */
function unnumberedQuestion(feed: string, rows: readonly Named[]): SQL {
  const without = rows.filter(({ registrationId }) => registrationId === '')
  const ids = JSON.stringify(without.map(({ candidateId }) => candidateId))
  const numbers = JSON.stringify(without.flatMap(({ vendorCandidateId }) => vendorCandidateId ?? []))
  return sql`
      SELECT ${STORED_COLUMNS}, exam_code AS examCode, exam_on AS examOn, exam_time AS examTime, attempt
      FROM results
      WHERE +feed = ${feed} AND +registration_id LIKE ${`${UNNUMBERED}%`} AND candidate_id IN (
        SELECT value FROM json_each(${ids})
        UNION SELECT candidate_id FROM vendor_candidates
          WHERE feed = ${feed} AND vendor_candidate_id IN (SELECT value FROM json_each(${numbers})))`
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
    row.timeZone,
  ]
}

/**
 * Stores results that were not there when they were decided. Should one have come in between, the whole batch is
 * refused, and is decided anew when it is tried again.
 */
export function insertResults(db: Database, origin: Origin, rows: readonly ResultRow[]): Statement[] {
  return inWideSlices(db, rows.map(valuesOf), (value, given) => insertionOf(origin, value, given))
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
      (value, given) => sql`${insertionOf(origin, value, given)}
      ON CONFLICT (feed, registration_id) DO UPDATE SET
        exam_code = excluded.exam_code, exam_on = excluded.exam_on, exam_time = excluded.exam_time,
        delivery = excluded.delivery, grade = excluded.grade, score = excluded.score,
        validity = coalesce((SELECT max(mark) FROM result_marks AS marks WHERE marks.feed = results.feed
          AND marks.registration_id = results.registration_id AND is_set = 1), excluded.validity),
        passing_score = excluded.passing_score, form = excluded.form, language = excluded.language,
        attempt = excluded.attempt, site_code = excluded.site_code, time_zone = excluded.time_zone,
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
export function putBy(db: Database, origin: Origin, rows: readonly ResultRow[]): Statement[] {
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

function insertionOf(origin: Origin, value: (index: number) => SQL, given: SQL): SQL {
  return sql`
      INSERT INTO results (feed, registration_id, candidate_id, exam, exam_code, exam_on, exam_time, delivery, grade,
        validity, score, passing_score, form, language, attempt, site_code, client_authorization_id, vendor_time,
        row_hash, delivery_line, time_zone, delivery_id, delivery_member, imported_at, first_imported_at)
      SELECT ${origin.feed.id}, ${value(0)}, ${value(1)}, ${value(2)}, ${value(3)}, ${value(4)}, ${value(5)},
        ${value(6)}, ${value(7)}, ${value(8)}, ${value(9)}, ${value(10)}, ${value(11)}, ${value(12)}, ${value(13)},
        ${value(14)}, ${value(15)}, ${value(16)}, ${value(17)}, ${value(18)}, ${value(19)},
        ${origin.deliveryId}, ${origin.member}, ${origin.importedAt.getTime()}, ${origin.importedAt.getTime()}
      FROM ${given}
      WHERE true`
}

/** Keeps what rows said that came too late to count. */
export function keepSupersededResults(
  db: Database,
  origin: Origin,
  rows: readonly ResultRow[],
  onlyIf: SQL = sql`true`,
): Statement[] {
  const values = rows.map((row) => [row.registrationId, row.line, row.vendorTime, row.rowHash, saidOf(row)])
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

/** What a version said, as the JSON that is kept of it. */
function saidOf({ registrationId, vendorTime, rowHash, line, ...said }: ResultRow): string {
  return JSON.stringify({ ...said, modifiedAt: undefined })
}

/**
 * The same values again under a later clock: what came in between is now older than they are. The feed stands in the
 * JSON as well: were it bound, SQLite would walk the whole feed and look through the JSON for each of its rows.
 */
export function confirmResults(
  db: Database,
  feed: string,
  rows: readonly { registrationId: string; vendorTime: number }[],
): Statement[] {
  return inSlices(
    db,
    rows.map(({ registrationId, vendorTime }) => [feed, registrationId, vendorTime]),
    (json) =>
      sql`
        UPDATE results SET vendor_time = max(vendor_time, seen.value ->> 2)
        FROM json_each(${json}) AS seen
        WHERE results.feed = seen.value ->> 0 AND results.registration_id = seen.value ->> 1`,
  )
}

/** Owes the candidates of results that this chunk has stored as passes an evaluation of their awards. */
export function reviseNewHolders(db: Database, stored: StoredLines): Statement {
  return statementOf(
    db,
    sql`
      UPDATE candidates SET revision = revision + 1
      WHERE id IN (SELECT candidate_id FROM results WHERE ${isStored(stored)} AND grade = 'pass')`,
  )
}

/** Results that were stored for the first time, by the lines that they stand on. */
export type StoredLines = Origin & { from: number; to: number }

/** As a condition on the table results. */
export function isStored({ deliveryId, member, from, to, importedAt }: StoredLines): SQL {
  const at = importedAt.getTime()
  return sql`delivery_id = ${deliveryId} AND delivery_member = ${member} AND delivery_line BETWEEN ${from} AND ${to}
    AND first_imported_at = ${at} AND imported_at = ${at}`
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
