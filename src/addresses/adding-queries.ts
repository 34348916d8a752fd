import { and, eq, sql } from 'drizzle-orm'
import { audited } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import { candidateEmails, mailOutbox } from '../schema.ts'
import type { TypedAddress } from './address-form.ts'
import { ADDRESS_LIMIT } from './address-state.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** A second request within this time is a double click, or a nuisance: the first mail is on its way. */
const PAUSE_MS = MINUTE_MS
/** Nobody can fill a stranger's mailbox by saying that it is theirs. */
const MAILS_PER_ADDRESS_AND_DAY = 5
const MAILS_PER_CANDIDATE_AND_DAY = 20
const INSTANT_DIGITS = 13

/** What became of an address that was to be added. The same for one that is somebody else's as for any other. */
export type Added = 'waiting' | 'own' | 'too_many'

/**
 * Puts an address on the record, waiting to be proved, and owes it the mail for that. Where somebody else has proved
 * it already, that holder is mailed instead, and nothing tells the one who adds it.
 */
export async function addAddress(
  db: Database,
  candidateId: string,
  { address, normalized }: TypedAddress,
  now: Date,
): Promise<Added> {
  const { before, after } = audited(db, { action: 'address.added', actor: 'candidate', candidateId }, now)
  const own = { candidateId, normalized }
  const batch = await db.batch([
    before,
    db
      .insert(candidateEmails)
      .select(sql`
        SELECT ${candidateId}, ${normalized}, ${address}, 0, NULL, 'candidate', ${now.getTime()}
        WHERE (SELECT count(*) FROM candidate_emails WHERE candidate_id = ${candidateId}) < ${ADDRESS_LIMIT}`)
      .onConflictDoNothing(),
    ...after,
    oweConfirmation(db, own, now),
    tellTheHolder(db, own, now),
    db
      .select({ verifiedAt: candidateEmails.verifiedAt })
      .from(candidateEmails)
      .where(and(eq(candidateEmails.candidateId, candidateId), eq(candidateEmails.normalized, normalized))),
  ])
  const [row] = batch[6]
  if (!row) return 'too_many'
  return row.verifiedAt === null ? 'waiting' : 'own'
}

/** Owes the mail once more, for an address that still waits. */
export async function askAgain(db: Database, candidateId: string, normalized: string, now: Date) {
  const own = { candidateId, normalized }
  await db.batch([oweConfirmation(db, own, now), tellTheHolder(db, own, now)])
}

type Own = { candidateId: string; normalized: string }

/** Unless one was owed a moment ago, or too many were lately; the keys of one address lie side by side. */
function oweConfirmation(db: Database, { candidateId, normalized }: Own, now: Date) {
  const at = now.getTime()
  const key = (instant: number) =>
    `address_confirmation:${candidateId}:${normalized}:${String(instant).padStart(INSTANT_DIGITS, '0')}`
  const owedSince = (since: number) => sql`(
    SELECT count(*) FROM mail_outbox WHERE dedupe_key > ${key(since)} AND dedupe_key <= ${key(at + PAUSE_MS)})`
  const byCandidate = sql`(
    SELECT count(*) FROM mail_outbox
    WHERE dedupe_key > ${`address_confirmation:${candidateId}:`} AND dedupe_key < ${`address_confirmation:${candidateId};`}
      AND owed_at > ${at - DAY_MS})`
  return db
    .insert(mailOutbox)
    .select(sql`
      SELECT NULL, ${key(at)}, 'address_confirmation', candidate_id, address, json_object('address', address), 1,
        ${at}, ${at}, NULL, 0, NULL, NULL, NULL
      FROM candidate_emails
      WHERE candidate_id = ${candidateId} AND normalized = ${normalized} AND verified_at IS NULL
        AND NOT EXISTS (
          SELECT 1 FROM candidate_emails AS proved
          WHERE proved.normalized = ${normalized} AND proved.verified_at IS NOT NULL)
        AND ${owedSince(at - PAUSE_MS)} = 0 AND ${owedSince(at - DAY_MS)} < ${MAILS_PER_ADDRESS_AND_DAY}
        AND ${byCandidate} < ${MAILS_PER_CANDIDATE_AND_DAY}`)
    .onConflictDoNothing({ target: mailOutbox.dedupeKey })
}

/** Once a day at most, however many records want the address. */
function tellTheHolder(db: Database, { candidateId, normalized }: Own, now: Date) {
  const at = now.getTime()
  const key = `address_in_use:${normalized}:${now.toISOString().slice(0, 10)}`
  return db
    .insert(mailOutbox)
    .select(sql`
      SELECT NULL, ${key}, 'address_in_use', candidate_id, address, '{}', 0, ${at}, ${at}, NULL, 0, NULL, NULL, NULL
      FROM candidate_emails
      WHERE normalized = ${normalized} AND verified_at IS NOT NULL AND candidate_id <> ${candidateId}
        AND EXISTS (
          SELECT 1 FROM candidate_emails AS wanted
          WHERE wanted.candidate_id = ${candidateId} AND wanted.normalized = ${normalized})`)
    .onConflictDoNothing({ target: mailOutbox.dedupeKey })
}
