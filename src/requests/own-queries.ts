import { desc, eq, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { candidates, requestFiles, requests } from '../schema.ts'
import type { AskedFor } from './request.ts'
import { withFiles } from './thread/message.ts'
import { selectShared } from './thread/thread-queries.ts'

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

/**
 * A request of the candidate's own, with what became of its photo and what was said about it, or null: another's does
 * not exist. Whoever says that they lost the address is not known to be the candidate: what they say is not shown.
 */
export async function findOwnRequest(db: Database, candidateId: string, id: number) {
  const isOwn = sql`id = ${id} AND candidate_id = ${candidateId}`
  const [found, photos, messages, files] = await db.batch([
    db

      .select({
        ...ownColumns,
        helped: requests.helped,
        helpedComment: requests.helpedComment,
        takenBackReason: sql<string | null>`(
          SELECT taken_back_reason FROM course_completions WHERE request_id = requests.id)`.as('back_reason'),
      })
      .from(requests)
      .where(isOwn),
    db
      .select({ sentAt: requestFiles.createdAt, destroyedAt: requestFiles.destroyedAt })
      .from(requestFiles)
      .where(sql`message_id IS NULL AND request_id = (SELECT id FROM requests WHERE ${isOwn})`),
    ...selectShared(db, sql`${isOwn} AND kind <> 'address_recovery'`),
  ])
  const row = found[0]
  return row ? { ...askedFor(row), photo: photos[0] ?? null, messages: withFiles(messages, files) } : null
}

/** The name on record, and the change of it that is asked for already, if one is. */
export async function findNameOnRecord(db: Database, candidateId: string) {
  const openId = sql<number | null>`(
    SELECT id FROM requests WHERE candidate_id = ${candidateId} AND kind = 'name_change' AND decided_at IS NULL)`
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
