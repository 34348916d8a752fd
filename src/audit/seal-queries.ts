import { asc, desc, gt, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { auditLog } from '../schema.ts'
import { CHAIN_START, type ChainedEntry, type ChainHead, entryHash } from './chain.ts'

const ENTRIES_PER_ROUND = 500

/**
 * Gives the entries that have none their hash, in order; answers how many. Two at once do the same work: a hash is
 * set where none is, and both would set the same.
 */
export async function sealEntries(db: Database): Promise<number> {
  let sealed = 0
  for (;;) {
    const [unsealed, heads] = await db.batch([
      db
        .select()
        .from(auditLog)
        .where(isNull(auditLog.hash))
        .orderBy(asc(auditLog.seq))
        .limit(ENTRIES_PER_ROUND),
      selectChainHead(db),
    ])
    if (unsealed.length === 0) return sealed
    let previous = heads[0]?.hash ?? CHAIN_START
    const hashes: [seq: number, hash: string][] = []
    for (const entry of unsealed) {
      previous = await entryHash(previous, { ...entry, at: entry.at.getTime() })
      hashes.push([entry.seq, previous])
    }
    await db
      .update(auditLog)
      .set({ hash: sql`sealed.value ->> 1` })
      .from(sql`json_each(${JSON.stringify(hashes)}) AS sealed`)
      .where(sql`${auditLog.seq} = sealed.value ->> 0 AND ${auditLog.hash} IS NULL`)
    sealed += unsealed.length
    if (unsealed.length < ENTRIES_PER_ROUND) return sealed
  }
}

/** The last entry that has its hash; null before there is one. */
export async function findChainHead(db: Database): Promise<ChainHead | null> {
  const [head] = await selectChainHead(db)
  return head?.hash ? { seq: head.seq, hash: head.hash } : null
}

function selectChainHead(db: Database) {
  return db
    .select({ seq: auditLog.seq, hash: auditLog.hash })
    .from(auditLog)
    .where(isNotNull(auditLog.hash))
    .orderBy(desc(auditLog.seq))
    .limit(1)
}

/** The entries as they are hashed, from the one after `seq` on, in their order. */
export async function listEntriesAfter(db: Database, seq: number, limit: number): Promise<ChainedEntry[]> {
  const entries = await db
    .select()
    .from(auditLog)
    .where(gt(auditLog.seq, seq))
    .orderBy(asc(auditLog.seq))
    .limit(limit)
  return entries.map((entry) => ({ ...entry, at: entry.at.getTime() }))
}
