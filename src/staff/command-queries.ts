import { and, eq, isNull, sql } from 'drizzle-orm'
import { audited } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import type { NewLink } from '../mail/queries.ts'
import { accessLinks, staff } from '../schema.ts'
import { endWaysIn } from './ending-queries.ts'
import type { Role } from './permissions.ts'

// What `npm run staff` does, as statements: it runs them as they are on the local database, and written out with
// their values on a remote one. Whoever can write the database may do this; the audit log says "system".

export function selectStaff(db: Database) {
  return db
    .select({
      id: staff.id,
      email: staff.email,
      name: staff.name,
      role: staff.role,
      joinedAt: staff.joinedAt,
      removedAt: staff.removedAt,
    })
    .from(staff)
    .orderBy(staff.id)
}

/** Invites, with a link in hand instead of a mail. Who had joined begins anew: every way in that they had is gone. */
export function inviteByCommand(
  db: Database,
  person: { id: number; email: string; name: string; role: Role },
  link: NewLink,
  now: Date,
) {
  const { id, email, name, role } = person
  const isInvited = sql`EXISTS (SELECT 1 FROM staff WHERE id = ${id} AND joined_at IS NULL)`
  const anew = {
    name,
    role,
    password: null,
    invitedBy: null,
    joinedAt: null,
    removedAt: null,
    invitedAt: now,
  }
  const event = { action: 'staff.invited', actor: 'system', details: { staffId: id, role } } as const
  return [
    db
      .insert(staff)
      .values({ id, email, ...anew })
      .onConflictDoUpdate({ target: staff.email, set: anew }),
    ...endWaysIn(db, id, now, isInvited),
    db.insert(accessLinks).values({ ...link, createdAt: now, expiresAt: new Date(link.expiresAt) }),
    ...audited(db, event, now, sql`true`).after,
  ] as const
}

/** The database refuses to remove the last owner. */
export function removeByCommand(db: Database, id: number, now: Date) {
  const event = { action: 'staff.removed', actor: 'system', details: { staffId: id } } as const
  return [
    db
      .update(staff)
      .set({ removedAt: now, password: null })
      .where(and(eq(staff.id, id), isNull(staff.removedAt))),
    ...audited(db, event, now, sql`true`).after,
    ...endWaysIn(db, id, now),
  ] as const
}
