import { takeRecoveryCode, takeTotpStep } from '../authenticators/queries.ts'
import { recoveryCodeHash } from '../authenticators/recovery-codes.ts'
import { acceptedTotpStep, openTotpSecret } from '../authenticators/totp.ts'
import type { Database } from '../core/database.ts'

/** The authenticator app of one of the staff, as kept. */
export type KeptApp = { sealed: string; lastStep: number }

/** What a typed code turned out to be. Nothing is used up yet. */
export type CodeProof = { method: 'totp'; step: number } | { method: 'recovery_code'; codeHash: string }

/** Reads a typed code of an app or of the list of recovery codes; null for one that can be neither. */
export async function readCode(
  sealKey: string,
  staffId: number,
  app: KeptApp,
  typed: string,
  now: Date,
): Promise<CodeProof | null> {
  const base32 = await openTotpSecret(sealKey, { staffId }, app.sealed)
  const step = acceptedTotpStep(base32, typed, app.lastStep, now)
  if (step !== null) return { method: 'totp', step }
  const codeHash = await recoveryCodeHash(typed)
  return codeHash === null ? null : { method: 'recovery_code', codeHash }
}

/** Uses the code up: the statement that a session's beginning stands right behind. */
export function takeCode(db: Database, staffId: number, proof: CodeProof, now: Date) {
  return proof.method === 'totp'
    ? takeTotpStep(db, { staffId }, proof.step)
    : takeRecoveryCode(db, { staffId }, proof.codeHash, now)
}
