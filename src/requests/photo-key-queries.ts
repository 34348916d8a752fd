import { and, eq, sql } from 'drizzle-orm'
import { staffActor } from '../audit/actions.ts'
import { audited } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import { requestFiles } from '../schema.ts'
import { questionKinds } from './request.ts'

type Asked = { requestId: number; fileId: number; staffId: number; mayViewDocuments: boolean }

/**
 * What opens a file of a request, or null, and an entry that this one of the staff saw it. What came with a claim is
 * for those who may look at documents. Nobody opens one that is past its time, even if the job that destroys it has not
 * come round.
 */
export async function takePhotoKey(
  db: Database,
  { requestId, fileId, staffId, mayViewDocuments }: Asked,
  now: Date,
) {
  const shown = sql`
    SELECT object_key, sealed_key, media_type, request.candidate_id
    FROM request_files AS file JOIN requests AS request ON request.id = file.request_id
    WHERE file.id = ${fileId} AND request.id = ${requestId}
      AND (request.kind IN (SELECT value FROM json_each(${JSON.stringify(questionKinds)})) OR (
        ${mayViewDocuments ? 1 : 0} AND request.decided_at IS NULL))
      AND file.sealed_key IS NOT NULL AND file.destroy_after > ${now.getTime()}`
  const event = {
    action: 'staff.file-viewed',
    actor: staffActor(staffId),
    candidateId: sql`(SELECT candidate_id FROM (${shown}))`,
    details: { requestId, fileId },
  } as const
  const { before, after } = audited(db, event, now, sql`EXISTS (${shown})`)
  const [found] = await db.batch([
    db
      .select({
        objectKey: requestFiles.objectKey,
        sealedKey: requestFiles.sealedKey,
        mediaType: requestFiles.mediaType,
      })
      .from(requestFiles)
      .where(and(eq(requestFiles.id, fileId), sql`EXISTS (${shown})`)),
    before,
    ...after,
  ])
  const file = found[0]
  return file?.sealedKey ? { ...file, sealedKey: file.sealedKey } : null
}

/**
 * What opens a file that staff sent to the candidate, or null. Files of their own are not given back: somebody else
 * may sit in front of their session.
 */
export async function takeOwnFileKey(
  db: Database,
  { requestId, fileId, candidateId }: { requestId: number; fileId: number; candidateId: string },
  now: Date,
) {
  const file = await db
    .select({
      objectKey: requestFiles.objectKey,
      sealedKey: requestFiles.sealedKey,
      mediaType: requestFiles.mediaType,
    })
    .from(requestFiles)
    .where(
      and(
        eq(requestFiles.id, fileId),
        sql`sealed_key IS NOT NULL AND destroy_after > ${now.getTime()} AND EXISTS (
          SELECT 1 FROM request_messages AS message JOIN requests AS request ON request.id = message.request_id
          WHERE message.id = message_id AND request.id = ${requestId} AND request.candidate_id = ${candidateId}
            AND request.kind <> 'address_recovery' AND message.visibility = 'shared' AND message.staff_id IS NOT NULL)`,
      ),
    )
    .get()
  return file?.sealedKey ? { ...file, sealedKey: file.sealedKey } : null
}
