import { and, eq, gt, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { sha256Hex } from '../core/tokens.ts'
import { type challengePurposes, passkeyChallenges, passkeys, recoveryCodes, totpSecrets } from '../schema.ts'
import { type Holder, holderColumns } from './holder.ts'
import { CHALLENGE_TTL_MS } from './passkeys.ts'

export type ChallengePurpose = (typeof challengePurposes)[number]

type HeldTable = typeof passkeys | typeof totpSecrets | typeof recoveryCodes

/** The rows of a table that are the holder's. */
export function isHeldBy(table: HeldTable, holder: Holder): SQL {
  return 'candidateId' in holder
    ? eq(table.candidateId, holder.candidateId)
    : eq(table.staffId, holder.staffId)
}

export async function insertChallenge(
  db: Database,
  { challenge, purpose, holder }: { challenge: string; purpose: ChallengePurpose; holder: Holder | null },
  now: Date,
): Promise<void> {
  await db.insert(passkeyChallenges).values({
    challengeHash: await sha256Hex(challenge),
    purpose,
    ...(holder && holderColumns(holder)),
    expiresAt: new Date(now.getTime() + CHALLENGE_TTL_MS),
  })
}

/** Uses a challenge up; true if it was ours, for this purpose and holder, and still unanswered. */
export async function takeChallenge(
  db: Database,
  { challenge, purpose, holder }: { challenge: string; purpose: ChallengePurpose; holder: Holder | null },
  now: Date,
): Promise<boolean> {
  const { candidateId, staffId } = holder ? holderColumns(holder) : { candidateId: null, staffId: null }
  const taken = await db
    .delete(passkeyChallenges)
    .where(
      and(
        eq(passkeyChallenges.challengeHash, await sha256Hex(challenge)),
        eq(passkeyChallenges.purpose, purpose),
        gt(passkeyChallenges.expiresAt, now),
        sql`${passkeyChallenges.candidateId} IS ${candidateId}`,
        sql`${passkeyChallenges.staffId} IS ${staffId}`,
      ),
    )
    .returning({ challengeHash: passkeyChallenges.challengeHash })
  return taken.length === 1
}

export async function deleteOldChallenges(db: Database, now: Date): Promise<void> {
  await db.delete(passkeyChallenges).where(lt(passkeyChallenges.expiresAt, now))
}

export async function findPasskey(db: Database, credentialId: string) {
  const [passkey] = await db.select().from(passkeys).where(eq(passkeys.credentialId, credentialId))
  return passkey ?? null
}

/**
 * The confirmed authenticator app of a holder, as a statement for a batch. An unconfirmed one asks for nothing.
 */
export function selectTotp(db: Database, holder: Holder) {
  return db
    .select({ sealed: totpSecrets.sealed, lastStep: totpSecrets.lastStep })
    .from(totpSecrets)
    .where(and(isHeldBy(totpSecrets, holder), isNotNull(totpSecrets.confirmedAt)))
}

/** Uses a time step up; the row comes back only to the first who does. Put it in the batch that opens the session. */
export function takeTotpStep(db: Database, holder: Holder, step: number) {
  return db
    .update(totpSecrets)
    .set({ lastStep: step })
    .where(
      and(isHeldBy(totpSecrets, holder), isNotNull(totpSecrets.confirmedAt), lt(totpSecrets.lastStep, step)),
    )
    .returning({ id: totpSecrets.id })
}

/** Uses a recovery code up; the row comes back only to the first who does. */
export function takeRecoveryCode(db: Database, holder: Holder, codeHash: string, now: Date) {
  return db
    .update(recoveryCodes)
    .set({ usedAt: now })
    .where(
      and(
        isHeldBy(recoveryCodes, holder),
        eq(recoveryCodes.codeHash, codeHash),
        isNull(recoveryCodes.usedAt),
      ),
    )
    .returning({ codeHash: recoveryCodes.codeHash })
}

/** Writes down that a passkey was used. A counter that does not rise would be a copy; those that have none say 0. */
export function notePasskeyUse(db: Database, credentialId: string, counter: number, now: Date) {
  return db
    .update(passkeys)
    .set({ counter, lastUsedAt: now })
    .where(
      and(
        eq(passkeys.credentialId, credentialId),
        or(lt(passkeys.counter, counter), and(eq(passkeys.counter, 0), sql`${counter} = 0`)),
      ),
    )
    .returning({ credentialId: passkeys.credentialId })
}
