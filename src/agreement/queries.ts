import { and, eq, sql } from 'drizzle-orm'
import { audited } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import { agreementAcceptances, candidates } from '../schema.ts'

export type Acceptance = { candidateId: string; version: string }

/** When the candidate accepted a version; null if never. */
export async function findAcceptance(
  db: Database,
  { candidateId, version }: Acceptance,
): Promise<Date | null> {
  const [found] = await db
    .select({ acceptedAt: agreementAcceptances.acceptedAt })
    .from(agreementAcceptances)
    .where(and(eq(agreementAcceptances.candidateId, candidateId), eq(agreementAcceptances.version, version)))
  return found?.acceptedAt ?? null
}

/** Writes the acceptance down. The first one of a version counts: a form that is sent twice changes nothing. */
export async function acceptAgreement(db: Database, { candidateId, version }: Acceptance, now: Date) {
  const event = {
    action: 'agreement.accepted',
    actor: 'candidate',
    candidateId,
    details: { version },
  } as const
  const { before, after } = audited(db, event, now)
  await db.batch([
    before,
    db.insert(agreementAcceptances).values({ candidateId, version, acceptedAt: now }).onConflictDoNothing(),
    db
      .update(candidates)
      .set({ agreedVersion: version })
      .where(and(eq(candidates.id, candidateId), sql`${candidates.agreedVersion} IS NOT ${version}`)),
    ...after,
  ])
}
