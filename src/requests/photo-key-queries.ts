import { and, eq, sql } from 'drizzle-orm'
import { staffActor } from '../audit/actions.ts'
import { audited } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import { requestFiles } from '../schema.ts'

/**
 * What opens the photo of an open request, or null, and an entry that this one of the staff saw it. Nobody opens one
 * that is past its time, even if the job that destroys it has not come round.
 */
export async function takePhotoKey(
  db: Database,
  { requestId, fileId, staffId }: { requestId: number; fileId: number; staffId: number },
  now: Date,
) {
  const shown = sql`
    SELECT object_key, sealed_key, media_type, request.candidate_id
    FROM request_files AS file JOIN requests AS request ON request.id = file.request_id
    WHERE file.id = ${fileId} AND request.id = ${requestId} AND request.state = 'open'
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
