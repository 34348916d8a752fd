import { sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { mailOutbox, recoveries } from '../schema.ts'
import type { AskForm } from './ask-form.ts'

const DAY_MS = 86_400_000
/** The same form sent twice by a double click. */
const PAUSE_MS = 10_000
/** Nobody can fill a stranger's mailbox by asking for it. */
const MAILS_PER_ADDRESS_AND_DAY = 3
/** So many guesses a day at the number and birth date of one candidate; further asks may be right and prove nothing. */
const PROOFS_PER_CANDIDATE_AND_DAY = 5
const INSTANT_DIGITS = 13

/**
 * Writes an ask down and owes the new address its mail: the same two statements, and the same mail, whether or not
 * the ID is anybody's and the rest is right. What was guessed wrong is not kept.
 */
export async function askRecovery(db: Database, form: AskForm, now: Date): Promise<void> {
  const { candidateId, number, birthOn } = form
  const { address, normalized } = form.email
  const at = now.getTime()
  const spellings = sql`(${candidateId}, ${candidateId.toUpperCase()})`
  const holder = sql`coalesce(
    (SELECT candidate_id FROM candidate_aliases WHERE alias_id IN ${spellings} LIMIT 1),
    (SELECT id FROM candidates WHERE id IN ${spellings} AND erased_at IS NULL
      ORDER BY id = ${candidateId} DESC LIMIT 1))`
  const isProved = sql`
    EXISTS (SELECT 1 FROM candidates WHERE candidates.id = holder.id AND birth_on = ${birthOn})
    AND (EXISTS (SELECT 1 FROM registrations WHERE candidate_id = holder.id AND upper(registration_id) = ${number})
      OR EXISTS (SELECT 1 FROM results WHERE candidate_id = holder.id AND upper(registration_id) = ${number})
      OR EXISTS (
        SELECT 1 FROM awards WHERE candidate_id = holder.id AND superseded_by IS NULL AND upper(number) = ${number}))
    AND (SELECT count(*) FROM recoveries WHERE candidate_id = holder.id AND asked_at > ${at - DAY_MS})
      < ${PROOFS_PER_CANDIDATE_AND_DAY}`

  const key = (instant: number) =>
    `recovery_confirmation:${normalized}:${String(instant).padStart(INSTANT_DIGITS, '0')}`
  const owedSince = (since: number) => sql`(
    SELECT count(*) FROM mail_outbox WHERE dedupe_key > ${key(since)} AND dedupe_key <= ${key(at + PAUSE_MS)})`

  await db.batch([
    db.insert(recoveries).select(sql`
      SELECT NULL, holder.id, ${address}, ${normalized}, iif(${isProved}, 'number_and_birth', 'none'), ${at},
        NULL, NULL, NULL, NULL
      FROM (SELECT ${holder} AS id) AS holder
      WHERE ${owedSince(at - PAUSE_MS)} = 0 AND ${owedSince(at - DAY_MS)} < ${MAILS_PER_ADDRESS_AND_DAY}`),
    // To nobody by name: whoever has this mailbox has proved nothing yet.
    db
      .insert(mailOutbox)
      .select(sql`
        SELECT NULL, ${key(at)}, 'recovery_confirmation', NULL, ${address},
          json_object('recoveryId', last_insert_rowid()), 1, ${at}, ${at}, NULL, 0, NULL, NULL, NULL
        WHERE changes() > 0`)
      .onConflictDoNothing({ target: mailOutbox.dedupeKey }),
  ])
}
