import { type SQL, sql } from 'drizzle-orm'
import { lastChanged } from '../../audit/audit-queries.ts'
import type { Database } from '../../core/database.ts'
import { requestFiles, requestMessages } from '../../schema.ts'
import type { NewFile } from '../make-queries.ts'
import { PHOTO_KEPT_MS } from '../request.ts'

export type NewMessage = {
  submission: string
  staffId: number | null
  visibility: 'shared' | 'internal'
  body: string
  isByLink: boolean
}

/** As a statement for a batch: the message, once for each form, on the one request that `which` names. */
export function insertMessage(db: Database, which: SQL, message: NewMessage, now: Date) {
  const { submission, staffId, visibility, body, isByLink } = message
  return db
    .insert(requestMessages)
    .select(sql`
      SELECT NULL, id, ${submission}, ${staffId}, ${visibility}, ${body}, ${isByLink ? 1 : 0}, ${now.getTime()}
      FROM requests WHERE ${which}`)
    .onConflictDoNothing()
    .returning({ id: requestMessages.id })
}

/** Its files, right behind it, and only if it was written down. No statement where there are none. */
export function insertMessageFiles(
  db: Database,
  which: SQL,
  submission: string,
  files: readonly NewFile[],
  now: Date,
) {
  if (files.length === 0) return []
  const at = now.getTime()
  const file = (name: keyof NewFile) => sql`(file.value ->> ${sql.raw(`'${name}'`)})`
  return [
    db.insert(requestFiles).select(sql`
      SELECT NULL, message.request_id, message.id, ${file('objectKey')}, ${file('sealedKey')}, ${file('mediaType')},
        ${file('bytes')}, ${at}, ${at + PHOTO_KEPT_MS}, NULL, NULL, ${file('sha256')}
      FROM request_messages AS message CROSS JOIN json_each(${JSON.stringify(files)}) AS file
      WHERE message.submission = ${submission} AND message.request_id = (SELECT id FROM requests WHERE ${which})
        AND ${lastChanged}`),
  ]
}
