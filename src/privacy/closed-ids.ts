import { deriveKey, HMAC_SHA256, readKeyring } from '../core/keyring.ts'
import { hex } from '../core/tokens.ts'

const USE = 'closed candidate 1'
const encoder = new TextEncoder()

/** The forms under which a candidate ID may be kept once its account is closed: one for each key of the ring. */
export type ClosedIdHash = (candidateId: string) => Promise<[string, ...string[]]>

/**
 * IDs of closed accounts are kept as HMACs under SEAL_KEY, newest key first, so that the table tells nobody who left:
 * without the key the few million possible IDs could be tried. As core's keyedHash, with the keys derived once, since
 * an import asks this for every row. A key that is dropped from the ring takes the memory of its closings with it.
 */
export async function closedIdHash(sealKey: string): Promise<ClosedIdHash> {
  const keys = await Promise.all(readKeyring(sealKey).map((key) => deriveKey(key, USE, HMAC_SHA256)))
  return async (candidateId) => {
    const text = encoder.encode(candidateId)
    const hashes = await Promise.all(
      keys.map(async (key) => hex(await crypto.subtle.sign('HMAC', key, text))),
    )
    return hashes as [string, ...string[]]
  }
}
