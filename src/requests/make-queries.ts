import { and, desc, eq, sql } from 'drizzle-orm'
import { audited, lastChanged } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import { mailOutbox, requestFiles, requests } from '../schema.ts'
import type { NewRequest } from './make-request.ts'
import { type AskedFor, PHOTO_KEPT_MS } from './request.ts'

export type NewFile = Pick<typeof requestFiles.$inferInsert, 'objectKey' | 'mediaType' | 'bytes'> & {
  sealedKey: string
  sha256: string
}

/** Of a kind, at once: of some there is one. And of all kinds so many in a day. */
const MOST_OPEN = 5
const MOST_PER_DAY = 20
const DAY_MS = 86_400_000

/** The request, its file, the audit entry and the mail, all or nothing. Null where there is one like it already. */
export async function insertRequest(
  db: Database,
  { kind, candidateId, submission, details, actor }: Omit<NewRequest, 'photo'>,
  file: NewFile | null,
  now: Date,
): Promise<{ id: number } | null> {
  const request = { kind, candidateId, submission, details } as const
  const event = {
    action: 'request.made',
    actor,
    candidateId,
    details: { kind, hasPhoto: file !== null },
  } as const
  const { before, after } = audited(db, event, now)
  const [, made] = await db.batch([
    before,
    insertRow(db, request as NewRow, now),
    ...(file ? [insertFile(db, candidateId, submission, file, now)] : []),
    ...after,
    oweReceived(db, request, now),
  ])
  return (made as { id: number }[])[0] ?? null
}

type NewRow = AskedFor & { candidateId: string; submission: string }

/** As a statement for a batch: the request itself, unless there is one like it, or there are too many. */
export function insertRow(db: Database, { kind, candidateId, submission, details }: NewRow, now: Date) {
  const at = now.getTime()
  return db
    .insert(requests)
    .select(sql`
      SELECT NULL, ${kind}, ${candidateId}, ${submission}, 'open', ${JSON.stringify(details)}, ${at}, ${at}, NULL,
        NULL, NULL, NULL, NULL, NULL, NULL
      WHERE (
        SELECT count(*) FROM requests
        WHERE candidate_id = ${candidateId} AND kind = ${kind} AND decided_at IS NULL) < ${MOST_OPEN}
      AND (
        SELECT count(*) FROM requests
        WHERE candidate_id = ${candidateId} AND created_at > ${at - DAY_MS}) < ${MOST_PER_DAY}`)
    .onConflictDoNothing()
    .returning({ id: requests.id })
}

/** As a statement for a batch: we write that we have it. */
export function oweReceived(
  db: Database,
  { candidateId, submission }: Pick<NewRow, 'candidateId' | 'submission'>,
  now: Date,
) {
  const at = now.getTime()
  return db
    .insert(mailOutbox)
    .select(sql`
      SELECT NULL, 'request_received/' || id, 'request_received', candidate_id, NULL,
        json_object('requestId', id, 'kind', kind), 0, ${at}, ${at}, NULL, 0, NULL, NULL, NULL
      FROM requests WHERE candidate_id = ${candidateId} AND submission = ${submission}`)
    .onConflictDoNothing({ target: mailOutbox.dedupeKey })
}

/** Right behind the request's own row, and only if that was written. */
function insertFile(db: Database, candidateId: string, submission: string, file: NewFile, now: Date) {
  const at = now.getTime()
  return db.insert(requestFiles).select(sql`
    SELECT NULL, id, NULL, ${file.objectKey}, ${file.sealedKey}, ${file.mediaType}, ${file.bytes}, ${at},
      ${at + PHOTO_KEPT_MS}, NULL, NULL, ${file.sha256}
    FROM requests WHERE candidate_id = ${candidateId} AND submission = ${submission} AND ${lastChanged}`)
}

/** The request that stood in the way of one like it: from the same form, or else not decided yet and of the same kind. */
export async function findSameRequest(
  db: Database,
  { candidateId, kind, submission }: Pick<NewRequest, 'candidateId' | 'kind' | 'submission'>,
): Promise<{ id: number } | null> {
  const isSameForm = eq(requests.submission, submission)
  const found = await db
    .select({ id: requests.id })
    .from(requests)
    .where(
      and(
        eq(requests.candidateId, candidateId),
        sql`(${isSameForm} OR (${requests.kind} = ${kind} AND ${requests.decidedAt} IS NULL))`,
      ),
    )
    .orderBy(desc(isSameForm))
    .limit(1)
  return found[0] ?? null
}
