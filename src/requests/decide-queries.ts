import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { BatchItem } from 'drizzle-orm/batch'
import { staffActor } from '../audit/actions.ts'
import { audited, lastChanged } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import type { OwedMail } from '../mail/outbox.ts'
import { oweMails } from '../mail/outbox-queries.ts'
import { candidates, requests } from '../schema.ts'
import type { Decision } from './decision.ts'
import { destroyPhoto } from './file-queries.ts'
import type { RecordName } from './name.ts'
import type { ClaimFor } from './request.ts'
import { isAsSeen } from './thread/thread-queries.ts'

/** What a decision sets going: statements that do nothing unless the request stands as it was just decided. */
export type Effects = { statements: readonly BatchItem<'sqlite'>[]; isPossible: SQL }

/** `newAddress`: to which somebody wants their mail who lost the one on record. */
export type DecidedRequest = ClaimFor & { id: number; candidateId: string; newAddress: string | null }

/**
 * Decides a request that is not decided yet with all that follows from it in one batch. False where it is not open any
 * more, where something was said that whoever decides had not seen, or where what is approved cannot be done: then
 * nothing happens.
 */
export async function decideRequest(
  db: Database,
  { id, kind, candidateId, newAddress }: DecidedRequest,
  decision: Decision,
  staffId: number,
  effects: Effects,
  now: Date,
): Promise<boolean> {
  const state = decision.isApproved ? 'approved' : 'refused'
  const reason = decision.isApproved ? null : decision.reason
  const actor = staffActor(staffId)
  const action = decision.isApproved ? 'request.approved' : 'request.refused'
  const { before, after } = audited(db, { action, actor, candidateId, details: { requestId: id, kind } }, now)
  const mail = {
    template: 'request_decided',
    payload: { requestId: id, kind, isApproved: decision.isApproved, reason },
  } as const
  const mails: OwedMail[] = [
    { ...mail, dedupeKey: `request_decided/${id}`, candidateId },
    // Whoever lost an address does not read it. This one has proved nothing yet, and is not told whose record it is.
    ...(newAddress === null
      ? []
      : [{ ...mail, dedupeKey: `request_decided/${id}/new`, candidateId: null, recipient: newAddress }]),
  ]
  const isDecided = sql`EXISTS (SELECT 1 FROM requests WHERE id = ${id} AND state = ${state})`
  const photo = { requestId: id, candidateId, actor, why: 'decided' } as const
  const [, decided] = await db.batch([
    before,
    db
      .update(requests)
      .set({ state, reason, decidedAt: now, decidedBy: staffId })
      .where(
        and(eq(requests.id, id), isNull(requests.decidedAt), isAsSeen(id, decision.seen), effects.isPossible),
      )
      .returning({ id: requests.id }),
    oweMails(db, mails, now, lastChanged),
    ...after,
    ...effects.statements,
    ...destroyPhoto(db, photo, now, isDecided),
  ])
  return (decided as unknown[]).length === 1
}

/**
 * The name is the candidate's from now on, and feeds leave it alone. Only by the decision of this very instant: one
 * that was approved before never comes back over a later name.
 */
export function changeName(
  db: Database,
  { id, candidateId }: { id: number; candidateId: string },
  { from, to }: { from: RecordName; to: RecordName },
  staffId: number,
  now: Date,
): Effects {
  const at = now.getTime()
  const event = {
    action: 'name.changed',
    actor: staffActor(staffId),
    candidateId,
    details: { requestId: id },
  } as const
  const { before, after } = audited(db, event, now)
  const { fullName, givenName, familyName, nativeName } = to
  const isJustApproved = sql`EXISTS (
    SELECT 1 FROM requests
    WHERE id = ${id} AND state = 'approved' AND decided_at = ${at} AND decided_by = ${staffId})`
  const write = db
    .update(candidates)
    .set({
      fullName,
      givenName,
      familyName,
      nameDecidedAt: now,
      ...(nativeName !== from.nativeName && { nativeName, nativeNameEditedAt: now }),
    })
    .where(and(eq(candidates.id, candidateId), sql`${candidates.nameDecidedAt} IS NOT ${at}`, isJustApproved))
  return {
    statements: [before, write, ...after],
    isPossible: sql`EXISTS (SELECT 1 FROM candidates WHERE id = ${candidateId} AND erased_at IS NULL)`,
  }
}

export const noEffects: Effects = { statements: [], isPossible: sql`true` }
