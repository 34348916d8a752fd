import { and, eq, type SQL, sql } from 'drizzle-orm'
import { audited } from '../../audit/audit-queries.ts'
import type { Database } from '../../core/database.ts'
import { mailOutbox, requestMessages, requests } from '../../schema.ts'
import { personIsAble } from '../desk/assign-queries.ts'
import type { NewFile } from '../make-queries.ts'
import { insertMessage, insertMessageFiles } from './insert-queries.ts'

/** Nobody floods a request: so many messages of its candidate within an hour. */
const MOST_PER_HOUR = 10
const HOUR_MS = 3_600_000

export type CandidateMessage = {
  requestId: number
  candidateId: string
  submission: string
  body: string
  isByLink: boolean
}

/**
 * Writes down what the candidate says, and gives the turn to staff: what waited for it is open, and so is a question
 * that was answered since `reopenableSince`: whether that answer helped is asked anew after the next. Null where nothing more may be said, or where this form came before.
 */
export async function writeByCandidate(
  db: Database,
  { requestId, candidateId, ...said }: CandidateMessage,
  files: readonly NewFile[],
  reopenableSince: Date,
  now: Date,
): Promise<{ id: number } | null> {
  const at = now.getTime()
  const message = { ...said, staffId: null, visibility: 'shared' } as const
  const isTaken = sql`(decided_at IS NULL OR (state = 'answered' AND decided_at > ${reopenableSince.getTime()}))`
  const hasRoom = sql`(
    SELECT count(*) FROM request_messages AS earlier
    WHERE earlier.request_id = ${requestId} AND earlier.staff_id IS NULL
      AND earlier.created_at > ${at - HOUR_MS}) < ${MOST_PER_HOUR}`
  const which = sql`id = ${requestId} AND candidate_id = ${candidateId} AND ${isTaken} AND ${hasRoom}`
  const event = {
    action: 'request.message-sent',
    actor: said.isByLink ? 'nobody' : 'candidate',
    candidateId,
    details: { requestId, files: files.length, byLink: said.isByLink },
  } as const
  const { before, after } = audited(db, event, now)
  const [, written] = await db.batch([
    before,
    insertMessage(db, which, message, now),
    ...insertMessageFiles(db, sql`id = ${requestId}`, said.submission, files, now),
    ...after,
    oweAssignee(db, requestId, said.submission, now),
    db
      .update(requests)
      .set({
        state: 'open',
        turnSince: now,
        decidedAt: null,
        decidedBy: null,
        helped: null,
        helpedComment: null,
        ratedAt: null,
      })
      .where(
        sql`id = ${requestId} AND state IN ('waiting', 'answered') AND ${isJustWritten(requestId, said.submission, now)}`,
      ),
  ])
  return (written as { id: number }[])[0] ?? null
}

/** True in the batch that wrote the message, and again only for the same form within the same millisecond. */
export function isJustWritten(requestId: number, submission: string, now: Date): SQL {
  return sql`EXISTS (
    SELECT 1 FROM request_messages AS written
    WHERE written.request_id = ${requestId} AND written.submission = ${submission}
      AND written.created_at = ${now.getTime()})`
}

/** Whoever of the staff sees to the request is written to, without what was said: it stands in the console. */
function oweAssignee(db: Database, requestId: number, submission: string, now: Date) {
  const at = now.getTime()
  return db
    .insert(mailOutbox)
    .select(sql`
      SELECT NULL, 'request_reply/' || request.id || '/' || ${submission}, 'request_reply', NULL, person.email,
        json_object('requestId', request.id, 'kind', request.kind), 0, ${at}, ${at}, NULL, 0, NULL, NULL, NULL
      FROM requests AS request JOIN staff AS person ON person.id = request.assigned_to
      WHERE request.id = ${requestId} AND ${personIsAble} AND ${isJustWritten(requestId, submission, now)}`)
    .onConflictDoNothing({ target: mailOutbox.dedupeKey })
}

/** Whether this form's message is there already: it was sent twice, and both times are one. */
export async function isWritten(
  db: Database,
  { requestId, submission }: Pick<CandidateMessage, 'requestId' | 'submission'>,
): Promise<boolean> {
  const [found] = await db
    .select({ id: requestMessages.id })
    .from(requestMessages)
    .where(and(eq(requestMessages.requestId, requestId), eq(requestMessages.submission, submission)))
  return found !== undefined
}
