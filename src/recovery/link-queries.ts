import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { audited } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import { readProgram, selectProgram } from '../program/queries.ts'
import { accessLinks, recoveries } from '../schema.ts'
import { oweRecoveryNotices } from './notice-queries.ts'
import { COOLING_OFF_MS, type FoundRecovery } from './recovery-state.ts'

const instant = (column: SQL) => column.mapWith((at: number) => new Date(at))

/** The recovery that a link from the mail to a new address belongs to, and the program. */
export async function findRecovery(db: Database, tokenHash: string) {
  const [found, programs] = await db.batch([
    db
      .select({
        recoveryId: sql<number>`${recoveries.id}`.as('recovery_id'),
        candidateId: sql<string | null>`${recoveries.candidateId}`.as('holder_id'),
        confirmedAt: instant(sql`${recoveries.confirmedAt}`).as('was_confirmed_at'),
        effectiveAt: instant(sql`${recoveries.effectiveAt}`).as('takes_effect_at'),
        stoppedAt: instant(sql`${recoveries.stoppedAt}`).as('was_stopped_at'),
        doneAt: instant(sql`${recoveries.doneAt}`).as('was_done_at'),
        isUsed: sql`${accessLinks.usedAt} IS NOT NULL`.mapWith(Boolean).as('is_used'),
        expiresAt: instant(sql`${accessLinks.expiresAt}`).as('link_expires_at'),
      })
      .from(accessLinks)
      // Numbers of rows that were deleted are given out again: the address says that it is still the same ask.
      .innerJoin(
        recoveries,
        sql`${recoveries.id} = ${accessLinks.data} ->> 'recoveryId'
          AND ${recoveries.newAddress} = ${accessLinks.sentTo}`,
      )
      .where(and(eq(accessLinks.tokenHash, tokenHash), eq(accessLinks.purpose, 'recovery_confirmation'))),
    selectProgram(db),
  ])
  const recovery = (found[0] ?? null) as FoundRecovery | null
  return { recovery, program: readProgram(programs) }
}

/**
 * The new mailbox is proved. Where the number and birth date were right, the week begins in which everybody who can
 * sign in may stop it; otherwise nothing happens but that a photo may be sent.
 */
export async function confirmRecovery(
  db: Database,
  tokenHash: string,
  { recoveryId, candidateId }: FoundRecovery,
  now: Date,
): Promise<void> {
  const at = now.getTime()
  const effectiveAt = new Date(at + COOLING_OFF_MS)
  const begun = sql`EXISTS (
    SELECT 1 FROM recoveries WHERE id = ${recoveryId} AND confirmed_at = ${at} AND effective_at IS NOT NULL)`
  const event = {
    action: 'recovery.asked',
    actor: 'nobody',
    ...(candidateId !== null && { candidateId }),
    details: { proof: 'number_and_birth' },
  } as const
  const { before, after } = audited(db, event, now, sql`changes() > 0 AND ${begun}`)
  await db.batch([
    before,
    db
      .update(recoveries)
      .set({
        confirmedAt: now,
        effectiveAt: sql`iif(proof = 'number_and_birth' AND candidate_id IS NOT NULL, ${effectiveAt.getTime()}, NULL)`,
      })
      .where(
        and(
          eq(recoveries.id, recoveryId),
          isNull(recoveries.confirmedAt),
          sql`EXISTS (
            SELECT 1 FROM access_links
            WHERE token_hash = ${tokenHash} AND purpose = 'recovery_confirmation' AND used_at IS NULL
              AND expires_at > ${at})`,
        ),
      ),
    ...after,
    oweRecoveryNotices(db, recoveryId, now),
    db
      .update(accessLinks)
      .set({ usedAt: now })
      .where(and(eq(accessLinks.tokenHash, tokenHash), isNull(accessLinks.usedAt))),
  ])
}
