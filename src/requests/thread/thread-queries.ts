import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import type { Database } from '../../core/database.ts'
import { requestFiles, requestMessages } from '../../schema.ts'

/** More than is ever said about one request. */
const MOST_MESSAGES = 500

const fileColumns = {
  id: requestFiles.id,
  messageId: sql<number>`message_id`.as('of_message'),
  mediaType: requestFiles.mediaType,
  bytes: requestFiles.bytes,
  destroyedAt: requestFiles.destroyedAt,
}

/**
 * As statements for a batch: what the candidate may read about the request that `which` names, and the files of that.
 * What staff say among themselves is never asked for.
 */
export function selectShared(db: Database, which: SQL) {
  const isShared = sql`request_id = (SELECT id FROM requests WHERE ${which}) AND visibility = 'shared'`
  return [
    db
      .select({
        id: requestMessages.id,
        isFromStaff: sql`staff_id IS NOT NULL`.mapWith(Boolean).as('is_from_staff'),
        body: requestMessages.body,
        createdAt: requestMessages.createdAt,
      })
      .from(requestMessages)
      .where(isShared)
      .orderBy(asc(requestMessages.id))
      .limit(MOST_MESSAGES),
    db
      .select(fileColumns)
      .from(requestFiles)
      .where(sql`message_id IN (SELECT id FROM request_messages WHERE ${isShared})`)
      .orderBy(asc(requestFiles.id)),
  ] as const
}

/** True while nothing is said that the candidate can read, after what one of the staff had before their eyes. */
export function isAsSeen(requestId: number, seen: number): SQL {
  return sql`ifnull((
    SELECT max(said.id) FROM request_messages AS said
    WHERE said.request_id = ${requestId} AND said.visibility = 'shared'), 0) = ${seen}`
}

/** As statements for a batch: all that was said about a request, for staff, and the files of that. */
export function selectAll(db: Database, requestId: number) {
  return [
    db
      .select({
        id: requestMessages.id,
        staffName: sql<string | null>`(SELECT name FROM staff WHERE staff.id = staff_id)`.as('said_by'),
        visibility: requestMessages.visibility,
        body: requestMessages.body,
        isByLink: requestMessages.byLink,
        createdAt: requestMessages.createdAt,
      })
      .from(requestMessages)
      .where(eq(requestMessages.requestId, requestId))
      .orderBy(asc(requestMessages.id))
      .limit(MOST_MESSAGES),
    db
      .select(fileColumns)
      .from(requestFiles)
      .where(and(eq(requestFiles.requestId, requestId), sql`message_id IS NOT NULL`))
      .orderBy(asc(requestFiles.id)),
  ] as const
}
