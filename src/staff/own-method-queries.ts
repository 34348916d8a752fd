import { and, eq, isNull, ne, or, type SQL, sql } from 'drizzle-orm'
import { staffActor } from '../audit/actions.ts'
import { audited } from '../audit/audit-queries.ts'
import { type Database, isUniqueViolation } from '../core/database.ts'
import { passkeys, pendingSignIns, recoveryCodes, staff, staffSessions, totpSecrets } from '../schema.ts'
import { forgetTries } from '../sign-in/brake-queries.ts'
import {
  insertPasskey,
  MOST_PASSKEYS,
  type NewPasskey,
  type PasswordAndApp,
  putApp,
  putRecoveryCodes,
} from './method-queries.ts'

const told = (
  db: Database,
  staffId: number,
  action: 'staff.method-added' | 'staff.method-removed',
  method: string,
  now: Date,
  onlyIf?: SQL,
) => audited(db, { action, actor: staffActor(staffId), details: { method } }, now, onlyIf).after

/** Whose methods change, and the session in which they change them. */
type OwnSession = { staffId: number; keptIdHash: string }

/** Ends every other session of theirs, and what was begun with the old password. */
function endOthers(db: Database, { staffId, keptIdHash }: OwnSession, onlyIf: SQL) {
  return [
    db
      .delete(staffSessions)
      .where(and(eq(staffSessions.staffId, staffId), ne(staffSessions.idHash, keptIdHash), onlyIf)),
    db.delete(pendingSignIns).where(and(eq(pendingSignIns.staffId, staffId), onlyIf)),
  ] as const
}

/** False when the device's passkey is known already, or there are too many. */
export async function addPasskey(
  db: Database,
  staffId: number,
  passkey: NewPasskey,
  now: Date,
): Promise<boolean> {
  const { credentialId } = passkey
  const isRoom = sql`(SELECT count(*) FROM passkeys WHERE staff_id = ${staffId}) < ${MOST_PASSKEYS}
    AND EXISTS (SELECT 1 FROM staff WHERE id = ${staffId} AND removed_at IS NULL)`
  try {
    const batch = await db.batch([
      insertPasskey(db, staffId, passkey, now, isRoom),
      ...told(db, staffId, 'staff.method-added', 'passkey', now),
      db.select({ is: passkeys.staffId }).from(passkeys).where(eq(passkeys.credentialId, credentialId)),
    ])
    return (batch.at(-1) as unknown[]).length === 1
  } catch (error) {
    if (isUniqueViolation(error)) return false
    throw error
  }
}

/** Removes a passkey, unless it is the last strong way in. */
export async function removePasskey(db: Database, staffId: number, credentialId: string, now: Date) {
  const anotherWay = or(
    sql`EXISTS (SELECT 1 FROM passkeys AS other WHERE other.staff_id = ${staffId} AND other.credential_id <> ${credentialId})`,
    sql`EXISTS (SELECT 1 FROM totp_secrets JOIN staff ON staff.id = totp_secrets.staff_id
      WHERE staff.id = ${staffId} AND staff.password IS NOT NULL AND totp_secrets.confirmed_at IS NOT NULL)`,
  )
  const [removed] = await db.batch([
    db
      .delete(passkeys)
      .where(and(eq(passkeys.credentialId, credentialId), eq(passkeys.staffId, staffId), anotherWay))
      .returning({ credentialId: passkeys.credentialId }),
    ...told(db, staffId, 'staff.method-removed', 'passkey', now),
  ])
  return removed.length === 1
}

/** A password and an app for it, new or instead of the old ones; with new recovery codes. Other sessions end. */
export async function setPasswordAndApp(
  db: Database,
  { staffId, keptIdHash }: OwnSession,
  given: PasswordAndApp,
  now: Date,
) {
  const isSet = sql`EXISTS (SELECT 1 FROM totp_secrets WHERE staff_id = ${staffId} AND sealed = ${given.sealed})`
  await db.batch([
    db
      .update(staff)
      .set({ password: given.encoded })
      .where(and(eq(staff.id, staffId), isNull(staff.removedAt))),
    putApp(db, staffId, given, now),
    ...told(db, staffId, 'staff.method-added', 'password_and_app', now),
    ...putRecoveryCodes(db, staffId, given.codeHashes, now, isSet),
    ...endOthers(db, { staffId, keptIdHash }, isSet),
  ])
}

/** Takes away password, app and recovery codes together, unless there is no passkey. */
export async function removePasswordAndApp(db: Database, staffId: number, now: Date): Promise<boolean> {
  const hasPasskey = sql`EXISTS (SELECT 1 FROM passkeys WHERE staff_id = ${staffId})`
  const [removed] = await db.batch([
    db
      .delete(totpSecrets)
      .where(and(eq(totpSecrets.staffId, staffId), hasPasskey))
      .returning({ id: totpSecrets.id }),
    ...told(db, staffId, 'staff.method-removed', 'password_and_app', now),
    db
      .update(staff)
      .set({ password: null })
      .where(and(eq(staff.id, staffId), hasPasskey)),
    db.delete(recoveryCodes).where(and(eq(recoveryCodes.staffId, staffId), hasPasskey)),
    db.delete(pendingSignIns).where(and(eq(pendingSignIns.staffId, staffId), hasPasskey)),
  ])
  return removed.length === 1
}

/** A new password for the one that was checked; every other session ends. */
export async function changePassword(
  db: Database,
  { staffId, keptIdHash }: OwnSession,
  { from, encoded, tryKey }: { from: string; encoded: string; tryKey: string },
  now: Date,
): Promise<boolean> {
  const isChanged = sql`EXISTS (SELECT 1 FROM staff WHERE id = ${staffId} AND password = ${encoded})`
  const [changed] = await db.batch([
    db
      .update(staff)
      .set({ password: encoded })
      .where(and(eq(staff.id, staffId), eq(staff.password, from), isNull(staff.removedAt)))
      .returning({ id: staff.id }),
    ...told(db, staffId, 'staff.method-added', 'password', now),
    ...endOthers(db, { staffId, keptIdHash }, isChanged),
    forgetTries(db, tryKey, isChanged),
  ])
  return changed.length === 1
}

/** New recovery codes for who has an app; false for who has none. */
export async function renewRecoveryCodes(
  db: Database,
  staffId: number,
  hashes: readonly string[],
  now: Date,
): Promise<boolean> {
  const hasApp = sql`EXISTS (
    SELECT 1 FROM totp_secrets WHERE staff_id = ${staffId} AND confirmed_at IS NOT NULL)`
  const batch = await db.batch([
    ...putRecoveryCodes(db, staffId, hashes, now, hasApp),
    ...told(db, staffId, 'staff.method-added', 'recovery_codes', now),
    db
      .select({ id: totpSecrets.id })
      .from(totpSecrets)
      .where(and(eq(totpSecrets.staffId, staffId), hasApp)),
  ])
  return (batch.at(-1) as unknown[]).length === 1
}
