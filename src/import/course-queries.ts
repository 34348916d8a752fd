import { sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import type { MatchFacts } from './match-candidate.ts'
import { type MatchAnswers, matchQuestions, readMatchFacts } from './match-queries.ts'
import type { Origin } from './origin.ts'
import { type CourseValidity, completionKey } from './read-course-row.ts'
import type { Named } from './read-named.ts'
import { askTogether, inSlices, type Statement } from './row-queries.ts'
import { UNNUMBERED } from './sitting.ts'

export type StoredCourse = {
  enrolmentId: string
  candidateId: string
  course: string
  completedOn: string
  validity: CourseValidity
  vendorTime: number
  rowHash: string
}

/** A completion as it will stand. */
export type CourseRow = StoredCourse & { line: number }

export type CourseFacts = MatchFacts & {
  /** What stands, by the holder's number of the enrolment. */
  enrolments: ReadonlyMap<string, StoredCourse>
  /** What stands that the holder has no number for, by completionKey. */
  unnumbered: ReadonlyMap<string, StoredCourse>
  holders: ReadonlyMap<string, string>
}

const STORED_COLUMNS = sql`enrolment_id AS enrolmentId, candidate_id AS candidateId, course, completed_on AS completedOn,
  validity, vendor_time AS vendorTime, row_hash AS rowHash`

/**
 * What the record holds about the completions and the people that some rows name, in one round trip. `registrationId`
 * is the enrolment. What has no number is asked of those whom rows without one name, by an ID or the vendor's number.
 */
export async function loadCourseFacts(
  db: Database,
  feed: string,
  rows: readonly Named[],
): Promise<CourseFacts> {
  const without = rows.filter(({ registrationId }) => registrationId === '')
  const enrolments = JSON.stringify(rows.flatMap(({ registrationId }) => registrationId || []))
  const ids = JSON.stringify(without.map(({ candidateId }) => candidateId))
  const numbers = JSON.stringify(without.flatMap(({ vendorCandidateId }) => vendorCandidateId ?? []))
  const [numbered, unnumbered, ...people] = await askTogether<[StoredCourse, StoredCourse, ...MatchAnswers]>(
    db,
    [
      sql`
      SELECT ${STORED_COLUMNS} FROM course_completions
      WHERE feed = ${feed} AND enrolment_id IN (SELECT value FROM json_each(${enrolments}))`,
      // The plus sign keeps SQLite from walking the feed instead of looking these people up.
      sql`
      SELECT ${STORED_COLUMNS} FROM course_completions
      WHERE +feed = ${feed} AND enrolment_id LIKE ${`${UNNUMBERED}%`} AND candidate_id IN (
        SELECT value FROM json_each(${ids})
        UNION SELECT candidate_id FROM vendor_candidates
          WHERE feed = ${feed} AND vendor_candidate_id IN (SELECT value FROM json_each(${numbers})))`,
      ...matchQuestions(feed, rows),
    ],
  )
  return {
    enrolments: new Map(numbered.map((stored) => [stored.enrolmentId, stored])),
    unnumbered: new Map(unnumbered.map((stored) => [completionKey(stored), stored])),
    holders: new Map(),
    ...readMatchFacts(...people),
  }
}

/** Stores completions as the latest row has them. Whose one is never changes. */
export function storeCourses(db: Database, origin: Origin, rows: readonly CourseRow[]): Statement[] {
  return inSlices(
    db,
    rows.map(valuesOf),
    (json) =>
      sql`
      INSERT INTO course_completions (feed, enrolment_id, candidate_id, course, completed_on, validity, vendor_time,
        row_hash, delivery_line, delivery_id, delivery_member, created_at)
      SELECT ${origin.feed.id}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5,
        value ->> 6, value ->> 7, ${origin.deliveryId}, ${origin.member}, ${origin.importedAt.getTime()}
      FROM json_each(${json})
      WHERE true
      ON CONFLICT (feed, enrolment_id) WHERE feed IS NOT NULL DO UPDATE SET
        course = excluded.course, completed_on = excluded.completed_on, validity = excluded.validity,
        vendor_time = excluded.vendor_time, row_hash = excluded.row_hash, delivery_line = excluded.delivery_line,
        delivery_id = excluded.delivery_id, delivery_member = excluded.delivery_member
      WHERE excluded.vendor_time >= course_completions.vendor_time`,
  )
}

/** What staff approved of the same course on the same day is in doubt once it was taken back here, and no more once it stands. */
export function doubtApproved(db: Database, origin: Origin, rows: readonly CourseRow[]): Statement[] {
  const at = origin.importedAt.getTime()
  return inSlices(
    db,
    rows.map(({ candidateId, course, completedOn, validity }) => [
      candidateId,
      course,
      completedOn,
      validity,
    ]),
    (json) =>
      sql`
      UPDATE course_completions SET doubted_at = iif(told.value ->> 3 = 'revoked', coalesce(doubted_at, ${at}), NULL)
      FROM json_each(${json}) AS told
      WHERE candidate_id = told.value ->> 0 AND course = told.value ->> 1 AND completed_on = told.value ->> 2
        AND course_completions.feed IS NULL AND request_id IS NOT NULL AND taken_back_at IS NULL`,
  )
}

/** The same values again under a later clock; the feed stands in the JSON for the reason given at confirmResults. */
export function confirmCourses(
  db: Database,
  feed: string,
  rows: readonly { enrolmentId: string; vendorTime: number }[],
): Statement[] {
  return inSlices(
    db,
    rows.map(({ enrolmentId, vendorTime }) => [feed, enrolmentId, vendorTime]),
    (json) =>
      sql`
        UPDATE course_completions SET vendor_time = max(vendor_time, seen.value ->> 2)
        FROM json_each(${json}) AS seen
        WHERE course_completions.feed = seen.value ->> 0 AND course_completions.enrolment_id = seen.value ->> 1`,
  )
}

function valuesOf(row: CourseRow): unknown[] {
  return [
    row.enrolmentId,
    row.candidateId,
    row.course,
    row.completedOn,
    row.validity,
    row.vendorTime,
    row.rowHash,
    row.line,
  ]
}
