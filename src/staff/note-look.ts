import type { Context } from 'hono'
import { type Action, type AuditEvent, staffActor } from '../audit/actions.ts'
import { writeAudit } from '../audit/audit-queries.ts'
import { openDatabase } from '../core/database.ts'
import { afterAnswer } from '../core/failure.ts'
import type { StaffEnv } from './staff-viewer.ts'

/**
 * Notes that one of the staff looked at a candidate. It is the one thing that a GET writes, and only here and where
 * staff search and read the log: whoever looks must not be able to do so without leaving a trace.
 */
export function noteLook(c: Context<StaffEnv>, action: Action, candidateId: string): void {
  note(c, { action, candidateId })
}

/** The same for a page that lists many: one entry, with where they are listed or how many they are. */
export function noteListLook(
  c: Context<StaffEnv>,
  action: Action,
  details: NonNullable<AuditEvent['details']>,
): void {
  note(c, { action, details })
}

function note(c: Context<StaffEnv>, look: Omit<AuditEvent, 'actor'>) {
  const { action } = look
  const event = { ...look, actor: staffActor(c.var.staff.staffId) }
  afterAnswer(c, { name: action, done: writeAudit(openDatabase(c.env.DB), event, c.var.now) })
}
