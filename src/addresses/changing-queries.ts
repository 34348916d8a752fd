import { and, eq, inArray, isNull, ne, sql } from 'drizzle-orm'
import { audited } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import { accessLinks, candidateEmails, mailOutbox, primaryChanges } from '../schema.ts'
import { UNDO_MS } from './address-state.ts'

/**
 * Makes a proved address the primary one, and writes to the old one how to undo that. An old address that nobody
 * ever proved may be a stranger's: it is told, and given no way to undo anything.
 */
export async function makePrimary(
  db: Database,
  candidateId: string,
  normalized: string,
  now: Date,
): Promise<boolean> {
  const at = now.getTime()
  const undoUntil = at + UNDO_MS
  const event = { action: 'address.primary-changed', actor: 'candidate', candidateId } as const
  const { before, after } = audited(db, event, now)
  const mine = eq(candidateEmails.candidateId, candidateId)
  const mayBe = sql`EXISTS (
    SELECT 1 FROM candidate_emails AS wanted
    WHERE wanted.candidate_id = ${candidateId} AND wanted.normalized = ${normalized}
      AND wanted.verified_at IS NOT NULL AND wanted.is_primary = 0)`
  const old = sql`FROM candidate_emails WHERE candidate_id = ${candidateId} AND is_primary = 1 AND ${mayBe}`
  const notice = JSON.stringify({ action: 'address.primary-changed', at, device: null })

  const batch = await db.batch([
    before,
    db.insert(primaryChanges).select(sql`
        SELECT NULL, ${candidateId}, normalized, ${normalized}, ${at}, ${undoUntil}, NULL
        ${old} AND verified_at IS NOT NULL`),
    db
      .insert(mailOutbox)
      .select(sql`
        SELECT NULL, 'address_undo:' || id, 'address_undo', ${candidateId}, address,
          json_object('changeId', id, 'undoUntil', undo_until), 0, ${at}, ${at}, NULL, 0, NULL, NULL, NULL
        FROM primary_changes JOIN candidate_emails AS old
          ON old.candidate_id = primary_changes.candidate_id AND old.normalized = from_normalized
        WHERE primary_changes.candidate_id = ${candidateId} AND undo_until = ${undoUntil}
          AND to_normalized = ${normalized} AND undone_at IS NULL AND old.is_primary = 1 AND ${mayBe}`)
      .onConflictDoNothing({ target: mailOutbox.dedupeKey }),
    db
      .insert(mailOutbox)
      .select(sql`
        SELECT NULL, 'notice:address.primary-changed:' || ${at} || ':' || candidate_id || ':' || normalized,
          'security_notice', candidate_id, address, ${notice}, 0, ${at}, ${at}, NULL, 0, NULL, NULL, NULL
        ${old} AND verified_at IS NULL`)
      .onConflictDoNothing({ target: mailOutbox.dedupeKey }),
    db
      .update(candidateEmails)
      .set({ isPrimary: false })
      .where(
        and(mine, eq(candidateEmails.isPrimary, true), ne(candidateEmails.normalized, normalized), mayBe),
      ),
    db
      .update(candidateEmails)
      .set({ isPrimary: true })
      .where(and(mine, eq(candidateEmails.normalized, normalized), mayBe))
      .returning({ normalized: candidateEmails.normalized }),
    ...after,
  ])
  return batch[5].length === 1
}

/** Told, but no longer able to do anything: what still waits for a removed address is not sent, but for notices. */
const HARMLESS_TEMPLATE = 'security_notice'

/**
 * Takes an address off the record, where that may be: see whyKept. With it go the links that were sent there and
 * the mails that wait for it; it is told, if it was proved, and so are the others.
 */
export async function removeAddress(
  db: Database,
  candidateId: string,
  normalized: string,
  now: Date,
): Promise<boolean> {
  const at = now.getTime()
  const { before, after } = audited(db, { action: 'address.removed', actor: 'candidate', candidateId }, now)
  const mayGo = sql`candidate_id = ${candidateId} AND normalized = ${normalized} AND is_primary = 0
    AND (verified_at IS NULL OR EXISTS (
      SELECT 1 FROM candidate_emails AS other
      WHERE other.candidate_id = ${candidateId} AND other.normalized <> ${normalized}
        AND other.verified_at IS NOT NULL))
    AND NOT EXISTS (
      SELECT 1 FROM primary_changes
      WHERE candidate_id = ${candidateId} AND from_normalized = ${normalized} AND undone_at IS NULL
        AND undo_until > ${at})`
  const itsText = sql`(SELECT address FROM candidate_emails WHERE ${mayGo})`
  const notice = JSON.stringify({ action: 'address.removed', at, device: null })

  const batch = await db.batch([
    before,
    db
      .update(accessLinks)
      .set({ usedAt: now })
      .where(
        and(
          eq(accessLinks.candidateId, candidateId),
          isNull(accessLinks.usedAt),
          inArray(accessLinks.sentTo, itsText),
        ),
      ),
    db
      .update(mailOutbox)
      .set({ givenUpAt: now, lastError: 'address removed' })
      .where(
        and(
          eq(mailOutbox.candidateId, candidateId),
          isNull(mailOutbox.sentAt),
          isNull(mailOutbox.givenUpAt),
          ne(mailOutbox.template, HARMLESS_TEMPLATE),
          inArray(mailOutbox.recipient, itsText),
        ),
      ),
    db
      .insert(mailOutbox)
      .select(sql`
        SELECT NULL, 'notice:address.removed:' || ${at} || ':' || candidate_id || ':' || normalized,
          'security_notice', candidate_id, address, ${notice}, 0, ${at}, ${at}, NULL, 0, NULL, NULL, NULL
        FROM candidate_emails WHERE ${mayGo} AND verified_at IS NOT NULL`)
      .onConflictDoNothing({ target: mailOutbox.dedupeKey }),
    db.delete(candidateEmails).where(sql`${mayGo}`).returning({ normalized: candidateEmails.normalized }),
    ...after,
  ])
  return batch[4].length === 1
}
