import { sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import type { OwedMail } from '../mail/outbox.ts'
import { oweMails } from '../mail/outbox-queries.ts'
import type { Origin } from './origin.ts'
import { isStored, type ResultRow, type StoredLines } from './result-queries.ts'
import { inSlices, type Statement, statementOf } from './row-queries.ts'

/** Some hundred bytes each, in one parameter of at most 2 MB. */
const MAILS_PER_STATEMENT = 2000

export function oweMailsInSlices(db: Database, mails: readonly OwedMail[], now: Date): Statement[] {
  const statements: Statement[] = []
  for (let start = 0; start < mails.length; start += MAILS_PER_STATEMENT)
    statements.push(statementOf(db, oweMails(db, mails.slice(start, start + MAILS_PER_STATEMENT), now)))
  return statements
}

/**
 * Tells of results that were held and are not any more, where they had been told of before they were held: of the
 * others the first mail is owed now, which must stand behind this statement in the batch.
 */
export function oweReleaseMails(db: Database, origin: Origin, rows: readonly ResultRow[]): Statement[] {
  const now = origin.importedAt.getTime()
  const first = `result/${origin.feed.id}/`
  return inSlices(
    db,
    rows.map((row) => [row.registrationId, row.candidateId, row.exam, row.examCode, row.examOn, row.rowHash]),
    (json) => sql`
      INSERT INTO mail_outbox (dedupe_key, template, candidate_id, payload, owed_at, send_after)
      SELECT ${`result-change/${origin.feed.id}/`} || (value ->> 0) || ${`/${origin.deliveryId}/`} || (value ->> 5),
        'result_changed', value ->> 1,
        json_object('exam', value ->> 2, 'examCode', value ->> 3, 'examOn', value ->> 4, 'change', 'released'),
        ${now}, ${now}
      FROM json_each(${json})
      WHERE EXISTS (SELECT 1 FROM mail_outbox AS told WHERE told.dedupe_key = ${first} || (value ->> 0))
      ON CONFLICT (dedupe_key) DO NOTHING`,
  )
}

/**
 * Owes one mail for each result that this chunk has stored and of which there is something to tell, once: as oweMails,
 * but a million of them are written without having been sent to the database a second time.
 */
export function oweResultMails(db: Database, stored: StoredLines): Statement {
  const now = stored.importedAt.getTime()
  return statementOf(
    db,
    sql`
      INSERT INTO mail_outbox (dedupe_key, template, candidate_id, payload, owed_at, send_after)
      SELECT ${`result/${stored.feed.id}/`} || registration_id, 'result', candidate_id,
        json_object('exam', exam, 'examCode', exam_code, 'examOn', exam_on), ${now}, ${now}
      FROM results WHERE ${isStored(stored)} AND grade <> 'pending' AND validity <> 'held'
      ON CONFLICT (dedupe_key) DO NOTHING`,
  )
}
