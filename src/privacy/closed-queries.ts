import { sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import type { ClosedIdHash } from './closed-ids.ts'

export async function anyAccountWasClosed(db: Database): Promise<boolean> {
  const [answer] = await db.all<{ found: number }>(
    sql`SELECT EXISTS (SELECT 1 FROM closed_candidates) AS found`,
  )
  return answer?.found === 1
}

/** Of these IDs, those that are no candidate's now. */
export async function listUnknownIds(db: Database, candidateIds: readonly string[]): Promise<string[]> {
  const unknown = await db.all<{ id: string }>(sql`
    SELECT value AS id FROM json_each(${JSON.stringify(candidateIds)})
    WHERE NOT EXISTS (SELECT 1 FROM candidates WHERE candidates.id = value)
      AND NOT EXISTS (SELECT 1 FROM candidate_aliases WHERE alias_id = value)`)
  return unknown.map(({ id }) => id)
}

/** Of these IDs, those whose account was closed, with when, in UTC milliseconds. */
export async function findClosedIds(
  db: Database,
  hashOf: ClosedIdHash,
  candidateIds: readonly string[],
): Promise<Map<string, number>> {
  if (candidateIds.length === 0) return new Map()
  const hashed = await Promise.all(candidateIds.map(async (id) => ({ id, hashes: await hashOf(id) })))
  const closed = await db.all<{ idHmac: string; closedAt: number }>(sql`
    SELECT id_hmac AS idHmac, closed_at AS closedAt FROM closed_candidates
    WHERE id_hmac IN (SELECT value FROM json_each(${JSON.stringify(hashed.flatMap(({ hashes }) => hashes))}))`)
  const closedAtOf = new Map(closed.map(({ idHmac, closedAt }) => [idHmac, closedAt]))
  return new Map(
    hashed.flatMap(({ id, hashes }) => {
      const times = hashes.flatMap((hash) => closedAtOf.get(hash) ?? [])
      return times.length === 0 ? [] : [[id, Math.max(...times)] as const]
    }),
  )
}

/** Of these registrations, those that were a closed account's, with the pseudonym under which they are kept. */
export async function listErasedHolders(
  db: Database,
  feed: string,
  registrationIds: readonly string[],
): Promise<Map<string, string>> {
  if (registrationIds.length === 0) return new Map()
  const asked = JSON.stringify(registrationIds)
  const held = await db.all<{ registrationId: string; candidateId: string }>(sql`
    SELECT sitting.registration_id AS registrationId, sitting.candidate_id AS candidateId FROM (
      SELECT registration_id, candidate_id FROM results
      WHERE feed = ${feed} AND registration_id IN (SELECT value FROM json_each(${asked}))
      UNION
      SELECT registration_id, candidate_id FROM registrations
      WHERE feed = ${feed} AND registration_id IN (SELECT value FROM json_each(${asked}))
    ) AS sitting JOIN candidates ON candidates.id = sitting.candidate_id
    WHERE candidates.erased_at IS NOT NULL`)
  return new Map(held.map(({ registrationId, candidateId }) => [registrationId, candidateId]))
}

/** Of these enrolments in courses, those that were a closed account's, with the pseudonym. */
export async function listErasedEnrolments(
  db: Database,
  feed: string,
  enrolmentIds: readonly string[],
): Promise<Map<string, string>> {
  if (enrolmentIds.length === 0) return new Map()
  const held = await db.all<{ enrolmentId: string; candidateId: string }>(sql`
    SELECT enrolment_id AS enrolmentId, candidate_id AS candidateId
    FROM course_completions JOIN candidates ON candidates.id = candidate_id
    WHERE feed = ${feed} AND enrolment_id IN (SELECT value FROM json_each(${JSON.stringify(enrolmentIds)}))
      AND candidates.erased_at IS NOT NULL`)
  return new Map(held.map(({ enrolmentId, candidateId }) => [enrolmentId, candidateId]))
}
