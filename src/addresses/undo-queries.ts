import { and, eq, gt, gte, inArray, isNull, ne, or, type SQL, sql } from 'drizzle-orm'
import { audited } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import { readProgram, selectProgram } from '../program/queries.ts'
import {
  accessLinks,
  candidateEmails,
  mailOutbox,
  passkeys,
  passwords,
  pendingSignIns,
  primaryChanges,
  sessions,
} from '../schema.ts'
import { UNDO_MS } from './address-state.ts'

export type FoundUndo = {
  candidateId: string
  changeId: number
  address: string
  toNormalized: string
  changedAt: Date
  undoUntil: Date
  isUndone: boolean
  /** The link is unused, and the old address still a proved one of the record. */
  holds: boolean
}

const instant = (column: SQL) => column.mapWith((at: number) => new Date(at))

/** The change of the primary address that a link can undo, and the program. */
export async function findUndo(db: Database, tokenHash: string, now: Date) {
  const [found, programs] = await db.batch([
    db
      .select({
        candidateId: sql<string>`${primaryChanges.candidateId}`.as('holder_id'),
        changeId: sql<number>`${primaryChanges.id}`.as('change_id'),
        address: sql<string>`${accessLinks.sentTo}`.as('its_text'),
        toNormalized: sql<string>`${primaryChanges.toNormalized}`.as('changed_to'),
        changedAt: instant(sql`${primaryChanges.changedAt}`).as('was_changed_at'),
        undoUntil: instant(sql`${primaryChanges.undoUntil}`).as('may_undo_until'),
        isUndone: sql`${primaryChanges.undoneAt} IS NOT NULL`.mapWith(Boolean).as('is_undone'),
        holds: sql`${accessLinks.usedAt} IS NULL AND ${accessLinks.expiresAt} > ${now.getTime()} AND EXISTS (
          SELECT 1 FROM candidate_emails AS old
          WHERE old.candidate_id = ${primaryChanges.candidateId} AND old.normalized = ${primaryChanges.fromNormalized}
            AND old.address = ${accessLinks.sentTo} AND old.verified_at IS NOT NULL)`
          .mapWith(Boolean)
          .as('holds'),
      })
      .from(accessLinks)
      .innerJoin(
        primaryChanges,
        sql`${primaryChanges.id} = ${accessLinks.data} ->> 'changeId'
          AND ${primaryChanges.candidateId} = ${accessLinks.candidateId}`,
      )
      .where(and(eq(accessLinks.tokenHash, tokenHash), eq(accessLinks.purpose, 'address_undo'))),
    selectProgram(db),
  ])
  const undo: FoundUndo | null = found[0] ?? null
  return { undo, program: readProgram(programs) }
}

/**
 * Puts the old primary address back, on the word of whoever reads its mail, and takes away whatever the one who
 * changed it could have prepared: sessions, the password, links on their way, and the addresses and passkeys that
 * came since, or within a week before. Codes from an app stay: to drop a second factor on the word of a mailbox
 * would let a thief of the mailbox in. Everybody who could sign in is told.
 */
export async function undoPrimaryChange(
  db: Database,
  tokenHash: string,
  { candidateId, changeId, address, toNormalized, changedAt }: FoundUndo,
  now: Date,
): Promise<boolean> {
  const at = now.getTime()
  const lately = new Date(changedAt.getTime() - UNDO_MS)
  const event = { action: 'address.primary-restored', actor: 'nobody', candidateId } as const
  const { before, after } = audited(db, event, now)
  const undone = sql`EXISTS (SELECT 1 FROM primary_changes WHERE id = ${changeId} AND undone_at = ${at})`
  const mine = and(eq(candidateEmails.candidateId, candidateId), undone)
  const itIsOld = sql`address = ${address}`

  const batch = await db.batch([
    before,
    db
      .update(primaryChanges)
      .set({ undoneAt: now })
      .where(
        and(
          eq(primaryChanges.id, changeId),
          eq(primaryChanges.candidateId, candidateId),
          isNull(primaryChanges.undoneAt),
          gt(primaryChanges.undoUntil, now),
          sql`EXISTS (
            SELECT 1 FROM candidate_emails
            WHERE candidate_emails.candidate_id = ${candidateId} AND normalized = from_normalized AND ${itIsOld}
              AND verified_at IS NOT NULL)`,
          sql`EXISTS (
            SELECT 1 FROM access_links
            WHERE token_hash = ${tokenHash} AND purpose = 'address_undo' AND sent_to = ${address}
              AND used_at IS NULL AND expires_at > ${at})`,
        ),
      )
      .returning({ id: primaryChanges.id }),
    ...after,
    // A later change must not be undone in turn, by the address of whoever made this one.
    db
      .update(primaryChanges)
      .set({ undoneAt: now })
      .where(
        and(
          eq(primaryChanges.candidateId, candidateId),
          gt(primaryChanges.id, changeId),
          isNull(primaryChanges.undoneAt),
          undone,
        ),
      ),
    db
      .update(candidateEmails)
      .set({ isPrimary: false })
      .where(and(mine, eq(candidateEmails.isPrimary, true))),
    db.update(candidateEmails).set({ isPrimary: true }).where(and(mine, itIsOld)),
    db
      .update(candidateEmails)
      .set({ verifiedAt: null })
      .where(
        and(
          mine,
          sql`NOT ${itIsOld}`,
          or(eq(candidateEmails.normalized, toNormalized), gte(candidateEmails.verifiedAt, lately)),
        ),
      ),
    db.delete(sessions).where(and(eq(sessions.candidateId, candidateId), undone)),
    db.delete(pendingSignIns).where(and(eq(pendingSignIns.candidateId, candidateId), undone)),
    db.delete(passwords).where(and(eq(passwords.candidateId, candidateId), undone)),
    db
      .delete(passkeys)
      .where(and(eq(passkeys.candidateId, candidateId), gte(passkeys.createdAt, lately), undone)),
    db
      .update(accessLinks)
      .set({ usedAt: now })
      .where(
        and(
          eq(accessLinks.candidateId, candidateId),
          isNull(accessLinks.usedAt),
          ne(accessLinks.purpose, 'recovery_stop'),
          undone,
        ),
      ),
    db
      .update(mailOutbox)
      .set({ givenUpAt: now, lastError: 'change of address undone' })
      .where(
        and(
          eq(mailOutbox.candidateId, candidateId),
          inArray(mailOutbox.template, ['welcome', 'access_link', 'address_confirmation', 'merge_proof']),
          isNull(mailOutbox.sentAt),
          isNull(mailOutbox.givenUpAt),
          undone,
        ),
      ),
  ])
  return batch[1].length === 1
}
