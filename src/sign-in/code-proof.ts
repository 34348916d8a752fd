import { recoveryCodeHash } from '../authenticators/recovery-codes.ts'
import { acceptedTotpStep, openTotpSecret } from '../authenticators/totp.ts'
import type { CodeProof } from './code-queries.ts'

/**
 * What a typed text proves: a code of the authenticator app, or one of the recovery codes, which is looked up when it
 * is used. Null for what can be neither, and for a code of the app that is wrong or was used.
 */
export async function readCodeProof(
  sealKey: string,
  { candidateId, sealed, lastStep }: { candidateId: string; sealed: string | null; lastStep: number | null },
  typed: string,
  now: Date,
): Promise<CodeProof | null> {
  const codeHash = await recoveryCodeHash(typed)
  if (codeHash !== null) return { method: 'recovery_code', codeHash }
  if (sealed === null || lastStep === null) return null
  const base32 = await openTotpSecret(sealKey, { candidateId }, sealed)
  const step = acceptedTotpStep(base32, typed, lastStep, now)
  return step === null ? null : { method: 'totp', step }
}
