import { and, eq, isNotNull, isNull, or, sql } from 'drizzle-orm'
import { staffActor } from '../audit/actions.ts'
import { audited } from '../audit/audit-queries.ts'
import { type Database, isUniqueViolation } from '../core/database.ts'
import { oweMails } from '../mail/outbox-queries.ts'
import { staff } from '../schema.ts'
import { endInvitations } from './ending-queries.ts'
import { findPerson, isOwnerStill } from './people-queries.ts'
import type { Role } from './permissions.ts'

/**
 * Invites somebody: the row, the mail with its link and the audit entry. A person who was removed is invited anew
 * under the row they had. Null when the address belongs to somebody who is invited or has joined.
 */
export async function invite(
  db: Database,
  actorId: number,
  person: { email: string; name: string; role: Role },
  now: Date,
): Promise<number | null> {
  const [known] = await db
    .select({ id: staff.id, removedAt: staff.removedAt })
    .from(staff)
    .where(eq(staff.email, person.email))
  if (known) {
    if (known.removedAt === null) return null
    return (await inviteAgain(db, actorId, known.id, now, person)) ? known.id : null
  }
  const [next] = await db.select({ id: sql<number>`coalesce(max(${staff.id}), 0) + 1` }).from(staff)
  const id = next!.id
  const { email, name, role } = person
  try {
    await db.batch([
      db.insert(staff).select(sql`
        SELECT ${id}, ${email}, ${name}, ${role}, NULL, ${actorId}, ${now.getTime()}, NULL, NULL
        WHERE ${isOwnerStill(actorId)}`),
      ...audited(db, invited(actorId, id, role), now).after,
      oweInvitation(db, id, email, role, now),
    ])
    return id
  } catch (error) {
    // Somebody else was invited in the same moment. Once more from the start, and the address decides.
    if (isUniqueViolation(error)) return invite(db, actorId, person, now)
    throw error
  }
}

/** A fresh link for who has not joined, or was removed and comes back; the earlier links die. */
export async function inviteAgain(
  db: Database,
  actorId: number,
  staffId: number,
  now: Date,
  anew: { name?: string; role?: Role } = {},
): Promise<boolean> {
  const person = await findPerson(db, staffId)
  if (!person) return false
  const role = anew.role ?? person.role
  const [, , changed] = await db.batch([
    ...endInvitations(db, staffId, now, isOwnerStill(actorId)),
    db
      .update(staff)
      .set({
        ...(anew.name !== undefined && { name: anew.name }),
        role,
        password: null,
        invitedBy: actorId,
        invitedAt: now,
        joinedAt: null,
        removedAt: null,
      })
      .where(
        and(
          eq(staff.id, staffId),
          or(isNull(staff.joinedAt), isNotNull(staff.removedAt)),
          isOwnerStill(actorId),
        ),
      )
      .returning({ id: staff.id }),
    ...audited(db, invited(actorId, staffId, role), now).after,
    oweInvitation(db, staffId, person.email, role, now),
  ])
  return changed.length === 1
}

function invited(actorId: number, staffId: number, role: Role) {
  return { action: 'staff.invited', actor: staffActor(actorId), details: { staffId, role } } as const
}

/** Owed only if this very invitation was written; its link is minted when the mail is sent. */
function oweInvitation(db: Database, staffId: number, email: string, role: Role, now: Date) {
  const mail = {
    dedupeKey: `staff_invitation:${staffId}:${now.getTime()}`,
    candidateId: null,
    recipient: email,
    template: 'staff_invitation',
    payload: { staffId, role },
  } as const
  const isInvited = sql`EXISTS (
    SELECT 1 FROM staff WHERE id = ${staffId} AND invited_at = ${now.getTime()} AND joined_at IS NULL)`
  return oweMails(db, [mail], now, isInvited)
}
