import { and, eq, isNotNull, isNull, ne, or, type SQL, sql } from 'drizzle-orm'
import { staffActor } from '../audit/actions.ts'
import { audited } from '../audit/audit-queries.ts'
import { type Database, isUniqueViolation } from '../core/database.ts'
import { oweMails } from '../mail/outbox-queries.ts'
import { staff } from '../schema.ts'
import { endInvitations, endWaysIn } from './ending-queries.ts'
import type { Role } from './permissions.ts'

const columns = {
  staffId: staff.id,
  name: staff.name,
  email: staff.email,
  role: staff.role,
  invitedAt: staff.invitedAt,
  joinedAt: staff.joinedAt,
  removedAt: staff.removedAt,
  // Written out: of a select from one table drizzle leaves the table's name away, inside its subqueries too.
  passkeys: sql<number>`(SELECT count(*) FROM passkeys WHERE passkeys.staff_id = staff.id)`.as('passkeys'),
  hasApp: sql`(staff.password IS NOT NULL AND EXISTS (
    SELECT 1 FROM totp_secrets WHERE totp_secrets.staff_id = staff.id AND totp_secrets.confirmed_at IS NOT NULL
  ))`
    .mapWith(Boolean)
    .as('has_app'),
  lastSeenAt: sql<number | null>`(
    SELECT max(last_seen_at) FROM staff_sessions WHERE staff_sessions.staff_id = staff.id)`.as('last_seen'),
}

export type Colleague = Awaited<ReturnType<typeof listPeople>>[number]

/** More people than any program office has; who works here comes before who was removed. */
const MOST_PEOPLE = 500

export function listPeople(db: Database) {
  return db
    .select(columns)
    .from(staff)
    .orderBy(sql`${staff.removedAt} IS NOT NULL`, staff.name, staff.id)
    .limit(MOST_PEOPLE)
}

export async function findPerson(db: Database, staffId: number): Promise<Colleague | null> {
  const [person] = await db.select(columns).from(staff).where(eq(staff.id, staffId))
  return person ?? null
}

/** True while the one who does it is still allowed to: of two owners who remove each other only one succeeds. */
function isOwnerStill(actorId: number): SQL {
  return sql`EXISTS (SELECT 1 FROM staff AS actor
    WHERE actor.id = ${actorId} AND actor.role = 'owner' AND actor.removed_at IS NULL)`
}

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

export type ChangeOutcome = 'done' | 'unchanged' | 'last-owner'

/** Gives somebody else another role. It holds from their next request on. */
export async function changeRole(
  db: Database,
  actorId: number,
  { staffId, role }: { staffId: number; role: Role },
  now: Date,
): Promise<ChangeOutcome> {
  const event = {
    action: 'staff.role-changed',
    actor: staffActor(actorId),
    details: { staffId, role },
  } as const
  return unlessLastOwner(async () => {
    const [changed] = await db.batch([
      db
        .update(staff)
        .set({ role })
        .where(
          and(
            eq(staff.id, staffId),
            ne(staff.id, actorId),
            ne(staff.role, role),
            isNull(staff.removedAt),
            isOwnerStill(actorId),
          ),
        )
        .returning({ id: staff.id }),
      ...audited(db, event, now).after,
    ])
    return changed.length === 1
  })
}

/** Removes somebody else: their sessions end at once, and every way in is gone. What they did keeps their name. */
export async function removePerson(
  db: Database,
  actorId: number,
  staffId: number,
  now: Date,
): Promise<ChangeOutcome> {
  const event = { action: 'staff.removed', actor: staffActor(actorId), details: { staffId } } as const
  return unlessLastOwner(async () => {
    const [removed] = await db.batch([
      db
        .update(staff)
        .set({ removedAt: now, password: null })
        .where(
          and(eq(staff.id, staffId), ne(staff.id, actorId), isNull(staff.removedAt), isOwnerStill(actorId)),
        )
        .returning({ id: staff.id }),
      ...audited(db, event, now).after,
      ...endWaysIn(db, staffId, now),
    ])
    return removed.length === 1
  })
}

/** A trigger keeps the last owner, whatever asks for the change and however many ask at once. */
async function unlessLastOwner(change: () => Promise<boolean>): Promise<ChangeOutcome> {
  try {
    return (await change()) ? 'done' : 'unchanged'
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : ''
    if (cause.includes('the last owner stays')) return 'last-owner'
    throw error
  }
}
