import { openDatabase } from '../core/database.ts'
import { type ChainProof, endOfChain, NOTHING_PROVEN, proveChain } from './chain.ts'
import { listNotedHeads, type NotedHead } from './heads.ts'
import { listEntriesAfter } from './seal-queries.ts'

const ENTRIES_PER_PAGE = 1000

export type LogProof = ChainProof & { entries: number; heads: NotedHead[] }

/**
 * Proves the whole log, a page of it in memory at a time: that each entry is what it was when it was sealed, that none
 * is missing, and that every head that was noted in the bucket is in it. Entries that were never sealed and lay at the
 * very end could be taken away unseen; a tick seals them, and from the next head on they are missed.
 */
export async function proveLog(env: Pick<Env, 'DB' | 'BUCKET'>): Promise<LogProof> {
  const db = openDatabase(env.DB)
  const heads = await listNotedHeads(env.BUCKET)
  const noted = new Map<number, string>()
  for (const { seq, hash, key } of heads) {
    if ((noted.get(seq) ?? hash) !== hash) throw new Error(`${key} contradicts an earlier head`)
    noted.set(seq, hash)
  }
  let proof = NOTHING_PROVEN
  let entries = 0
  for (let after = 0; proof.fault === null; ) {
    const page = await listEntriesAfter(db, after, ENTRIES_PER_PAGE)
    if (page.length === 0) break
    proof = await proveChain(page, proof, noted)
    entries += page.length
    after = page.at(-1)!.seq
  }
  return { ...endOfChain(proof, noted), entries, heads }
}
