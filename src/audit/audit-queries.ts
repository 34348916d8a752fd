import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { auditLog, auditSubjects, mailOutbox } from '../schema.ts'
import { type AuditEvent, noticeIsOwed } from './actions.ts'

/** True when the statement before this one in the same batch changed a row. */
export const lastChanged = sql`changes() > 0`

/** An event whose candidate may be told by a subselect, where only the batch itself finds out who it is. */
type EventInBatch = Omit<AuditEvent, 'candidateId'> & { candidateId?: string | SQL }

/**
 * What rides with a change that must be told of. Put `before` anywhere ahead of the change in the batch, and
 * `...after` right behind it: by default the entry is written, and the notice owed, only if the change changed a row.
 *
 *     const { before, after } = audited(db, { action: 'passkey.removed', actor: 'candidate', candidateId }, now)
 *     const [, removed] = await db.batch([before, db.delete(passkeys)..., ...after])
 */
export function audited(db: Database, event: EventInBatch, now: Date, onlyIf: SQL = lastChanged) {
  return {
    before: giveReference(db, event.candidateId ?? null),
    after: [writeEntry(db, event, now, onlyIf), oweNotice(db, event, now)] as const,
  }
}

/** An entry that stands for itself, in one round trip. */
export async function writeAudit(db: Database, event: AuditEvent, now: Date): Promise<void> {
  const { before, after } = audited(db, event, now, sql`true`)
  await db.batch([before, ...after])
}

/**
 * The same for one thing that was done to many candidates, an entry for each; nobody is mailed a notice. `after` stands right
 * behind the change.
 */
export function auditedMany(
  db: Database,
  { action, actor }: Pick<AuditEvent, 'action' | 'actor'>,
  about: readonly { candidateId: string; details: NonNullable<AuditEvent['details']> }[],
  now: Date,
) {
  const each = sql`json_each(${JSON.stringify(about)}) AS about`
  return {
    before: db.insert(auditSubjects).select(sql`
      SELECT lower(hex(randomblob(16))), id FROM candidates
      WHERE id IN (SELECT about.value ->> 'candidateId' FROM ${each})
        AND NOT EXISTS (SELECT 1 FROM audit_subjects WHERE candidate_id = candidates.id)`),
    after: db.insert(auditLog).select(sql`
      SELECT NULL, ${now.getTime()}, ${actor}, ${action},
        (SELECT ref FROM audit_subjects WHERE candidate_id = about.value ->> 'candidateId' LIMIT 1),
        about.value -> 'details', NULL
      FROM ${each} WHERE ${lastChanged}`),
  }
}

/** The random reference under which a candidate stands in the log, made when it is first needed. */
export function giveReference(db: Database, candidateId: string | SQL | null) {
  return db.insert(auditSubjects).select(sql`
    SELECT lower(hex(randomblob(16))), id FROM candidates
    WHERE id = ${candidateId} AND NOT EXISTS (SELECT 1 FROM audit_subjects WHERE candidate_id = ${candidateId})`)
}

function writeEntry(
  db: Database,
  { action, actor, candidateId, details }: EventInBatch,
  now: Date,
  onlyIf: SQL,
) {
  return db.insert(auditLog).select(sql`
    SELECT NULL, ${now.getTime()}, ${actor}, ${action},
      (SELECT ref FROM audit_subjects WHERE candidate_id = ${candidateId ?? null} LIMIT 1),
      ${JSON.stringify(details ?? {})}, NULL
    WHERE ${onlyIf}`)
}

/** To every address that may sign in: whoever got into one of them must not be the only one to know. */
function oweNotice(db: Database, { action, candidateId, details }: EventInBatch, now: Date) {
  const at = now.getTime()
  const payload = JSON.stringify({ action, at, device: details?.device ?? null })
  return db
    .insert(mailOutbox)
    .select(sql`
      SELECT NULL, 'notice:' || ${action} || ':' || ${at} || ':' || candidate_id || ':' || normalized,
        'security_notice', candidate_id, address, ${payload}, 0, ${at}, ${at}, NULL, 0, NULL, NULL, NULL
      FROM candidate_emails
      WHERE ${noticeIsOwed(action) ? lastChanged : sql`false`} AND candidate_id = ${candidateId ?? null}
        AND (verified_at IS NOT NULL OR is_primary = 1)`)
    .onConflictDoNothing({ target: mailOutbox.dedupeKey })
}
