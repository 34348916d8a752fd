import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { auditLog, staff } from '../schema.ts'

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
