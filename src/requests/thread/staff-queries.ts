import { and, isNull, type SQL, sql } from 'drizzle-orm'
import { staffActor } from '../../audit/actions.ts'
import { audited } from '../../audit/audit-queries.ts'
import type { Database } from '../../core/database.ts'
import type { RequestKind } from '../../mail/outbox.ts'
import { oweMails } from '../../mail/outbox-queries.ts'
import { requests } from '../../schema.ts'
import { personIsAble } from '../desk/assign-queries.ts'
import type { NewFile } from '../make-queries.ts'
import { isJustWritten } from './candidate-queries.ts'
import { insertMessage, insertMessageFiles } from './insert-queries.ts'
import type { StaffAct } from './staff-message.ts'
import { isAsSeen } from './thread-queries.ts'

export type MessageByStaff = {
  request: { id: number; kind: RequestKind; candidateId: string; newAddress: string | null }
  staffId: number
  submission: string
  act: StaffAct
  body: string
  /** The last shared message that the writer had before their eyes; 0 for none. */
  seen: number
}

const ACTIONS = {
  note: 'request.noted',
  reply: 'request.message-written',
  ask: 'request.asked-back',
  solve: 'request.answered',
} as const

/**
 * Writes down what one of the staff says, with what it does to the request and the mail about it, all or nothing. Null
 * where the request has ended, or something was said that the writer had not seen: two of the staff never answer one
 * thing twice. A note among staff is always taken.
 */
export async function writeByStaff(
  db: Database,
  { request, staffId, submission, act, body, seen }: MessageByStaff,
  files: readonly NewFile[],
  now: Date,
): Promise<{ id: number } | null> {
  const { id: requestId, kind, candidateId, newAddress } = request
  const isNote = act === 'note'
  const visibility = isNote ? 'internal' : 'shared'
  const isTaken = isNote ? sql`true` : sql`decided_at IS NULL AND ${isAsSeen(requestId, seen)}`
  const which = sql`id = ${requestId} AND ${isTaken}`
  const actor = staffActor(staffId)
  const event = {
    action: ACTIONS[act],
    actor,
    candidateId,
    details: { requestId, files: files.length },
  } as const
  const { before, after } = audited(db, event, now)
  const wasWritten = isJustWritten(requestId, submission, now)
  const message = { submission, staffId, visibility, body, isByLink: false } as const
  const mail = {
    dedupeKey: `request_message/${requestId}/${submission}`,
    template: 'request_message',
    payload: { requestId, kind, body, files: files.length, isEnded: act === 'solve' },
    // Whoever lost an address does not read it, and has not proved yet whose record it is.
    ...(newAddress === null ? { candidateId } : { candidateId: null, recipient: newAddress }),
  } as const
  const [, written] = await db.batch([
    before,
    insertMessage(db, which, message, now),
    ...insertMessageFiles(db, sql`id = ${requestId}`, submission, files, now),
    ...after,
    ...(isNote
      ? []
      : [oweMails(db, [mail], now, wasWritten), takeTurn(db, requestId, act, staffId, wasWritten, now)]),
  ])
  return (written as { id: number }[])[0] ?? null
}

/** Whoever answers first sees to the request from then on, unless somebody does already who still can. */
function takeTurn(db: Database, requestId: number, act: StaffAct, staffId: number, onlyIf: SQL, now: Date) {
  return db
    .update(requests)
    .set({
      assignedTo: sql`coalesce((
        SELECT person.id FROM staff AS person WHERE person.id = requests.assigned_to AND ${personIsAble}), ${staffId})`,
      ...(act === 'ask' && { state: 'waiting', turnSince: now }),
      ...(act === 'solve' && { state: 'answered', decidedAt: now, decidedBy: staffId }),
    })
    .where(and(sql`id = ${requestId}`, isNull(requests.decidedAt), onlyIf))
}
