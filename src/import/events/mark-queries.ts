import { sql } from 'drizzle-orm'
import type { Database } from '../../core/database.ts'
import type { Origin } from '../origin.ts'
import type { ResultFields } from '../read-result-row.ts'
import type { ResultRow } from '../result-queries.ts'
import { askTogether, inSlices, type Statement } from '../row-queries.ts'
import type { Validity } from '../sitting.ts'
import type { MarkName, MarkStatement, Marks } from './validity-marks.ts'

/** Everything that is stored of a result, for rows that say only some of it. */
export type WholeResult = {
  fields: ResultFields
  exam: string
  validity: Validity
  vendorTime: number
}

type Stored = Omit<ResultFields, 'timeZone'> & {
  validity: Validity
  exam: string
  vendorTime: number
  timeZone: string | null
}
type StoredMark = MarkStatement & { registrationId: string }

/**
 * The marks of the sittings that some rows name, and the stored results of those that `needed` names or that have
 * marks: most rows need nothing of it.
 */
export async function loadMarkedResults(
  db: Database,
  feed: string,
  named: readonly string[],
  needed: readonly string[],
): Promise<{ marks: ReadonlyMap<string, Marks>; results: ReadonlyMap<string, WholeResult> }> {
  const names = JSON.stringify(named)
  const isNamed = sql`feed = ${feed} AND registration_id IN (SELECT value FROM json_each(${names}))`
  const [marks, results] = await askTogether<[StoredMark, Stored]>(db, [
    sql`SELECT registration_id AS registrationId, mark, is_set AS isSet, vendor_time AS at
      FROM result_marks WHERE ${isNamed}`,
    sql`
      SELECT registration_id AS registrationId, candidate_id AS candidateId, exam_code AS examCode, exam_on AS examOn,
        exam_time AS examTime, delivery, grade, validity, score, passing_score AS passingScore, form, language,
        attempt, site_code AS siteCode, client_authorization_id AS clientAuthorizationId, NULL AS modifiedAt,
        exam, vendor_time AS vendorTime, time_zone AS timeZone
      FROM results
      WHERE feed = ${feed} AND registration_id IN (
        SELECT value FROM json_each(${JSON.stringify(needed)})
        UNION SELECT registration_id FROM result_marks WHERE ${isNamed})`,
  ])
  const marksOf = new Map<string, Partial<Record<MarkName, { isSet: boolean; at: number }>>>()
  for (const { registrationId, mark, isSet, at } of marks)
    marksOf.set(registrationId, { ...marksOf.get(registrationId), [mark]: { isSet: Boolean(isSet), at } })
  return {
    marks: marksOf,
    results: new Map(
      results.map(({ exam, vendorTime, timeZone, ...fields }) => [
        fields.registrationId,
        {
          fields: timeZone === null ? fields : { ...fields, timeZone },
          exam,
          validity: fields.validity,
          vendorTime,
        },
      ]),
    ),
  }
}

/** Stores what was said of marks, unless something later is known. */
export function storeMarks(
  db: Database,
  feed: string,
  statements: readonly (MarkStatement & { registrationId: string })[],
): Statement[] {
  return inSlices(
    db,
    statements.map(({ registrationId, mark, isSet, at }) => [registrationId, mark, Number(isSet), at]),
    (json) => sql`
      INSERT INTO result_marks (feed, registration_id, mark, is_set, vendor_time)
      SELECT ${feed}, value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(${json})
      WHERE true
      ON CONFLICT (feed, registration_id, mark) DO UPDATE SET
        is_set = excluded.is_set, vendor_time = excluded.vendor_time
      WHERE (excluded.vendor_time, excluded.is_set) > (result_marks.vendor_time, result_marks.is_set)`,
  )
}

/** Lets the validity of results follow their marks, which are stored before; nothing else of them changes. */
export function storeValidity(db: Database, origin: Origin, rows: readonly ResultRow[]): Statement[] {
  return inSlices(
    db,
    rows.map(({ registrationId, validity, rowHash, line }) => [registrationId, validity, rowHash, line]),
    (json) => sql`
      UPDATE results SET row_hash = seen.value ->> 2, delivery_line = seen.value ->> 3,
        delivery_id = ${origin.deliveryId}, delivery_member = ${origin.member},
        imported_at = ${origin.importedAt.getTime()},
        validity = coalesce((SELECT max(mark) FROM result_marks AS marks WHERE marks.feed = results.feed
          AND marks.registration_id = results.registration_id AND is_set = 1), seen.value ->> 1)
      FROM json_each(${json}) AS seen
      WHERE results.feed = ${origin.feed.id} AND results.registration_id = seen.value ->> 0`,
  )
}
