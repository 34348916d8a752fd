import { type SQL, sql } from 'drizzle-orm'
import { type AuditEvent, staffActor } from '../audit/actions.ts'
import { audited } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import { runTogether, statementOf } from '../import/row-queries.ts'
import type { LinkToForget, TaughtCode } from './taught-list.ts'

type Who = { staffId: number; now: Date }

/**
 * Forgets a link as somebody saw it, once, and with it the vendor's own numbers that were learned for its candidate
 * since: a row that has one would go on going there. Those that are right are learned anew by the next acknowledgement.
 */
export async function forgetLink(
  db: Database,
  feed: string,
  { said, candidateId, taughtAt, numbers }: LinkToForget,
  { staffId, now }: Who,
): Promise<void> {
  const isSeen = sql`feed = ${feed} AND said_id = ${said} AND candidate_id = ${candidateId} AND made_at = ${taughtAt}`
  await changeAndTell(
    db,
    { action: 'feed.id-forgotten', actor: staffActor(staffId), candidateId, details: { feed, numbers } },
    now,
    [
      sql`DELETE FROM vendor_candidates INDEXED BY vendor_candidates_candidate_idx
        WHERE candidate_id = ${candidateId} AND feed = ${feed} AND learned_at >= ${taughtAt}
          AND EXISTS (SELECT 1 FROM candidate_links WHERE ${isSeen})`,
      sql`DELETE FROM candidate_links WHERE ${isSeen}`,
    ],
  )
}

/** Forgets a code as somebody saw it, once. */
export async function forgetCode(
  db: Database,
  feed: string,
  { code, exam, taughtAt }: TaughtCode,
  { staffId, now }: Who,
): Promise<void> {
  await changeAndTell(
    db,
    { action: 'feed.code-forgotten', actor: staffActor(staffId), details: { feed, exam } },
    now,
    [
      sql`DELETE FROM exam_code_aliases
        WHERE feed = ${feed} AND code = ${code} AND exam = ${exam} AND made_at = ${taughtAt}`,
    ],
  )
}

/** The entry is written if the last of the changes changed something. */
async function changeAndTell(db: Database, event: AuditEvent, now: Date, changes: readonly SQL[]) {
  const { before, after } = audited(db, event, now)
  await runTogether(
    db,
    [before, ...changes, ...after].map((statement) => statementOf(db, statement)),
  )
}
