import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { auditLog, staff } from '../schema.ts'
import type { Actor } from './actions.ts'
import { audited } from './audit-queries.ts'
import type { LogQuestion } from './log-filter.ts'

/** Entries are numbered as they are written; their instants, those of the requests, may differ by less than this. */
const OUT_OF_ORDER_MS = 3_600_000
/** Looking at one page of the log after another is one look. */
const LOOK_MS = 3_600_000

export type LogEntry = Awaited<ReturnType<typeof selectEntries>>[number]

/** Entries with who did it and whom they are about, the newest first. `where` must be answered by an index. */
export function selectEntries(db: Database, where: SQL, limit: number) {
  const candidateId = sql`(SELECT candidate_id FROM audit_subjects WHERE audit_subjects.ref = ${auditLog.subject})`
  return db
    .select({
      seq: auditLog.seq,
      at: auditLog.at,
      actor: auditLog.actor,
      action: auditLog.action,
      subject: auditLog.subject,
      details: auditLog.details,
      hash: auditLog.hash,
      staffName: sql<string | null>`(
        SELECT staff.name FROM ${staff} WHERE staff.id = CAST(substr(${auditLog.actor}, 7) AS INTEGER))`.as(
        'staff_name',
      ),
      candidateId: sql<string | null>`${candidateId}`.as('candidate_id'),
      candidateName: sql<string | null>`(
        SELECT full_name FROM candidates WHERE candidates.id = ${candidateId} AND erased_at IS NULL)`.as(
        'candidate_name',
      ),
    })
    .from(auditLog)
    .where(where)
    .orderBy(sql`${auditLog.seq} DESC`)
    .limit(limit)
}

/** Entries about a candidate, as a condition on the log. */
export function isAbout(candidateId: string): SQL {
  return sql`${auditLog.subject} IN (SELECT ref FROM audit_subjects WHERE candidate_id = ${candidateId})`
}

/** One page of the log, the newest first, and who of the staff there is to choose from: one round trip. */
export async function searchLog(db: Database, question: LogQuestion, limit: number) {
  const colleagues = db
    .select({ id: staff.id, name: staff.name, removedAt: staff.removedAt })
    .from(staff)
    .orderBy(staff.name, staff.id)
  const [entries, people] = await db.batch([selectEntries(db, matches(question), limit), colleagues])
  return { entries, colleagues: people }
}

/** Each condition is answered by an index whose order is that of the page, so that only matches are read. */
function matches({ action, actor, candidateId, since, until, before }: LogQuestion): SQL {
  const conditions = [sql`true`]
  if (action !== null) conditions.push(sql`${auditLog.action} = ${action}`)
  if (actor !== null) conditions.push(sql`${auditLog.actor} = ${actor}`)
  if (candidateId !== null) conditions.push(isAboutEither(candidateId))
  if (since !== null)
    conditions.push(
      sql`${auditLog.at} >= ${since} AND ${auditLog.seq} >= ${firstSince(since - OUT_OF_ORDER_MS)}`,
    )
  if (until !== null)
    conditions.push(
      sql`${auditLog.at} < ${until} AND ${auditLog.seq} < ${firstSince(until + OUT_OF_ORDER_MS)}`,
    )
  if (before !== null) conditions.push(sql`${auditLog.seq} < ${before}`)
  return sql.join(conditions, sql` AND `)
}

/** By the ID of today or by one that was merged into it. */
function isAboutEither(candidateId: string): SQL {
  return sql`${auditLog.subject} IN (
    SELECT ref FROM audit_subjects WHERE candidate_id = ${candidateId}
    UNION ALL
    SELECT ref FROM candidate_aliases AS alias CROSS JOIN audit_subjects AS named
    WHERE alias.alias_id = ${candidateId} AND named.candidate_id = alias.candidate_id)`
}

/**
 * The number of the first entry that is not older than an instant, found by halving: there is no index on the instants,
 * and needs none, since the numbers rise with them and none is left out.
 */
function firstSince(instant: number): SQL {
  const isOlder = sql`(SELECT at FROM audit_log AS half WHERE half.seq = (low + high) / 2) < ${instant}`
  return sql`(
    WITH RECURSIVE halving (low, high) AS (
      SELECT 1, (SELECT coalesce(max(seq), 0) + 1 FROM audit_log)
      UNION ALL
      SELECT iif(${isOlder}, (low + high) / 2 + 1, low), iif(${isOlder}, high, (low + high) / 2)
      FROM halving WHERE low < high)
    SELECT max(low) FROM halving)`
}

/** Notes that one of the staff reads the log, unless that was noted within the hour: reading must not fill it. */
export async function noteLogViewed(db: Database, actor: Actor, now: Date): Promise<void> {
  const since = now.getTime() - LOOK_MS
  const isNoted = sql`EXISTS (
    SELECT 1 FROM audit_log AS noted
    WHERE noted.action = 'staff.audit-viewed' AND noted.actor = ${actor} AND noted.at > ${since}
      AND noted.seq >= ${firstSince(since - OUT_OF_ORDER_MS)})`
  const { before, after } = audited(db, { action: 'staff.audit-viewed', actor }, now, sql`NOT ${isNoted}`)
  await db.batch([before, ...after])
}
