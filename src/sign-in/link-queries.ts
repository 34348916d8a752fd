import { and, eq, exists, gt, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import type { OwedMail, PasswordPurpose } from '../mail/outbox.ts'
import { oweMails } from '../mail/outbox-queries.ts'
import { readProgram, selectProgram } from '../program/queries.ts'
import { accessLinks, candidateEmails, candidates, passwords, sessions } from '../schema.ts'
import { normalizeEmail } from './account-name.ts'
import type { LinkRecipient } from './account-queries.ts'

/** A second request within this time is a double click, or a nuisance: the first mail is on its way. */
const LINK_MAIL_PAUSE_MS = 60_000
/** Nobody who knows an address can fill it with our mail. */
const LINK_MAILS_PER_HOUR = 5
const HOUR_MS = 3_600_000
const INSTANT_DIGITS = 13

/**
 * Owes each recipient a link, unless one was owed a moment ago or too many were lately. The key ends with the
 * instant, so that the others to the same recipient lie beside it in the index. Of two requests at once the
 * one that began later may come first: what is a moment ahead counts, too.
 */
export async function oweLinkMails(
  db: Database,
  recipients: readonly LinkRecipient[],
  purpose: PasswordPurpose,
  now: Date,
) {
  const mails = recipients.map(
    ({ candidateId, address, normalized, hasPassword }): OwedMail => ({
      dedupeKey: `access_link:${candidateId}:${normalized}:${instantText(now)}`,
      candidateId,
      recipient: address,
      template: 'access_link',
      // A long-lived link is for a record that nobody has opened yet.
      payload: { purpose: hasPassword ? 'password_reset' : purpose },
    }),
  )

  const key = sql`(mail.value ->> 'dedupeKey')`
  const keyAt = (instant: number) =>
    sql`substr(${key}, 1, length(${key}) - ${INSTANT_DIGITS}) || ${instantText(new Date(instant))}`
  const owedSince = (since: number) => sql`(
    SELECT count(*) FROM mail_outbox AS other
    WHERE other.dedupe_key > ${keyAt(since)} AND other.dedupe_key <= ${keyAt(now.getTime() + LINK_MAIL_PAUSE_MS)})`
  const onlyIf = sql`${owedSince(now.getTime() - LINK_MAIL_PAUSE_MS)} = 0
    AND ${owedSince(now.getTime() - HOUR_MS)} < ${LINK_MAILS_PER_HOUR}`
  await oweMails(db, mails, now, onlyIf)
}

function instantText(instant: Date): string {
  return String(instant.getTime()).padStart(INSTANT_DIGITS, '0')
}

/** The purposes of links that let their reader choose a password. */
const PASSWORD_PURPOSES: PasswordPurpose[] = ['activation', 'password_reset']

/**
 * Mail waits and links lie about: one counts only while the address that it went to is on the record, and proved
 * if any is. Taking an address off a record ends every way in that was sent there.
 */
const sentToTheHolder = sql`EXISTS (
  SELECT 1 FROM candidate_emails AS sent
  WHERE sent.candidate_id = access_links.candidate_id
    AND (sent.address = access_links.sent_to OR sent.normalized = lower(access_links.sent_to))
    AND (sent.verified_at IS NOT NULL OR NOT EXISTS (
      SELECT 1 FROM candidate_emails AS proved
      WHERE proved.candidate_id = access_links.candidate_id AND proved.verified_at IS NOT NULL)))`

function isLive(tokenHash: string, now: Date) {
  return and(
    eq(accessLinks.tokenHash, tokenHash),
    inArray(accessLinks.purpose, PASSWORD_PURPOSES),
    isNull(accessLinks.usedAt),
    gt(accessLinks.expiresAt, now),
    sentToTheHolder,
  )
}

/** Whose link this is while it works, all names and addresses of theirs, and the program. Looking uses nothing up. */
export async function findLink(db: Database, tokenHash: string, now: Date) {
  const holder = db
    .select({ candidateId: accessLinks.candidateId })
    .from(accessLinks)
    .where(isLive(tokenHash, now))
  const link = db
    .select({
      candidateId: sql<string>`${candidates.id}`.as('holder_id'),
      fullName: candidates.fullName,
      nativeName: candidates.nativeName,
      sentTo: accessLinks.sentTo,
    })
    .from(accessLinks)
    .innerJoin(candidates, eq(candidates.id, accessLinks.candidateId))
    .where(isLive(tokenHash, now))
  const addressesOf = db
    .select({ address: candidateEmails.address })
    .from(candidateEmails)
    .where(inArray(candidateEmails.candidateId, holder))
  const [links, emails, programs] = await db.batch([link, addressesOf, selectProgram(db)])
  const [found] = links
  if (!found) return { link: null, program: readProgram(programs) }
  const { candidateId, fullName, nativeName, sentTo } = found
  const names = [candidateId, fullName, nativeName ?? '', ...emails.map(({ address }) => address)]
  return { link: { candidateId, sentTo, names }, program: readProgram(programs) }
}

/**
 * Uses a link up for a new password: the password is kept, the address that the link was sent to is proved unless
 * somebody else proved it, every session of the candidate ends, a new one begins, and their other links die.
 * All of it or nothing: each statement asks whether the link still works, and the last one ends that.
 */
export async function usePasswordLink(
  db: Database,
  given: {
    tokenHash: string
    sentTo: string
    encoded: string
    idHash: string
    previousIdHash: string | null
    device: string
  },
  now: Date,
): Promise<boolean> {
  const { tokenHash, encoded, idHash, previousIdHash, device } = given
  const at = now.getTime()
  const sentTo = normalizeEmail(given.sentTo)
  const works = isLive(tokenHash, now)
  const holder = db.select({ candidateId: accessLinks.candidateId }).from(accessLinks).where(works)

  const batch = await db.batch([
    db
      .insert(passwords)
      .select(sql`SELECT candidate_id, ${encoded}, ${at} FROM access_links WHERE ${works}`)
      .onConflictDoUpdate({ target: passwords.candidateId, set: { encoded, setAt: now } }),
    db
      .update(candidateEmails)
      .set({ verifiedAt: now })
      .where(
        and(
          inArray(candidateEmails.candidateId, holder),
          eq(candidateEmails.normalized, sentTo),
          isNull(candidateEmails.verifiedAt),
          sql`NOT EXISTS (
            SELECT 1 FROM candidate_emails AS proved
            WHERE proved.normalized = ${sentTo} AND proved.verified_at IS NOT NULL)`,
        ),
      ),
    db
      .delete(sessions)
      .where(
        and(
          exists(holder),
          or(inArray(sessions.candidateId, holder), eq(sessions.idHash, previousIdHash ?? '')),
        ),
      ),
    db
      .insert(sessions)
      .select(
        sql`SELECT ${idHash}, candidate_id, ${at}, ${at}, ${at}, 'link', ${device} FROM access_links WHERE ${works}`,
      ),
    db
      .update(accessLinks)
      .set({ usedAt: now })
      .where(
        and(
          inArray(accessLinks.candidateId, holder),
          inArray(accessLinks.purpose, PASSWORD_PURPOSES),
          isNull(accessLinks.usedAt),
        ),
      )
      .returning({ tokenHash: accessLinks.tokenHash }),
  ])
  return batch[4].some((used) => used.tokenHash === tokenHash)
}

/** Links that work no longer open nothing; a sweep takes them away. */
export async function deleteDeadLinks(db: Database, now: Date) {
  await db.delete(accessLinks).where(lt(accessLinks.expiresAt, now))
}
