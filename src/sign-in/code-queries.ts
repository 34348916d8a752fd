import { and, eq, gt, isNotNull, lt, sql } from 'drizzle-orm'
import { audited, lastChanged } from '../audit/audit-queries.ts'
import { takeRecoveryCode, takeTotpStep } from '../authenticators/queries.ts'
import type { Database } from '../core/database.ts'
import { readProgram, selectProgram } from '../program/queries.ts'
import { candidates, pendingSignIns, totpSecrets } from '../schema.ts'
import { accountFacts, type Beginning, beginSession } from './begin-session-queries.ts'
import { countTry, readTry } from './brake-queries.ts'

/** A second factor that is right, and is used up by the session that it opens. */
export type CodeProof = { method: 'totp'; step: number } | { method: 'recovery_code'; codeHash: string }

export function takeProof(db: Database, candidateId: string, proof: CodeProof, now: Date) {
  const holder = { candidateId }
  return proof.method === 'totp'
    ? takeTotpStep(db, holder, proof.step)
    : takeRecoveryCode(db, holder, proof.codeHash, now)
}

function isAwaited(idHash: string, now: Date) {
  return and(
    eq(pendingSignIns.idHash, idHash),
    isNotNull(pendingSignIns.candidateId),
    gt(pendingSignIns.expiresAt, now),
  )
}

function selectPending(db: Database, idHash: string, browserHash: string | null, now: Date) {
  return db
    .select({
      candidateId: sql<string>`${candidates.id}`.as('holder_id'),
      returnTo: pendingSignIns.returnTo,
      sealed: totpSecrets.sealed,
      lastStep: totpSecrets.lastStep,
      ...accountFacts(browserHash, now),
    })
    .from(pendingSignIns)
    .innerJoin(candidates, eq(candidates.id, pendingSignIns.candidateId))
    .leftJoin(
      totpSecrets,
      and(eq(totpSecrets.candidateId, candidates.id), isNotNull(totpSecrets.confirmedAt)),
    )
    .where(isAwaited(idHash, now))
}

/** A sign-in that waits for its code, and the program. Looking uses nothing up. */
export async function findPending(db: Database, idHash: string, now: Date) {
  const [pendings, programs] = await db.batch([selectPending(db, idHash, null, now), selectProgram(db)])
  return { pending: pendings[0] ?? null, program: readProgram(programs) }
}

/** Counts a try at the code of a sign-in that waits for one: one round trip. */
export async function tryCode(
  db: Database,
  { idHash, browserHash }: { idHash: string; browserHash: string | null },
  now: Date,
) {
  const account = sql`SELECT candidate_id FROM ${pendingSignIns} WHERE ${isAwaited(idHash, now)}`
  const { named, delayed, counted } = countTry(db, { account, nameKey: null, browserHash, isCode: true }, now)
  const [, delays, counts, pendings, programs] = await db.batch([
    named,
    delayed,
    counted,
    selectPending(db, idHash, browserHash, now),
    selectProgram(db),
  ])
  return {
    attempt: readTry(delays, counts),
    pending: pendings[0] ?? null,
    program: readProgram(programs),
  }
}

/** Uses the code and the waiting sign-in up and begins the session: each only if the one before was still there. */
export async function beginByCode(
  db: Database,
  { pendingHash, proof, ...beginning }: Beginning & { pendingHash: string; proof: CodeProof },
  now: Date,
): Promise<boolean> {
  const { candidateId } = beginning
  const { before, begin, after } = beginSession(db, beginning, lastChanged, now)
  const [, , , begun] = await db.batch([
    before,
    takeProof(db, candidateId, proof, now),
    db.delete(pendingSignIns).where(and(isAwaited(pendingHash, now), lastChanged)),
    begin,
    ...after,
    ...tellOfRecoveryCode(db, beginning, proof, now),
  ])
  return begun.length === 1
}

/** A recovery code is rarely used, and by a thief at once: its holder is mailed. */
export function tellOfRecoveryCode(
  db: Database,
  { candidateId, idHash, device }: { candidateId: string; idHash: string; device: string },
  { method }: CodeProof,
  now: Date,
) {
  const began = sql`${method} = 'recovery_code' AND EXISTS (SELECT 1 FROM sessions WHERE id_hash = ${idHash})`
  const event = {
    action: 'recovery-code.used',
    actor: 'candidate',
    candidateId,
    details: { device },
  } as const
  return audited(db, event, now, began).after
}

export async function deleteLatePendings(db: Database, now: Date): Promise<void> {
  await db.delete(pendingSignIns).where(lt(pendingSignIns.expiresAt, now))
}
