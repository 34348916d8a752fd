/** A secret that was shown and never confirmed is shown no longer than this; setting up then begins anew. */
export const SETUP_TTL_MS = 3_600_000

type Secret = { createdAt: Date; confirmedAt: Date | null }

export type AuthenticatorState = 'off' | 'waiting' | 'on'

/** Off; shown, but no code of it has been typed yet; or asked for with every password. */
export function authenticatorState(secret: Secret | null, now: Date): AuthenticatorState {
  if (secret === null) return 'off'
  if (secret.confirmedAt !== null) return 'on'
  return now.getTime() - secret.createdAt.getTime() <= SETUP_TTL_MS ? 'waiting' : 'off'
}

/** The secret as people type it into an app that has no camera. */
export function inGroupsOfFour(base32: string): string {
  return base32.match(/.{1,4}/g)?.join(' ') ?? ''
}
