import { sql } from 'drizzle-orm'
import { type AuditEvent, staffActor } from '../audit/actions.ts'
import { audited } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import { askTogether, runTogether, statementOf } from '../import/row-queries.ts'
import type { Delivery, Grade, Validity } from '../import/sitting.ts'
import type { reviewKinds } from '../schema.ts'

export type ReviewTab = 'open' | 'closed'

/** Where a page ends: its last review's instant, in UTC milliseconds, and id. */
export type ReviewCursor = { at: number; id: number }

type Sitting = {
  registrationId: string
  resultId: number | null
  examCode: string | null
  examOn: string | null
  delivery: Delivery | null
  grade: Grade | null
  validity: Validity | null
}

export type ListedReview = Sitting & {
  id: number
  kind: (typeof reviewKinds)[number]
  candidateId: string
  fullName: string
  openedAt: number
  closedAt: number | null
  closedBy: string | null
}

const columns = sql`reviews.id, reviews.kind, reviews.registration_id AS registrationId,
  reviews.candidate_id AS candidateId, candidates.full_name AS fullName, reviews.opened_at AS openedAt,
  reviews.closed_at AS closedAt, (SELECT name FROM staff WHERE staff.id = reviews.closed_by) AS closedBy,
  results.id AS resultId, results.exam_code AS examCode, results.exam_on AS examOn, results.delivery, results.grade,
  results.validity`

const joins = sql`
  CROSS JOIN candidates ON candidates.id = reviews.candidate_id
  LEFT JOIN results ON results.feed = reviews.feed AND results.registration_id = reviews.registration_id`

/** One page of the open reviews, the oldest first, or of those that were closed, the latest first. */
export function listReviews(
  db: Database,
  { tab, after, limit }: { tab: ReviewTab; after: ReviewCursor | null; limit: number },
): Promise<ListedReview[]> {
  const page =
    tab === 'open'
      ? sql`SELECT * FROM result_reviews WHERE closed_at IS NULL
          AND (opened_at, id) > (${after?.at ?? 0}, ${after?.id ?? 0}) ORDER BY opened_at, id LIMIT ${limit}`
      : sql`SELECT * FROM result_reviews WHERE closed_at IS NOT NULL
          AND (closed_at, id) < (${after?.at ?? Number.MAX_SAFE_INTEGER}, ${after?.id ?? 0})
          ORDER BY closed_at DESC, id DESC LIMIT ${limit}`
  const order = tab === 'open' ? sql`openedAt, reviews.id` : sql`closedAt DESC, reviews.id DESC`
  return db.all<ListedReview>(sql`SELECT ${columns} FROM (${page}) AS reviews ${joins} ORDER BY ${order}`)
}

export type ShownReview = ListedReview & {
  feed: string
  deliveryId: string
  rowHash: string
  note: string | null
}

export type ReviewedVersion = {
  stands: number
  outcome: 'new' | 'changed' | 'superseded'
  deliveryId: string
  deliveryName: string | null
  line: number
  rowHash: string
  importedAt: number
  delivery: Delivery
  grade: Grade
  validity: Validity
  score: string | null
}

export type RestingAward = {
  id: number
  certification: string
  awardedOn: string
  expiresOn: string | null
  suspendedOn: string | null
  emeritusOn: string | null
  revokedOn: string | null
  supersededBy: number | null
  isEarned: number
  isRenewed: number
}

const MOST_VERSIONS = 50

/** A review with everything that the vendor said of the sitting, and the awards that rest on it: one round trip. */
export async function findReview(db: Database, id: number) {
  const sitting = sql`(SELECT feed, registration_id FROM result_reviews WHERE id = ${id})`
  const resultId = sql`(
    SELECT results.id FROM result_reviews AS review CROSS JOIN results
      ON results.feed = review.feed AND results.registration_id = review.registration_id
    WHERE review.id = ${id})`
  const said = sql`fields ->> 'delivery' AS delivery, fields ->> 'grade' AS grade, fields ->> 'validity' AS validity,
    fields ->> 'score' AS score`
  const deliveryName = sql`(SELECT name FROM deliveries WHERE deliveries.id = delivery_id) AS deliveryName`
  const place = sql`outcome, delivery_id AS deliveryId, ${deliveryName}, line, row_hash AS rowHash,
    imported_at AS importedAt, ${said}`
  const [reviews, versions, awards] = await askTogether<[ShownReview, ReviewedVersion, RestingAward]>(db, [
    sql`
      SELECT ${columns}, reviews.feed, reviews.delivery_id AS deliveryId, reviews.row_hash AS rowHash, reviews.note
      FROM (SELECT * FROM result_reviews WHERE id = ${id}) AS reviews ${joins}`,
    sql`
      SELECT 1 AS stands, ${place} FROM standing_versions WHERE (feed, registration_id) = ${sitting}
      UNION ALL
      SELECT * FROM (
        SELECT 0 AS stands, ${place} FROM result_versions WHERE (feed, registration_id) = ${sitting}
        ORDER BY vendor_time DESC, imported_at DESC LIMIT ${MOST_VERSIONS})`,
    sql`
      SELECT awards.id, certification, awarded_on AS awardedOn, expires_on AS expiresOn, suspended_on AS suspendedOn,
        emeritus_on AS emeritusOn,
        revoked_on AS revokedOn, superseded_by AS supersededBy,
        ${resultId} IN (reason ->> '$.pass.resultId', reason ->> '$.completedBy.resultId') AS isEarned,
        EXISTS (SELECT 1 FROM renewals WHERE award_id = awards.id AND result_id = ${resultId}) AS isRenewed
      FROM awards
      WHERE candidate_id = (SELECT candidate_id FROM result_reviews WHERE id = ${id}) AND superseded_by IS NULL
        AND (${resultId} IN (reason ->> '$.pass.resultId', reason ->> '$.completedBy.resultId')
          OR EXISTS (SELECT 1 FROM renewals WHERE award_id = awards.id AND result_id = ${resultId}))
      ORDER BY awarded_on DESC, awards.id DESC`,
  ])
  const [review] = reviews
  return review ? { review, versions, awards } : null
}

export type FoundReview = NonNullable<Awaited<ReturnType<typeof findReview>>>

/** Closes an open review, once: whoever closes it later changes nothing. */
export async function closeReview(
  db: Database,
  id: number,
  note: string,
  { staffId, now }: { staffId: number; now: Date },
): Promise<void> {
  const reviewed = sql`(SELECT candidate_id FROM result_reviews WHERE id = ${id})`
  const kind = { reviewId: id }
  const event: AuditEvent = { action: 'review.closed', actor: staffActor(staffId), details: kind }
  const { before, after } = audited(db, { ...event, candidateId: reviewed }, now)
  await runTogether(db, [
    statementOf(db, before),
    statementOf(
      db,
      sql`UPDATE result_reviews SET closed_at = ${now.getTime()}, closed_by = ${staffId}, note = ${note}
        WHERE id = ${id} AND closed_at IS NULL`,
    ),
    ...after.map((statement) => statementOf(db, statement)),
  ])
}

/** Who closed a review with what, or null where there is none. */
export async function findClosing(db: Database, id: number) {
  const [found] = await db.all<{ closedById: number | null; note: string | null }>(
    sql`SELECT closed_by AS closedById, note FROM result_reviews WHERE id = ${id}`,
  )
  return found ?? null
}
