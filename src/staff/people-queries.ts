import { and, eq, isNull, ne, type SQL, sql } from 'drizzle-orm'
import { staffActor } from '../audit/actions.ts'
import { audited } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import { staff } from '../schema.ts'
import { endWaysIn } from './ending-queries.ts'
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
export function isOwnerStill(actorId: number): SQL {
  return sql`EXISTS (SELECT 1 FROM staff AS actor
    WHERE actor.id = ${actorId} AND actor.role = 'owner' AND actor.removed_at IS NULL)`
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
