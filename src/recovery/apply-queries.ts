import { and, asc, eq, inArray, isNotNull, isNull, lte, sql } from 'drizzle-orm'
import { audited } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import { accessLinks, candidateEmails, mailOutbox, pendingSignIns, recoveries, sessions } from '../schema.ts'

export type DueRecovery = { id: number; candidateId: string; newNormalized: string }

/** Recoveries whose week is over and which nobody stopped, the longest due first. */
export async function listDueRecoveries(db: Database, now: Date, limit: number): Promise<DueRecovery[]> {
  const due = await db
    .select({
      id: recoveries.id,
      candidateId: sql<string>`${recoveries.candidateId}`,
      newNormalized: recoveries.newNormalized,
    })
    .from(recoveries)
    .where(isDue(now))
    .orderBy(asc(recoveries.effectiveAt))
    .limit(limit)
  return due
}

/** Written as the partial index has it. */
function isDue(now: Date) {
  return and(
    isNotNull(recoveries.effectiveAt),
    isNull(recoveries.stoppedAt),
    isNull(recoveries.doneAt),
    lte(recoveries.effectiveAt, now),
  )
}

/**
 * Puts a new address in force: proved and primary; every session ends, and what was sent to the old addresses to get
 * in with is void. All old addresses and the new one are told. False where the address is somebody else's by now, or
 * the recovery was stopped a moment ago.
 */
export async function applyRecovery(
  db: Database,
  { id, candidateId, newNormalized }: DueRecovery,
  now: Date,
): Promise<boolean> {
  const at = now.getTime()
  const { before, after } = audited(db, { action: 'recovery.done', actor: 'system', candidateId }, now)
  const mayApply = and(
    eq(recoveries.id, id),
    isDue(now),
    sql`EXISTS (SELECT 1 FROM candidates WHERE id = ${candidateId} AND erased_at IS NULL)`,
    sql`NOT EXISTS (
      SELECT 1 FROM candidate_emails AS other
      WHERE other.normalized = ${newNormalized} AND other.verified_at IS NOT NULL
        AND other.candidate_id <> ${candidateId})`,
  )
  const done = sql`EXISTS (SELECT 1 FROM recoveries WHERE id = ${id} AND done_at = ${at})`
  const mine = and(eq(candidateEmails.candidateId, candidateId), done)

  const batch = await db.batch([
    before,
    db
      .insert(candidateEmails)
      .select(sql`
        SELECT candidate_id, new_normalized, new_address, 0, ${at}, 'recovery', ${at}
        FROM recoveries WHERE ${mayApply}`)
      .onConflictDoUpdate({
        target: [candidateEmails.candidateId, candidateEmails.normalized],
        set: { verifiedAt: sql`coalesce(candidate_emails.verified_at, excluded.verified_at)` },
      }),
    db.update(recoveries).set({ doneAt: now }).where(mayApply).returning({ id: recoveries.id }),
    ...after,
    db
      .update(candidateEmails)
      .set({ isPrimary: false })
      .where(and(mine, eq(candidateEmails.isPrimary, true))),
    db
      .update(candidateEmails)
      .set({ isPrimary: true })
      .where(and(mine, eq(candidateEmails.normalized, newNormalized))),
    db.delete(sessions).where(and(eq(sessions.candidateId, candidateId), done)),
    db.delete(pendingSignIns).where(and(eq(pendingSignIns.candidateId, candidateId), done)),
    db
      .update(accessLinks)
      .set({ usedAt: now })
      .where(
        and(
          eq(accessLinks.candidateId, candidateId),
          inArray(accessLinks.purpose, ['activation', 'password_reset', 'address_undo', 'merge_proof']),
          isNull(accessLinks.usedAt),
          done,
        ),
      ),
    db
      .update(mailOutbox)
      .set({ givenUpAt: now, lastError: 'address recovered' })
      .where(
        and(
          eq(mailOutbox.candidateId, candidateId),
          inArray(mailOutbox.template, ['welcome', 'access_link', 'address_undo', 'merge_proof']),
          isNull(mailOutbox.sentAt),
          isNull(mailOutbox.givenUpAt),
          done,
        ),
      ),
  ])
  return batch[2].length === 1
}

/** Ends a recovery that can no longer take effect, and tells the addresses on record. */
export async function dropRecovery(db: Database, { id, candidateId }: DueRecovery, now: Date): Promise<void> {
  const { before, after } = audited(db, { action: 'recovery.stopped', actor: 'system', candidateId }, now)
  await db.batch([
    before,
    db
      .update(recoveries)
      .set({ stoppedAt: now })
      .where(and(eq(recoveries.id, id), isDue(now))),
    ...after,
  ])
}

/** Recoveries that a request is about which is not decided: written out, so that the partial indexes are used. */
const underReview = sql`
  SELECT details ->> 'recoveryId' FROM requests WHERE state = 'open' AND kind = 'address_recovery'
  UNION ALL
  SELECT details ->> 'recoveryId' FROM requests WHERE state = 'waiting' AND kind = 'address_recovery'`

/** What was asked so long ago, and leads nowhere any more, goes: it holds addresses of people. */
export async function deleteOldRecoveries(db: Database, before: Date): Promise<void> {
  await db.batch([
    db
      .delete(recoveries)
      .where(
        and(
          sql`${recoveries.askedAt} < ${before.getTime()}`,
          sql`(effective_at IS NULL OR stopped_at IS NOT NULL OR done_at IS NOT NULL)`,
          sql`${recoveries.id} NOT IN (${underReview})`,
        ),
      ),
    db
      .delete(mailOutbox)
      .where(
        and(
          sql`dedupe_key > 'recovery_confirmation:' AND dedupe_key < 'recovery_confirmation;'`,
          sql`owed_at < ${before.getTime()}`,
        ),
      ),
  ])
}
