import { and, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import { audited } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import { readProgram, selectProgram } from '../program/queries.ts'
import { accessLinks, recoveries } from '../schema.ts'
import type { FoundStop } from './recovery-state.ts'

const instant = (column: SQL) => column.mapWith((at: number) => new Date(at))

/** A stop link is one of the record's: the address that it went to must still be. */
function linkHolds(now: Date): SQL {
  return sql`${accessLinks.purpose} = 'recovery_stop' AND ${accessLinks.usedAt} IS NULL
    AND ${accessLinks.expiresAt} > ${now.getTime()} AND EXISTS (
      SELECT 1 FROM candidate_emails
      WHERE candidate_emails.candidate_id = access_links.candidate_id AND address = access_links.sent_to
        AND (verified_at IS NOT NULL OR is_primary = 1))`
}

/** The recovery that a stop link is about, and the program. */
export async function findStop(db: Database, tokenHash: string, now: Date) {
  const [found, programs] = await db.batch([
    db
      .select({
        candidateId: sql<string>`${recoveries.candidateId}`.as('holder_id'),
        confirmedAt: instant(sql`${recoveries.confirmedAt}`).as('was_confirmed_at'),
        effectiveAt: instant(sql`${recoveries.effectiveAt}`).as('takes_effect_at'),
        stoppedAt: instant(sql`${recoveries.stoppedAt}`).as('was_stopped_at'),
        doneAt: instant(sql`${recoveries.doneAt}`).as('was_done_at'),
        holds: sql`${linkHolds(now)}`.mapWith(Boolean).as('holds'),
      })
      .from(accessLinks)
      .innerJoin(
        recoveries,
        sql`${recoveries.id} = ${accessLinks.data} ->> 'recoveryId'
          AND ${recoveries.candidateId} = ${accessLinks.candidateId}`,
      )
      .where(and(eq(accessLinks.tokenHash, tokenHash), eq(accessLinks.purpose, 'recovery_stop'))),
    selectProgram(db),
  ])
  return { stop: (found[0] ?? null) as FoundStop | null, program: readProgram(programs) }
}

/**
 * Stops every recovery of the candidate that waits to take effect: somebody who says "it was not me" means all of
 * them. By a link, only while the link holds. Answers whether there was one.
 */
export async function stopRecoveries(
  db: Database,
  by: { candidateId: string } & ({ actor: 'candidate' } | { actor: 'nobody'; tokenHash: string }),
  now: Date,
): Promise<boolean> {
  const { candidateId, actor } = by
  const { before, after } = audited(db, { action: 'recovery.stopped', actor, candidateId }, now)
  const mayStop =
    by.actor === 'candidate'
      ? sql`true`
      : sql`EXISTS (SELECT 1 FROM access_links WHERE token_hash = ${by.tokenHash} AND ${linkHolds(now)})`
  const batch = await db.batch([
    before,
    db
      .update(recoveries)
      .set({ stoppedAt: now })
      .where(
        and(
          eq(recoveries.candidateId, candidateId),
          isNotNull(recoveries.effectiveAt),
          isNull(recoveries.stoppedAt),
          isNull(recoveries.doneAt),
          mayStop,
        ),
      )
      .returning({ id: recoveries.id }),
    ...after,
  ])
  return batch[1].length > 0
}
