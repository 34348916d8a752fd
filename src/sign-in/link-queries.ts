import { sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import type { OwedMail, PasswordPurpose } from '../mail/outbox.ts'
import { oweMails } from '../mail/outbox-queries.ts'
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
