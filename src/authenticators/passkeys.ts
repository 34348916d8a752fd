import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { base64url } from 'jose'
import * as v from 'valibot'

/** Whom an authenticator talks to: our host, at our origin and no other. */
export type RelyingParty = { id: string; origin: string; name: string }

/** A passkey as kept. */
export type Passkey = {
  credentialId: string
  userHandle: string
  publicKey: string
  counter: number
  transports: string[]
  backedUp: boolean
}

/** A challenge is answered within this time, or asked anew. */
export const CHALLENGE_TTL_MS = 5 * 60_000

const LONGEST_ANSWER = 20_000
const Base64Url = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/), v.maxLength(10_000))

/** What a browser sends, as far as we read it ourselves; the library checks the rest. */
const Answer = v.looseObject({
  id: Base64Url,
  rawId: Base64Url,
  type: v.literal('public-key'),
  response: v.looseObject({ clientDataJSON: Base64Url }),
  clientExtensionResults: v.optional(v.looseObject({}), {}),
})
const ClientData = v.looseObject({ challenge: Base64Url })

export type PasskeyAnswer = { credentialId: string; challenge: string; json: unknown }

export function relyingPartyOf(publicOrigin: string, name: string): RelyingParty {
  const { hostname, origin } = new URL(publicOrigin)
  return { id: hostname, origin, name }
}

/**
 * Options for `navigator.credentials.create`, as JSON. The challenge in them is new; keep its hash. The candidate's
 * name stands in the browser's own list of passkeys; `userHandle` is random.
 */
export function registrationOptions(
  party: RelyingParty,
  user: { handle: string; name: string; displayName: string },
  existing: readonly Pick<Passkey, 'credentialId' | 'transports'>[],
) {
  return generateRegistrationOptions({
    rpName: party.name,
    rpID: party.id,
    userID: Uint8Array.from(base64url.decode(user.handle)),
    userName: user.name,
    userDisplayName: user.displayName,
    timeout: CHALLENGE_TTL_MS,
    attestationType: 'none',
    excludeCredentials: existing.map(({ credentialId }) => ({ id: credentialId })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
}

/** Options for `navigator.credentials.get`: whichever passkey of ours the browser holds. */
export function authenticationOptions(party: RelyingParty) {
  return generateAuthenticationOptions({
    rpID: party.id,
    timeout: CHALLENGE_TTL_MS,
    userVerification: 'required',
  })
}

/** Reads what a form field `passkey` brought; null for anything that is no answer of an authenticator. */
export function readPasskeyAnswer(text: string): PasskeyAnswer | null {
  if (text.length > LONGEST_ANSWER) return null
  const answer = v.safeParse(v.pipe(v.string(), v.parseJson(), Answer), text)
  if (!answer.success) return null
  try {
    const clientData = new TextDecoder().decode(base64url.decode(answer.output.response.clientDataJSON))
    const { challenge } = v.parse(ClientData, JSON.parse(clientData))
    return { credentialId: answer.output.id, challenge, json: answer.output }
  } catch {
    return null
  }
}

/** The new passkey in an answer to `registrationOptions`; null if it proves nothing. The challenge must be used up first. */
export async function verifyRegistration(
  party: RelyingParty,
  { challenge, json }: PasskeyAnswer,
): Promise<Omit<Passkey, 'userHandle'> | null> {
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      response: json as RegistrationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
    })
    if (!registrationInfo) return null
    const { credential, credentialBackedUp } = registrationInfo
    return {
      credentialId: credential.id,
      publicKey: base64url.encode(credential.publicKey),
      counter: credential.counter,
      transports: credential.transports ?? [],
      backedUp: credentialBackedUp,
    }
  } catch {
    // The library throws for every way in which an answer can be wrong.
    return null
  }
}

/** The signature counter after an answer that proves possession of `passkey`; null if it does not. */
export async function verifyAuthentication(
  party: RelyingParty,
  { challenge, json }: PasskeyAnswer,
  passkey: Pick<Passkey, 'credentialId' | 'publicKey' | 'counter'>,
): Promise<number | null> {
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: json as AuthenticationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      credential: {
        id: passkey.credentialId,
        publicKey: Uint8Array.from(base64url.decode(passkey.publicKey)),
        counter: passkey.counter,
      },
    })
    return verified ? authenticationInfo.newCounter : null
  } catch {
    return null
  }
}
