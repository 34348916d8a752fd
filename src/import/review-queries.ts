import { sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import type { reviewKinds } from '../schema.ts'
import type { Origin } from './origin.ts'
import type { ResultRow } from './result-queries.ts'
import { inSlices, type Statement } from './row-queries.ts'

export type OpenedReview = { kind: (typeof reviewKinds)[number]; row: ResultRow }

/** Opens reviews of what these versions say, once for each version. */
export function openReviews(db: Database, origin: Origin, reviews: readonly OpenedReview[]): Statement[] {
  return inSlices(
    db,
    reviews.map(({ kind, row }) => [row.registrationId, row.candidateId, kind, row.rowHash]),
    (json) => sql`
      INSERT INTO result_reviews (feed, registration_id, candidate_id, delivery_id, kind, row_hash, opened_at)
      SELECT ${origin.feed.id}, value ->> 0, value ->> 1, ${origin.deliveryId}, value ->> 2, value ->> 3,
        ${origin.importedAt.getTime()}
      FROM json_each(${json})
      WHERE true
      ON CONFLICT DO NOTHING`,
  )
}
