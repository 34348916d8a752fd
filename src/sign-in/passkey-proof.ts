import type { Context } from 'hono'
import { readPasskeyAnswer, relyingPartyOf, verifyAuthentication } from '../authenticators/passkeys.ts'
import { takeChallenge } from '../authenticators/queries.ts'
import type { AppEnv } from '../core/app-env.ts'
import { logRefusal } from '../core/refusal.ts'
import { prepareSession } from './beginning.ts'
import { presentedBrowser } from './known-browser.ts'
import { beginByPasskey, findCandidatePasskey } from './passkey-queries.ts'

/**
 * Opens a session for the answer of a passkey: true if one began. A passkey asks its holder for a finger, a face or a
 * PIN, which makes two factors: no code is asked for. `only`: nobody else's passkey will do.
 */
export async function openByPasskey<PageEnv extends AppEnv>(
  c: Context<PageEnv>,
  text: string,
  only?: { candidateId: string },
): Promise<boolean> {
  const isOpen = await tryPasskey(c, text, only)
  if (!isOpen) logRefusal(c, 'passkey')
  return isOpen
}

async function tryPasskey<PageEnv extends AppEnv>(
  c: Context<PageEnv>,
  text: string,
  only?: { candidateId: string },
): Promise<boolean> {
  const { db, now } = c.var
  const answer = readPasskeyAnswer(text)
  if (!answer) return false
  const { challenge, credentialId } = answer
  const browser = await presentedBrowser(c)
  const [isOurs, passkey] = await Promise.all([
    takeChallenge(db, { challenge, purpose: 'sign_in', holder: null }, now),
    findCandidatePasskey(db, { credentialId, browserHash: browser?.tokenHash ?? null }, now),
  ])
  if (!isOurs || !passkey || (only && passkey.candidateId !== only.candidateId)) return false

  const counter = await verifyAuthentication(relyingPartyOf(c.env.PUBLIC_ORIGIN, ''), answer, passkey)
  if (counter === null) return false
  // What was counted against wrong passwords stays: whoever guesses is not helped by the holder's signing in.
  const by = { method: 'passkey', tryKey: null, browser } as const
  const { beginning, handOut } = await prepareSession(c, passkey, by)
  const begun = await beginByPasskey(db, { ...beginning, credentialId, counter }, now)
  if (begun) handOut()
  return begun
}
