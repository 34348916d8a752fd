import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { mailOutbox } from '../schema.ts'
import { type OwedMail, URGENT_TEMPLATES } from './outbox.ts'

/**
 * The statement that owes mails, to ride in the batch of what they announce. One whose key was ever owed is
 * passed over. `onlyIf` may look at `mail.value`, the owed mail as JSON. All mails together are one parameter,
 * which D1 limits to 2 MB: some thousands.
 */
export function oweMails(db: Database, mails: readonly OwedMail[], now: Date, onlyIf: SQL = sql`true`) {
  const owed = sql`
    SELECT NULL, mail.value ->> 'dedupeKey', mail.value ->> 'template', mail.value ->> 'candidateId',
      mail.value ->> 'recipient', mail.value -> 'payload',
      mail.value ->> 'template' IN (SELECT value FROM json_each(${JSON.stringify(URGENT_TEMPLATES)})),
      ${now.getTime()}, coalesce(mail.value ->> 'sendAfter', ${now.getTime()}), NULL, 0, NULL, NULL, NULL
    FROM json_each(${JSON.stringify(mails)}) AS mail
    WHERE ${onlyIf}`
  return db.insert(mailOutbox).select(owed).onConflictDoNothing({ target: mailOutbox.dedupeKey })
}

/** Takes back what was owed and nobody began to send: the same mail may be owed again. */
export function takeBackMails(dedupeKeysJson: string): SQL {
  return sql`
    DELETE FROM mail_outbox
    WHERE dedupe_key IN (SELECT value FROM json_each(${dedupeKeysJson}))
      AND attempts = 0 AND sent_at IS NULL AND given_up_at IS NULL`
}
