import { and, asc, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { candidateEmails, recoveries } from '../schema.ts'
import type { OwnAddress } from './address-state.ts'

/** The candidate's addresses, the primary one first, and the recoveries that are about to take effect: one round trip. */
export async function listAddresses(db: Database, candidateId: string, now: Date) {
  const [rows, waiting] = await db.batch([
    db
      .select({
        address: candidateEmails.address,
        normalized: candidateEmails.normalized,
        isPrimary: candidateEmails.isPrimary,
        verifiedAt: candidateEmails.verifiedAt,
        source: candidateEmails.source,
        addedAt: candidateEmails.addedAt,
        undoUntil: sql<number | null>`(
          SELECT max(undo_until) FROM primary_changes
          WHERE candidate_id = ${candidateId} AND undo_until > ${now.getTime()} AND undone_at IS NULL
            AND from_normalized = candidate_emails.normalized)`.as('undo_until'),
      })
      .from(candidateEmails)
      .where(eq(candidateEmails.candidateId, candidateId))
      .orderBy(
        desc(candidateEmails.isPrimary),
        sql`${candidateEmails.verifiedAt} IS NULL`,
        asc(candidateEmails.normalized),
      ),
    db
      .select({ effectiveAt: recoveries.effectiveAt, newAddress: recoveries.newAddress })
      .from(recoveries)
      .where(
        and(
          eq(recoveries.candidateId, candidateId),
          isNotNull(recoveries.effectiveAt),
          isNull(recoveries.stoppedAt),
          isNull(recoveries.doneAt),
        ),
      )
      .orderBy(asc(recoveries.effectiveAt)),
  ])
  const addresses = rows.map(
    (row): OwnAddress => ({
      ...row,
      addedAt: row.addedAt.getTime() === 0 ? null : row.addedAt,
      undoUntil: row.undoUntil === null ? null : new Date(row.undoUntil),
    }),
  )
  return { addresses, waiting: waiting.map((one) => ({ ...one, effectiveAt: one.effectiveAt! })) }
}
