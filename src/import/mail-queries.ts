import { sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import type { OwedMail } from '../mail/outbox.ts'
import { oweMails, takeBackMails } from '../mail/outbox-queries.ts'
import type { Origin } from './origin.ts'
import { isStored, type ResultRow, type StoredLines } from './result-queries.ts'
import { inSlices, type Statement, statementOf } from './row-queries.ts'
import type { ResultChange } from './sitting.ts'

/** Some hundred bytes each, in one parameter of at most 2 MB. */
const MAILS_PER_STATEMENT = 2000

export function oweMailsInSlices(db: Database, mails: readonly OwedMail[], now: Date): Statement[] {
  const statements: Statement[] = []
  for (let start = 0; start < mails.length; start += MAILS_PER_STATEMENT)
    statements.push(statementOf(db, oweMails(db, mails.slice(start, start + MAILS_PER_STATEMENT), now)))
  return statements
}

/** Takes mails back that nobody has sent yet. */
export function takeBackMailsInSlices(db: Database, dedupeKeys: readonly string[]): Statement[] {
  return inSlices(db, dedupeKeys, takeBackMails)
}

export type ToldChange = { row: ResultRow; change: ResultChange }

/**
 * Tells of changes of results that were told of before: of the others the first mail is owed now, which must stand
 * behind this statement in the batch, and what was taken back before it. The version is what each mail hangs on.
 */
export function oweChangeMails(db: Database, origin: Origin, changes: readonly ToldChange[]): Statement[] {
  const now = origin.importedAt.getTime()
  const first = `result/${origin.feed.id}/`
  return inSlices(
    db,
    changes.map(({ row, change }) => [
      row.registrationId,
      row.candidateId,
      row.exam,
      row.examCode,
      row.examOn,
      change,
      row.rowHash,
    ]),
    (json) => sql`
      INSERT INTO mail_outbox (dedupe_key, template, candidate_id, payload, owed_at, send_after)
      SELECT ${`result-change/${origin.feed.id}/`} || (value ->> 0) || ${`/${origin.deliveryId}/`} || (value ->> 6),
        'result_changed', value ->> 1,
        json_object('exam', value ->> 2, 'examCode', value ->> 3, 'examOn', value ->> 4, 'change', value ->> 5),
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
