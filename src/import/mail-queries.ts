import type { Database } from '../core/database.ts'
import type { OwedMail } from '../mail/outbox.ts'
import { oweMails, takeBackMails } from '../mail/outbox-queries.ts'
import { inSlices, type Statement, statementOf } from './row-queries.ts'

/** Some hundred bytes each, in one parameter of at most 2 MB. */
const MAILS_PER_STATEMENT = 2000

export function oweMailsInSlices(db: Database, mails: readonly OwedMail[], now: Date): Statement[] {
  const statements: Statement[] = []
  for (let start = 0; start < mails.length; start += MAILS_PER_STATEMENT)
    statements.push(statementOf(db, oweMails(db, mails.slice(start, start + MAILS_PER_STATEMENT), now)))
  return statements
}

export function takeBackMailsInSlices(db: Database, dedupeKeys: readonly string[]): Statement[] {
  return inSlices(db, dedupeKeys, takeBackMails)
}
