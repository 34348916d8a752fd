import type { Context } from 'hono'
import { type Action, staffActor } from '../audit/actions.ts'
import { writeAudit } from '../audit/audit-queries.ts'
import { openDatabase } from '../core/database.ts'
import { afterAnswer } from '../core/failure.ts'
import type { StaffEnv } from './staff-viewer.ts'

/**
 * Notes that one of the staff looked at a candidate. It is the one thing that a GET writes, and only here and where
 * staff search and read the log: whoever looks must not be able to do so without leaving a trace.
 */
export function noteLook(c: Context<StaffEnv>, action: Action, candidateId: string): void {
  const event = { action, actor: staffActor(c.var.staff.staffId), candidateId }
  afterAnswer(c, { name: action, done: writeAudit(openDatabase(c.env.DB), event, c.var.now) })
}
