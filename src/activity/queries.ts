import { sql } from 'drizzle-orm'
import { type Action, type Actor, activityActions } from '../audit/actions.ts'
import type { Database } from '../core/database.ts'

const PAGE_SIZE = 50

export type ActivityEntry = { seq: number; at: Date; actor: Actor; action: Action; device: string }
type Row = { seq: number; at: number; actor: Actor; action: Action; device: string | null }

/**
 * One page of what happened to a candidate, the latest first, from before the entry `before` on; `older` is where
 * the next one begins. A candidate who merged records stands in the log under several references: each of them gives
 * a page at most, so that neither the log nor a long life makes this longer. (`+action` keeps SQLite on the index of
 * the subject, which is in order already.)
 */
export async function listActivity(db: Database, candidateId: string, before: number | null) {
  const rows = await db.all<Row>(sql`
    SELECT entry.seq, entry.at, entry.actor, entry.action, entry.details ->> 'device' AS device
    FROM audit_subjects AS subject, json_each((
      SELECT json_group_array(seq) FROM (
        SELECT seq FROM audit_log
        WHERE subject = subject.ref AND seq < ${before ?? Number.MAX_SAFE_INTEGER}
          AND +action IN (SELECT value FROM json_each(${JSON.stringify(activityActions)}))
        ORDER BY seq DESC LIMIT ${PAGE_SIZE + 1}))) AS latest
    JOIN audit_log AS entry ON entry.seq = latest.value
    WHERE subject.candidate_id = ${candidateId}
    ORDER BY entry.seq DESC LIMIT ${PAGE_SIZE + 1}`)
  const entries = rows
    .slice(0, PAGE_SIZE)
    .map((row): ActivityEntry => ({ ...row, at: new Date(row.at), device: row.device ?? '' }))
  return { entries, older: rows.length > PAGE_SIZE ? entries.at(-1)!.seq : null }
}
