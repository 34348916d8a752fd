import { sha256Hex } from '../core/tokens.ts'

/** An entry as it is hashed. `at` in milliseconds since 1970; `details` the JSON text as kept. */
export type ChainedEntry = {
  seq: number
  at: number
  actor: string
  action: string
  subject: string | null
  details: string
  hash: string | null
}

/** What the first entry is chained to. */
export const CHAIN_START = '0'.repeat(64)

/** Hex SHA-256 over the hash before and the entry, each part as a JSON string, so that none runs into the next. */
export function entryHash(previous: string, { seq, at, actor, action, subject, details }: ChainedEntry) {
  return sha256Hex(JSON.stringify([previous, seq, at, actor, action, subject, details]))
}

export type ChainFault = { seq: number; fault: 'missing' | 'changed' | 'unsealed' }

/**
 * Proves entries in their order, from `seq` 1 on: what is wrong with the first that is wrong, and the hash of the
 * last that is right. The newest entries may still wait for their hash.
 */
export async function proveChain(
  entries: Iterable<ChainedEntry>,
): Promise<{ head: { seq: number; hash: string }; waiting: number; fault: ChainFault | null }> {
  let head = { seq: 0, hash: CHAIN_START }
  let waiting = 0
  for (const entry of entries) {
    const expected = head.seq + waiting + 1
    if (entry.seq !== expected) return { head, waiting, fault: { seq: expected, fault: 'missing' } }
    if (entry.hash === null) waiting += 1
    else if (waiting > 0) return { head, waiting, fault: { seq: head.seq + 1, fault: 'unsealed' } }
    else if (entry.hash !== (await entryHash(head.hash, entry)))
      return { head, waiting, fault: { seq: entry.seq, fault: 'changed' } }
    else head = { seq: entry.seq, hash: entry.hash }
  }
  return { head, waiting, fault: null }
}
