import { sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import type { Origin } from './origin.ts'
import { askTogether, inSlices, type Statement } from './row-queries.ts'

/** Whom a vendor means by a number of its own. */
export type Link = { vendorCandidateId: string; candidateId: string }

export type LinkFacts = { linked: ReadonlyMap<string, string>; unknownCandidates: ReadonlySet<string> }

/** What is known of the numbers and the people that some rows name, in one round trip. */
export async function loadLinkFacts(
  db: Database,
  feed: string,
  rows: readonly { candidateId: string; vendorCandidateId?: string }[],
): Promise<LinkFacts> {
  const numbers = JSON.stringify(rows.flatMap(({ vendorCandidateId }) => vendorCandidateId ?? []))
  const ids = JSON.stringify(rows.map(({ candidateId }) => candidateId))
  const [links, unknown] = await askTogether<[Link, { id: string }]>(db, [
    sql`
      SELECT vendor_candidate_id AS vendorCandidateId, candidate_id AS candidateId FROM vendor_candidates
      WHERE feed = ${feed} AND vendor_candidate_id IN (SELECT value FROM json_each(${numbers}))`,
    sql`
      SELECT DISTINCT value AS id FROM json_each(${ids})
      WHERE NOT EXISTS (SELECT 1 FROM candidates WHERE candidates.id = value)`,
  ])
  return {
    linked: new Map(links.map(({ vendorCandidateId, candidateId }) => [vendorCandidateId, candidateId])),
    unknownCandidates: new Set(unknown.map(({ id }) => id)),
  }
}

/** Remembers whom numbers mean; what was learned before stays. */
export function learnLinks(db: Database, origin: Origin, links: readonly Link[]): Statement[] {
  return inSlices(
    db,
    links.map(({ vendorCandidateId, candidateId }) => [vendorCandidateId, candidateId]),
    (json) => sql`
      INSERT INTO vendor_candidates (feed, vendor_candidate_id, candidate_id, learned_from, learned_at)
      SELECT ${origin.feed.id}, value ->> 0, value ->> 1, ${origin.deliveryId}, ${origin.importedAt.getTime()}
      FROM json_each(${json})
      WHERE true
      ON CONFLICT DO NOTHING`,
  )
}
