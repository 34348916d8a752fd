import { and, eq, gt, type SQL, sql } from 'drizzle-orm'
import { audited, lastChanged } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import { accessLinks, mergeProofs } from '../schema.ts'
import { forgetTries } from '../sign-in/brake-queries.ts'
import { type CodeProof, takeProof } from '../sign-in/code-queries.ts'
import { passwordStands } from '../sign-in/password-session-queries.ts'
import { isLiveProof, type ProofLink } from './link-queries.ts'
import { PROOF_MS } from './proof.ts'

export type Pair = { candidateId: string; otherId: string }

/** Other records that the candidate has proved, lately enough to be merged. */
export async function listProofs(db: Database, candidateId: string, now: Date) {
  return db
    .select({ id: mergeProofs.id, otherId: mergeProofs.otherId })
    .from(mergeProofs)
    .where(and(eq(mergeProofs.candidateId, candidateId), gt(mergeProofs.expiresAt, now)))
    .orderBy(mergeProofs.otherId)
}

/** What goes with a proof: the code, where the other record asks for one, and what the tries were counted under. */
type Shown = { code: CodeProof | null; tryKey: string | null }

/** Uses a link up, and the code. Answers the proof, or null if either was used before. */
export async function proveByLink(
  db: Database,
  { tokenHash, code, tryKey, ...pair }: ProofLink & Pair & Shown,
  now: Date,
): Promise<number | null> {
  const isLive = isLiveProof({ tokenHash, candidateId: pair.candidateId }, now)
  const { before, keep, after } = keepProof(db, { ...pair, provedBy: 'link', tryKey }, lastChanged, now)
  const use = (onlyIf: SQL) =>
    db
      .update(accessLinks)
      .set({ usedAt: now })
      .where(and(isLive, onlyIf))
      .returning({ tokenHash: accessLinks.tokenHash })
  if (code === null) {
    const [, , , kept] = await db.batch([...before, use(asksForNoCode(pair)), keep, ...after])
    return kept[0]?.id ?? null
  }
  const take = takeProof(db, pair.otherId, code, now)
  const [, , , , kept] = await db.batch([...before, take, use(lastChanged), keep, ...after])
  return kept[0]?.id ?? null
}

/** Keeps the proof by password, if that still stands, and uses the code up. */
export async function proveByPassword(
  db: Database,
  { setAt, code, tryKey, ...pair }: Pair & Shown & { setAt: number },
  now: Date,
): Promise<number | null> {
  const stands = passwordStands({ candidateId: pair.otherId, setAt })
  const onlyIf = code === null ? sql`${stands} AND ${asksForNoCode(pair)}` : sql`${lastChanged} AND ${stands}`
  const { before, keep, after } = keepProof(db, { ...pair, provedBy: 'password', tryKey }, onlyIf, now)
  if (code === null) {
    const [, , kept] = await db.batch([...before, keep, ...after])
    return kept[0]?.id ?? null
  }
  const [, , , kept] = await db.batch([...before, takeProof(db, pair.otherId, code, now), keep, ...after])
  return kept[0]?.id ?? null
}

/** Both records tell of it: whoever proves one that is not theirs is seen there. */
function keepProof(
  db: Database,
  { candidateId, otherId, provedBy, tryKey }: Pair & { provedBy: 'link' | 'password'; tryKey: string | null },
  onlyIf: SQL,
  now: Date,
) {
  const expiresAt = new Date(now.getTime() + PROOF_MS)
  const kept = sql`EXISTS (
    SELECT 1 FROM merge_proofs
    WHERE candidate_id = ${candidateId} AND other_id = ${otherId} AND proved_at = ${now.getTime()})`
  const event = { action: 'merge.proved', actor: 'candidate', details: { by: provedBy } } as const
  const told = [candidateId, otherId].map((id) => audited(db, { ...event, candidateId: id }, now, kept))
  const keep = db
    .insert(mergeProofs)
    .select(sql`
      SELECT NULL, one.id, other.id, ${provedBy}, ${now.getTime()}, ${expiresAt.getTime()}
      FROM candidates AS one CROSS JOIN candidates AS other
      WHERE one.id = ${candidateId} AND other.id = ${otherId} AND ${onlyIf}`)
    .onConflictDoUpdate({
      target: [mergeProofs.candidateId, mergeProofs.otherId],
      set: { provedBy, provedAt: now, expiresAt },
    })
    .returning({ id: mergeProofs.id })
  return {
    before: [told[0]!.before, told[1]!.before] as const,
    keep,
    after: [...told[0]!.after, ...told[1]!.after, forgetTries(db, tryKey, kept)] as const,
  }
}

function asksForNoCode({ otherId }: Pair): SQL {
  return sql`NOT EXISTS (SELECT 1 FROM totp_secrets WHERE candidate_id = ${otherId} AND confirmed_at IS NOT NULL)`
}
