import { and, eq, isNull, sql } from 'drizzle-orm'
import { audited } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import { readProgram, selectProgram } from '../program/queries.ts'
import { accessLinks, candidateEmails } from '../schema.ts'

export type FoundConfirmation = {
  candidateId: string
  address: string
  isProved: boolean
  isProvedElsewhere: boolean
  isUsed: boolean
  expiresAt: Date
}

const provedElsewhere = sql`EXISTS (
  SELECT 1 FROM candidate_emails AS other
  WHERE other.normalized = candidate_emails.normalized AND other.verified_at IS NOT NULL
    AND other.candidate_id <> candidate_emails.candidate_id)`

/** What a confirmation link is about, used up or not, and the program; null where the address is on no record. */
export async function findConfirmation(db: Database, tokenHash: string) {
  const [found, programs] = await db.batch([
    db
      .select({
        candidateId: sql<string>`${candidateEmails.candidateId}`.as('holder_id'),
        address: sql<string>`${candidateEmails.address}`.as('its_text'),
        isProved: sql`${candidateEmails.verifiedAt} IS NOT NULL`.mapWith(Boolean).as('is_proved'),
        isProvedElsewhere: sql`${provedElsewhere}`.mapWith(Boolean).as('is_proved_elsewhere'),
        isUsed: sql`${accessLinks.usedAt} IS NOT NULL`.mapWith(Boolean).as('is_used'),
        expiresAt: sql`${accessLinks.expiresAt}`.mapWith((at: number) => new Date(at)).as('link_expires_at'),
      })
      .from(accessLinks)
      .innerJoin(
        candidateEmails,
        and(
          eq(candidateEmails.candidateId, accessLinks.candidateId),
          eq(candidateEmails.address, accessLinks.sentTo),
        ),
      )
      .where(and(eq(accessLinks.tokenHash, tokenHash), eq(accessLinks.purpose, 'address_confirmation'))),
    selectProgram(db),
  ])
  const link: FoundConfirmation | null = found[0] ?? null
  return { link, program: readProgram(programs) }
}

/** Uses a link up: its address counts from now on, unless somebody else has proved it meanwhile. */
export async function confirmAddress(
  db: Database,
  { tokenHash, candidateId, address }: { tokenHash: string; candidateId: string; address: string },
  now: Date,
): Promise<boolean> {
  const { before, after } = audited(db, { action: 'address.confirmed', actor: 'nobody', candidateId }, now)
  const its = and(eq(candidateEmails.candidateId, candidateId), eq(candidateEmails.address, address))
  const batch = await db.batch([
    before,
    db
      .update(candidateEmails)
      .set({
        verifiedAt: now,
        isPrimary: sql`is_primary = 1 OR NOT EXISTS (
          SELECT 1 FROM candidate_emails AS chosen
          WHERE chosen.candidate_id = ${candidateId} AND chosen.is_primary = 1)`,
      })
      .where(
        and(
          its,
          isNull(candidateEmails.verifiedAt),
          sql`NOT ${provedElsewhere}`,
          sql`EXISTS (
            SELECT 1 FROM access_links
            WHERE token_hash = ${tokenHash} AND purpose = 'address_confirmation' AND candidate_id = ${candidateId}
              AND sent_to = ${address} AND used_at IS NULL AND expires_at > ${now.getTime()})`,
        ),
      )
      .returning({ address: candidateEmails.address }),
    ...after,
    db
      .update(accessLinks)
      .set({ usedAt: now })
      .where(
        and(
          eq(accessLinks.candidateId, candidateId),
          eq(accessLinks.sentTo, address),
          eq(accessLinks.purpose, 'address_confirmation'),
          isNull(accessLinks.usedAt),
          sql`EXISTS (
            SELECT 1 FROM candidate_emails
            WHERE candidate_emails.candidate_id = ${candidateId} AND address = ${address}
              AND verified_at IS NOT NULL)`,
        ),
      ),
  ])
  return batch[1].length === 1
}
