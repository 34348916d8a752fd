import { and, eq, gt, isNotNull, isNull, sql } from 'drizzle-orm'
import { notePasskeyUse } from '../authenticators/queries.ts'
import type { Database } from '../core/database.ts'
import { readProgram, selectProgram } from '../program/queries.ts'
import { pendingSignIns, staff, totpSecrets } from '../schema.ts'
import { forgetTries, readTry, uncountTry } from '../sign-in/brake-queries.ts'
import { type CodeProof, takeCode } from './code-proof.ts'
import { PENDING_TTL_MS } from './pending-sign-in.ts'
import { beginSession, type NewStaffSession, selectSession, sessionExists } from './staff-session-queries.ts'
import { attemptOf, countStaffTry } from './try-queries.ts'

const ownApp = and(eq(totpSecrets.staffId, staff.id), isNotNull(totpSecrets.confirmedAt))

/**
 * Whose e-mail this is, with password and authenticator app as kept; who has only one of the two cannot sign in by
 * them, and is not found. The try is counted before anybody looks at it. One round trip, found or not.
 */
export async function findStaffAccount(db: Database, email: string, key: string, now: Date) {
  const { delayed, counted } = countStaffTry(db, key, now)
  const account = db
    .select({
      staffId: staff.id,
      password: staff.password,
      sealed: totpSecrets.sealed,
      lastStep: totpSecrets.lastStep,
    })
    .from(staff)
    .innerJoin(totpSecrets, ownApp)
    .where(
      and(
        eq(staff.email, email),
        isNotNull(staff.password),
        isNotNull(staff.joinedAt),
        isNull(staff.removedAt),
      ),
    )
  const [accounts, delays, counts, programs] = await db.batch([account, delayed, counted, selectProgram(db)])
  const attempt = attemptOf(readTry(delays, counts))
  return { account: accounts[0] ?? null, attempt, program: readProgram(programs) }
}

/** The password was right, and still is: its try does not count, and the code is awaited. */
export async function insertPending(
  db: Database,
  pending: { idHash: string; staffId: number; password: string; returnTo: string },
  attempt: { key: string; failures: number },
  now: Date,
): Promise<boolean> {
  const { idHash, staffId, password, returnTo } = pending
  const insert = db
    .insert(pendingSignIns)
    .select(
      sql`SELECT ${idHash}, NULL, id, ${returnTo}, ${now.getTime()}, ${now.getTime() + PENDING_TTL_MS} FROM staff
        WHERE id = ${staffId} AND password = ${password} AND removed_at IS NULL`,
    )
    .returning({ idHash: pendingSignIns.idHash })
  const [inserted] = await db.batch([insert, uncountTry(db, attempt)])
  return inserted.length === 1
}

const isPending = (idHash: string, now: Date) =>
  and(eq(pendingSignIns.idHash, idHash), gt(pendingSignIns.expiresAt, now))

/** A half sign-in that still waits, whose it is, and the program. */
export async function findPending(db: Database, idHash: string, now: Date) {
  const pending = db
    .select({
      staffId: staff.id,
      email: staff.email,
      returnTo: pendingSignIns.returnTo,
      sealed: totpSecrets.sealed,
      lastStep: totpSecrets.lastStep,
    })
    .from(pendingSignIns)
    .innerJoin(staff, eq(staff.id, pendingSignIns.staffId))
    .innerJoin(totpSecrets, ownApp)
    .where(and(isPending(idHash, now), isNull(staff.removedAt)))
  const [rows, programs] = await db.batch([pending, selectProgram(db)])
  return { pending: rows[0] ?? null, program: readProgram(programs) }
}

/** The password and the confirmed authenticator app of one of the staff; null unless they have both. */
export async function findOwnApp(db: Database, staffId: number) {
  const [own] = await db
    .select({ password: staff.password, sealed: totpSecrets.sealed, lastStep: totpSecrets.lastStep })
    .from(staff)
    .innerJoin(totpSecrets, ownApp)
    .where(and(eq(staff.id, staffId), isNotNull(staff.password)))
  return own ?? null
}

type Finished = { session: NewStaffSession; previousIdHash: string | null; tryKey: string }

/**
 * The second factor was right: uses the code up, begins the session, and forgets the tries. `pendingHash`: the half
 * sign-in that this finishes, which must still wait; null for a step-up, where the password was given along.
 */
export async function finishByCode(
  db: Database,
  { session, previousIdHash, tryKey }: Finished,
  { proof, pendingHash }: { proof: CodeProof; pendingHash: string | null },
  now: Date,
): Promise<boolean> {
  const { idHash, staffId } = session
  const waits = sql`EXISTS (
    SELECT 1 FROM pending_sign_ins
    WHERE id_hash = ${pendingHash} AND staff_id = ${staffId} AND expires_at > ${now.getTime()})`
  const onlyIf = pendingHash === null ? sql`changes() > 0` : sql`changes() > 0 AND ${waits}`
  const batch = await db.batch([
    takeCode(db, staffId, proof, now),
    ...beginSession(db, session, previousIdHash, now, onlyIf),
    db.delete(pendingSignIns).where(and(eq(pendingSignIns.staffId, staffId), sessionExists(idHash))),
    forgetTries(db, tryKey, sessionExists(idHash)),
    selectSession(db, idHash),
  ])
  return (batch.at(-1) as unknown[]).length === 1
}

/** A passkey of the staff answered: notes its use, and begins the session. */
export async function finishByPasskey(
  db: Database,
  { session, previousIdHash }: Omit<Finished, 'tryKey'>,
  { credentialId, counter }: { credentialId: string; counter: number },
  now: Date,
): Promise<boolean> {
  const batch = await db.batch([
    notePasskeyUse(db, credentialId, counter, now),
    ...beginSession(db, session, previousIdHash, now),
    selectSession(db, session.idHash),
  ])
  return (batch.at(-1) as unknown[]).length === 1
}
