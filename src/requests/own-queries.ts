import { and, desc, eq, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { candidates, requestFiles, requests } from '../schema.ts'
import type { AskedFor } from './request.ts'

/** More than anybody asks; older ones are seen by their links in mails. */
const LIST_LIMIT = 100

export const recordName = {
  fullName: candidates.fullName,
  givenName: candidates.givenName,
  familyName: candidates.familyName,
  nativeName: candidates.nativeName,
}

const ownColumns = {
  id: requests.id,
  kind: requests.kind,
  state: requests.state,
  details: requests.details,
  createdAt: requests.createdAt,
  decidedAt: requests.decidedAt,
  reason: requests.reason,
}

/** A candidate's requests, the newest first. */
export async function listOwnRequests(db: Database, candidateId: string) {
  const rows = await db
    .select(ownColumns)
    .from(requests)
    .where(eq(requests.candidateId, candidateId))
    .orderBy(desc(requests.createdAt), desc(requests.id))
    .limit(LIST_LIMIT)
  return rows.map(askedFor)
}

export type OwnRequest = Awaited<ReturnType<typeof listOwnRequests>>[number]

/** A request of the candidate's own with what became of its photo, or null: another's does not exist. */
export async function findOwnRequest(db: Database, candidateId: string, id: number) {
  const row = await db
    .select({
      ...ownColumns,
      photoSentAt: requestFiles.createdAt,
      photoDestroyedAt: requestFiles.destroyedAt,
    })
    .from(requests)
    .leftJoin(requestFiles, eq(requestFiles.requestId, requests.id))
    .where(and(eq(requests.id, id), eq(requests.candidateId, candidateId)))
    .get()
  return row ? askedFor(row) : null
}

/** The name on record, and the change of it that is asked for already, if one is. */
export async function findNameOnRecord(db: Database, candidateId: string) {
  const openId = sql<number | null>`(
    SELECT id FROM requests WHERE candidate_id = ${candidateId} AND kind = 'name_change' AND state = 'open')`
  const row = await db
    .select({
      ...recordName,
      country: candidates.country,
      nameDecidedAt: candidates.nameDecidedAt,
      openId: openId.as('open_id'),
    })
    .from(candidates)
    .where(eq(candidates.id, candidateId))
    .get()
  if (!row) throw new Error('a session without a candidate')
  const { country, nameDecidedAt, openId: open, ...name } = row
  return { name, country, nameDecidedAt, openId: open }
}

/** insertRequest is typed so that kind and details belong together. */
export function askedFor<Row extends { kind: unknown; details: unknown }>(row: Row) {
  return row as Omit<Row, 'kind' | 'details'> & AskedFor
}
