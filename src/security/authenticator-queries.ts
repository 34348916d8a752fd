import { and, eq, exists, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import { audited } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import { recoveryCodes, totpSecrets } from '../schema.ts'
import { SETUP_TTL_MS } from './authenticator-setup.ts'

type Whose = { candidateId: string; device: string }

/**
 * Keeps a secret that no code of has been typed yet. One that is being set up already stays, so that a second press
 * does not change what an app has scanned; so does one in use.
 */
export async function insertSecret(
  db: Database,
  { candidateId, sealed }: { candidateId: string; sealed: string },
  now: Date,
): Promise<void> {
  const forgotten = now.getTime() - SETUP_TTL_MS
  await db
    .insert(totpSecrets)
    .values({ candidateId, sealed, createdAt: now })
    .onConflictDoUpdate({
      target: totpSecrets.candidateId,
      set: { sealed, createdAt: now, lastStep: 0 },
      setWhere: sql`${totpSecrets.confirmedAt} IS NULL AND ${totpSecrets.createdAt} < ${forgotten}`,
    })
}

/**
 * Turns the authenticator app on: from now on signing in asks for its codes, from the one after `step`. The recovery
 * codes come with it. All of it once: each statement asks whether the secret still waits, and the last one ends that.
 */
export async function confirmSecret(
  db: Database,
  { candidateId, device, sealed, step, hashes }: Whose & { sealed: string; step: number; hashes: string[] },
  now: Date,
): Promise<boolean> {
  const details = { device }
  const added = audited(db, { action: 'totp.added', actor: 'candidate', candidateId, details }, now)
  const waits = and(
    eq(totpSecrets.candidateId, candidateId),
    eq(totpSecrets.sealed, sealed),
    isNull(totpSecrets.confirmedAt),
  )
  const renewal = renewCodes(db, { candidateId, device, hashes }, waits, now)
  const [, , , , , confirmed] = await db.batch([
    ...renewal,
    db
      .update(totpSecrets)
      .set({ confirmedAt: now, lastStep: step })
      .where(waits)
      .returning({ id: totpSecrets.id }),
    ...added.after,
  ])
  return confirmed.length === 1
}

/** New recovery codes in the place of all the old ones; false where there is no authenticator app to recover from. */
export async function replaceCodes(
  db: Database,
  given: Whose & { hashes: string[] },
  now: Date,
): Promise<boolean> {
  const [, , made] = await db.batch(renewCodes(db, given, inUse(given.candidateId), now))
  return made.length > 0
}

/** Turns the authenticator app off; the recovery codes go with it. False when it was off. */
export async function deleteSecret(
  db: Database,
  { candidateId, device }: Whose,
  now: Date,
): Promise<boolean> {
  const details = { device }
  const event = { action: 'totp.removed', actor: 'candidate', candidateId, details } as const
  const { before, after } = audited(db, event, now)
  const [, , removed] = await db.batch([
    before,
    db.delete(recoveryCodes).where(eq(recoveryCodes.candidateId, candidateId)),
    db.delete(totpSecrets).where(inUse(candidateId)).returning({ id: totpSecrets.id }),
    ...after,
  ])
  return removed.length === 1
}

function inUse(candidateId: string) {
  return and(eq(totpSecrets.candidateId, candidateId), isNotNull(totpSecrets.confirmedAt))
}

/** Statements for a batch; the third answers the codes that were kept, none unless `onlyIf` finds a secret. */
function renewCodes(
  db: Database,
  { candidateId, device, hashes }: Whose & { hashes: string[] },
  onlyIf: SQL | undefined,
  now: Date,
) {
  const details = { device, count: hashes.length }
  const event = { action: 'recovery-codes.made', actor: 'candidate', candidateId, details } as const
  const { before, after } = audited(db, event, now)
  const found = exists(db.select({ found: sql`1` }).from(totpSecrets).where(onlyIf))
  return [
    before,
    db.delete(recoveryCodes).where(and(eq(recoveryCodes.candidateId, candidateId), found)),
    db
      .insert(recoveryCodes)
      .select(sql`
        SELECT value, ${candidateId}, NULL, ${now.getTime()}, NULL FROM json_each(${JSON.stringify(hashes)})
        WHERE ${found}`)
      .returning({ codeHash: recoveryCodes.codeHash }),
    ...after,
  ] as const
}
