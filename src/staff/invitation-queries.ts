import { and, eq, exists, gt, isNull, sql } from 'drizzle-orm'
import { staffActor } from '../audit/actions.ts'
import { audited } from '../audit/audit-queries.ts'
import { type Database, isUniqueViolation } from '../core/database.ts'
import { readProgram, selectProgram } from '../program/queries.ts'
import { accessLinks, staff } from '../schema.ts'
import { liveInvitationsOf } from './ending-queries.ts'
import {
  insertPasskey,
  type NewPasskey,
  type PasswordAndApp,
  putApp,
  putRecoveryCodes,
} from './method-queries.ts'
import { beginSession, type NewStaffSession, selectSession, sessionExists } from './staff-session-queries.ts'

/** A link works once, for a time, and for who is invited and has not joined. */
function isLive(db: Database, tokenHash: string, now: Date) {
  return and(
    eq(accessLinks.tokenHash, tokenHash),
    eq(accessLinks.purpose, 'staff_invitation'),
    isNull(accessLinks.usedAt),
    gt(accessLinks.expiresAt, now),
    exists(
      db
        .select({ waits: sql`1` })
        .from(staff)
        .where(
          and(
            sql`${staff.id} = ${accessLinks.data} ->> 'staffId'`,
            isNull(staff.joinedAt),
            isNull(staff.removedAt),
          ),
        ),
    ),
  )
}

/** Whom a link invites while it works, and the program. Looking uses nothing up. */
export async function findInvitation(db: Database, tokenHash: string, now: Date) {
  const invited = db
    .select({ staffId: staff.id, email: staff.email, name: staff.name, role: staff.role })
    .from(accessLinks)
    .innerJoin(staff, sql`${staff.id} = ${accessLinks.data} ->> 'staffId'`)
    .where(isLive(db, tokenHash, now))
  const [rows, programs] = await db.batch([invited, selectProgram(db)])
  return { invited: rows[0] ?? null, program: readProgram(programs) }
}

type Acceptance = { tokenHash: string; session: NewStaffSession; previousIdHash: string | null }

/**
 * Uses an invitation up for one whole way to sign in, and signs its holder in. Each statement asks whether the one
 * before it changed something, and the first whether the link still works: all of it or nothing.
 */
async function accept(
  db: Database,
  { tokenHash, session, previousIdHash }: Acceptance,
  way: { method: string; password: string | null; take: ReturnType<typeof insertPasskey | typeof putApp> },
  codeHashes: readonly string[],
  now: Date,
): Promise<boolean> {
  const { staffId, idHash } = session
  const hasBegun = sessionExists(idHash)
  const actor = staffActor(staffId)
  const joined = { action: 'staff.joined', actor, details: { staffId, method: way.method } } as const
  try {
    const batch = await db.batch([
      db
        .update(accessLinks)
        .set({ usedAt: now })
        .where(isLive(db, tokenHash, now)),
      way.take,
      db
        .update(staff)
        .set({ joinedAt: now, password: way.password })
        .where(and(eq(staff.id, staffId), sql`changes() > 0`)),
      ...beginSession(db, session, previousIdHash, now),
      ...putRecoveryCodes(db, staffId, codeHashes, now, hasBegun),
      ...audited(db, joined, now, hasBegun).after,
      db
        .update(accessLinks)
        .set({ usedAt: now })
        .where(and(liveInvitationsOf(staffId), hasBegun)),
      selectSession(db, idHash),
    ])
    return (batch.at(-1) as unknown[]).length === 1
  } catch (error) {
    // This passkey is in our records already.
    if (isUniqueViolation(error)) return false
    throw error
  }
}

export function acceptByPasskey(db: Database, acceptance: Acceptance, passkey: NewPasskey, now: Date) {
  const take = insertPasskey(db, acceptance.session.staffId, passkey, now)
  return accept(db, acceptance, { method: 'passkey', password: null, take }, [], now)
}

export function acceptByApp(db: Database, acceptance: Acceptance, given: PasswordAndApp, now: Date) {
  const take = putApp(db, acceptance.session.staffId, given, now)
  const way = { method: 'password_and_app', password: given.encoded, take }
  return accept(db, acceptance, way, given.codeHashes, now)
}
