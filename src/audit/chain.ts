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

/**
 * `missing`, `changed`: the entry of that number; `unsealed`: it has no hash, and a later one has. `rewritten`: it is
 * sealed otherwise than it was when its head was noted; `cut-off`: it was noted and is not there any more.
 */
export type ChainFault = {
  seq: number
  fault: 'missing' | 'changed' | 'unsealed' | 'rewritten' | 'cut-off'
}

/** The last entry of the chain, as it stands or as it was noted outside of the database. */
export type ChainHead = { seq: number; hash: string }

/** How far a chain is proven. `waiting`: the newest entries, which may still be without their hash. */
export type ChainProof = { head: ChainHead; waiting: number; fault: ChainFault | null }

export const NOTHING_PROVEN: ChainProof = { head: { seq: 0, hash: CHAIN_START }, waiting: 0, fault: null }

/**
 * Goes on with a proof by the next entries in their order, and ends at the first that is wrong. `noted`: hashes that
 * were written down elsewhere, by `seq`.
 */
export async function proveChain(
  entries: Iterable<ChainedEntry>,
  proven: ChainProof = NOTHING_PROVEN,
  noted: ReadonlyMap<number, string> = new Map(),
): Promise<ChainProof> {
  let { head, waiting, fault } = proven
  for (const entry of entries) {
    if (fault !== null) break
    const expected = head.seq + waiting + 1
    if (entry.seq !== expected) fault = { seq: expected, fault: 'missing' }
    else if (entry.hash === null) waiting += 1
    else if (waiting > 0) fault = { seq: head.seq + 1, fault: 'unsealed' }
    else if (entry.hash !== (await entryHash(head.hash, entry))) fault = { seq: entry.seq, fault: 'changed' }
    else if ((noted.get(entry.seq) ?? entry.hash) !== entry.hash)
      fault = { seq: entry.seq, fault: 'rewritten' }
    else head = { seq: entry.seq, hash: entry.hash }
  }
  return { head, waiting, fault }
}

/** Once there are no more entries: an entry that was noted as sealed must have been among them. */
export function endOfChain(proof: ChainProof, noted: ReadonlyMap<number, string>): ChainProof {
  if (proof.fault !== null) return proof
  const last = Math.max(0, ...noted.keys())
  return last > proof.head.seq
    ? { ...proof, fault: { seq: proof.head.seq + proof.waiting + 1, fault: 'cut-off' } }
    : proof
}
