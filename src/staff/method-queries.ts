import { and, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import { lastChanged } from '../audit/audit-queries.ts'
import type { Passkey } from '../authenticators/passkeys.ts'
import type { Database } from '../core/database.ts'
import { passkeys, recoveryCodes, staff, totpSecrets } from '../schema.ts'

/** A password with the authenticator app that goes with it: the one is nothing without the other. */
export type PasswordAndApp = { encoded: string; sealed: string; step: number; codeHashes: readonly string[] }

export type NewPasskey = Passkey & { name: string }

/** Adds a passkey, by default only if the statement right before changed a row. */
export function insertPasskey(
  db: Database,
  staffId: number,
  passkey: NewPasskey,
  now: Date,
  onlyIf: SQL = lastChanged,
) {
  const { credentialId, userHandle, publicKey, counter, transports, backedUp, name } = passkey
  return db.insert(passkeys).select(sql`
    SELECT ${credentialId}, NULL, ${staffId}, ${userHandle}, ${publicKey}, ${counter}, ${JSON.stringify(transports)},
      ${backedUp ? 1 : 0}, ${name}, ${now.getTime()}, NULL
    WHERE ${onlyIf}`)
}

/** Puts a confirmed app in the place of any that there was. */
export function putApp(
  db: Database,
  staffId: number,
  { sealed, step }: Pick<PasswordAndApp, 'sealed' | 'step'>,
  now: Date,
  onlyIf: SQL = lastChanged,
) {
  const at = now.getTime()
  return db
    .insert(totpSecrets)
    .select(sql`SELECT NULL, NULL, ${staffId}, ${sealed}, ${at}, ${at}, ${step} WHERE ${onlyIf}`)
    .onConflictDoUpdate({
      target: totpSecrets.staffId,
      set: { sealed, createdAt: now, confirmedAt: now, lastStep: step },
    })
}

/** New recovery codes in the place of the old ones. */
export function putRecoveryCodes(
  db: Database,
  staffId: number,
  hashes: readonly string[],
  now: Date,
  onlyIf: SQL,
) {
  return [
    db.delete(recoveryCodes).where(and(eq(recoveryCodes.staffId, staffId), onlyIf)),
    db.insert(recoveryCodes).select(sql`
      SELECT code.value, NULL, ${staffId}, ${now.getTime()}, NULL FROM json_each(${JSON.stringify(hashes)}) AS code
      WHERE ${onlyIf}`),
  ] as const
}

/** All ways in of one of the staff: passkeys, whether there is a password with an app, and codes left. */
export async function findOwnMethods(db: Database, staffId: number) {
  const [keys, apps, codes] = await db.batch([
    db
      .select({
        credentialId: passkeys.credentialId,
        transports: passkeys.transports,
        name: passkeys.name,
        createdAt: passkeys.createdAt,
        lastUsedAt: passkeys.lastUsedAt,
      })
      .from(passkeys)
      .where(eq(passkeys.staffId, staffId))
      .orderBy(passkeys.createdAt, passkeys.credentialId)
      .limit(MOST_PASSKEYS),
    db
      .select({ confirmedAt: totpSecrets.confirmedAt })
      .from(totpSecrets)
      .innerJoin(staff, eq(staff.id, totpSecrets.staffId))
      .where(
        and(eq(totpSecrets.staffId, staffId), isNotNull(totpSecrets.confirmedAt), isNotNull(staff.password)),
      ),
    db
      .select({ left: sql<number>`count(*)`.as('codes_left') })
      .from(recoveryCodes)
      .where(and(eq(recoveryCodes.staffId, staffId), isNull(recoveryCodes.usedAt))),
  ])
  return { passkeys: keys, appSince: apps[0]?.confirmedAt ?? null, codesLeft: codes[0]?.left ?? 0 }
}

/** More than anybody has devices. */
export const MOST_PASSKEYS = 20
