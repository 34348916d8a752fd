import { and, desc, eq, sql } from 'drizzle-orm'
import { audited, lastChanged } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import { mailOutbox, requestFiles, requests } from '../schema.ts'
import type { NewRequest } from './make-request.ts'
import { PHOTO_KEPT_MS } from './request.ts'

export type NewFile = Pick<typeof requestFiles.$inferInsert, 'objectKey' | 'mediaType' | 'bytes'> & {
  sealedKey: string
  sha256: string
}

/** Of the kind that strangers can make in a candidate's name; of the others there is one. */
const MOST_OPEN = 5

/** The request, its file, the audit entry and the mail, all or nothing. Null where there is one like it already. */
export async function insertRequest(
  db: Database,
  { kind, candidateId, submission, details, actor }: Omit<NewRequest, 'photo'>,
  file: NewFile | null,
  now: Date,
): Promise<{ id: number } | null> {
  const at = now.getTime()
  const event = {
    action: 'request.made',
    actor,
    candidateId,
    details: { kind, hasPhoto: file !== null },
  } as const
  const { before, after } = audited(db, event, now)
  const [, made] = await db.batch([
    before,
    db
      .insert(requests)
      .select(sql`
        SELECT NULL, ${kind}, ${candidateId}, ${submission}, 'open', ${JSON.stringify(details)}, ${at}, NULL, NULL, NULL
        WHERE (
          SELECT count(*) FROM requests
          WHERE candidate_id = ${candidateId} AND kind = ${kind} AND state = 'open') < ${MOST_OPEN}`)
      .onConflictDoNothing()
      .returning({ id: requests.id }),
    ...(file ? [insertFile(db, candidateId, submission, file, now)] : []),
    ...after,
    db
      .insert(mailOutbox)
      .select(sql`
        SELECT NULL, 'request_received/' || id, 'request_received', candidate_id, NULL,
          json_object('requestId', id, 'kind', kind), 0, ${at}, ${at}, NULL, 0, NULL, NULL, NULL
        FROM requests WHERE candidate_id = ${candidateId} AND submission = ${submission}`)
      .onConflictDoNothing({ target: mailOutbox.dedupeKey }),
  ])
  return (made as { id: number }[])[0] ?? null
}

/** Right behind the request's own row, and only if that was written. */
function insertFile(db: Database, candidateId: string, submission: string, file: NewFile, now: Date) {
  const at = now.getTime()
  return db.insert(requestFiles).select(sql`
    SELECT NULL, id, ${file.objectKey}, ${file.sealedKey}, ${file.mediaType}, ${file.bytes}, ${at},
      ${at + PHOTO_KEPT_MS}, NULL, NULL, ${file.sha256}
    FROM requests WHERE candidate_id = ${candidateId} AND submission = ${submission} AND ${lastChanged}`)
}

/** The request that stood in the way of one like it: from the same form, or else open and of the same kind. */
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
        sql`(${isSameForm} OR (${requests.kind} = ${kind} AND ${requests.state} = 'open'))`,
      ),
    )
    .orderBy(desc(isSameForm))
    .limit(1)
  return found[0] ?? null
}
