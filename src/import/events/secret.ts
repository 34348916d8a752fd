import { openDatabase } from '../../core/database.ts'
import { readKeyring } from '../../core/keyring.ts'
import { seal, unseal } from '../../core/sealing.ts'
import { randomToken } from '../../core/tokens.ts'
import { findEventSecret, replaceEventSecret } from './secret-queries.ts'

/** So long a vendor may go on signing with the secret before. */
const PREVIOUS_COUNTS_MS = 24 * 3_600_000

type Bindings = Pick<Env, 'DB' | 'SEAL_KEY'>

/** What may sign this feed's events now, the newest first; nothing for a feed that takes no events, or is none. */
export async function eventSecretsOf(env: Bindings, feed: string, now: Date): Promise<string[]> {
  const stored = await findEventSecret(openDatabase(env.DB), feed)
  if (!stored) return []
  const { sealed, previousSealed, previousUntil } = stored
  const counts = previousSealed !== null && previousUntil !== null && now < previousUntil
  const ring = readKeyring(env.SEAL_KEY)
  const secrets = counts ? [sealed, previousSealed] : [sealed]
  return Promise.all(
    secrets.map(async (each) => new TextDecoder().decode(await unseal(ring, useOf(feed), each))),
  )
}

/**
 * Gives the feed a new secret and answers it, which is the only time that it is shown. The one before still counts for
 * a day; a feed that had none takes events from now on.
 */
export async function rotateEventSecret(env: Bindings, feed: string, now: Date): Promise<string> {
  const secret = randomToken()
  const sealed = await seal(readKeyring(env.SEAL_KEY), useOf(feed), new TextEncoder().encode(secret))
  const previousUntil = new Date(now.getTime() + PREVIOUS_COUNTS_MS)
  await replaceEventSecret(openDatabase(env.DB), { feed, sealed, previousUntil }, now)
  return secret
}

function useOf(feed: string): string {
  return `event secret of feed ${feed}`
}
