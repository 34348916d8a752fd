import { base64url } from 'jose'
import {
  type Passkey,
  type PasskeyAnswer,
  readPasskeyAnswer,
  registrationOptions,
  relyingPartyOf,
  verifyRegistration,
} from '../authenticators/passkeys.ts'
import { insertChallenge, takeChallenge } from '../authenticators/queries.ts'
import type { Database } from '../core/database.ts'
import { keyedHash, readKeyring } from '../core/keyring.ts'

const PURPOSE = 'staff_registration'

type Asked = { db: Database; env: Pick<Env, 'PUBLIC_ORIGIN' | 'SEAL_KEY'>; now: Date }
type Person = { staffId: number; email: string; name: string }

/** Options for a new passkey of one of the staff, with a challenge that only they can answer. */
export async function enrolmentOptions(
  { db, env, now }: Asked,
  program: string,
  { staffId, email, name }: Person,
  existing: readonly Pick<Passkey, 'credentialId' | 'transports'>[],
) {
  const party = relyingPartyOf(env.PUBLIC_ORIGIN, program)
  const user = { handle: await userHandle(env.SEAL_KEY, staffId), name: email, displayName: name }
  const options = await registrationOptions(party, user, existing)
  await insertChallenge(db, { challenge: options.challenge, purpose: PURPOSE, holder: { staffId } }, now)
  return options
}

/** The new passkey that a form brought; null if it proves nothing. Uses the challenge up either way. */
export async function enrolledPasskey(
  { db, env, now }: Asked,
  staffId: number,
  typed: string,
): Promise<Passkey | null> {
  const answer: PasskeyAnswer | null = readPasskeyAnswer(typed)
  if (answer === null) return null
  const holder = { staffId }
  if (!(await takeChallenge(db, { challenge: answer.challenge, purpose: PURPOSE, holder }, now))) return null
  const passkey = await verifyRegistration(relyingPartyOf(env.PUBLIC_ORIGIN, ''), answer)
  return passkey && { ...passkey, userHandle: await userHandle(env.SEAL_KEY, staffId) }
}

/** What the authenticator keeps about its holder: the same for all their passkeys, and telling nothing (WebAuthn, 14.6.1). */
async function userHandle(sealKey: string, staffId: number): Promise<string> {
  const hash = await keyedHash(readKeyring(sealKey)[0], 'staff passkey handle 1', String(staffId))
  return base64url.encode(hash.slice(0, 32))
}
