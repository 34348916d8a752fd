import { and, eq, sql } from 'drizzle-orm'
import { staffActor } from '../audit/actions.ts'
import { audited } from '../audit/audit-queries.ts'
import type { CalendarDate } from '../core/calendar-date.ts'
import type { Database } from '../core/database.ts'
import { programChanges, programRuns, programVersions } from '../schema.ts'
import { isFreshlyTried, nobodyIsEvaluated, startsFromWhatStands } from './decidable-queries.ts'

export type Confirmed = { id: number; version: number; sha256: string; effectiveOn: CalendarDate | null }

/**
 * Puts a tried draft in force and owes everybody an evaluation by it, all at once and once: by somebody who has not written
 * on it, as long as nobody replaced the version that it starts from, and when the evaluation by the one before has ended.
 * Answers whether it did.
 */
export async function applyChange(
  db: Database,
  { id, version, sha256, effectiveOn }: Confirmed,
  { staffId, today, now }: { staffId: number; today: CalendarDate; now: Date },
): Promise<boolean> {
  const at = now.getTime()
  const isOurs = sql`EXISTS (
    SELECT 1 FROM program_changes
    WHERE id = ${id} AND state = 'applied' AND decided_by = ${staffId} AND decided_at = ${at}
  ) AND NOT EXISTS (SELECT 1 FROM program_runs AS done WHERE done.kind = 'evaluation' AND done.change_id = ${id})`
  const hasBegun = effectiveOn === null || effectiveOn <= today
  const { after } = audited(
    db,
    { action: 'program.change-applied', actor: staffActor(staffId), details: { changeId: id } },
    now,
  )
  const [applied] = await db.batch([
    db
      .update(programChanges)
      .set({ state: 'applied', decidedBy: staffId, decidedAt: now })
      .where(
        and(
          eq(programChanges.id, id),
          eq(programChanges.version, version),
          eq(programChanges.state, 'draft'),
          sql`instr(${programChanges.authors}, ${`,${staffId},`}) = 0`,
          startsFromWhatStands,
          isFreshlyTried,
          nobodyIsEvaluated,
        ),
      )
      .returning({ id: programChanges.id }),
    ...after,
    db.insert(programVersions).select(sql`
      SELECT (SELECT MAX(version) + 1 FROM program_versions), ${sha256}, document, ${at}, effective_on,
        ${hasBegun ? at : null}, id, decided_by, 0
      FROM program_changes WHERE id = ${id} AND ${isOurs}`),
    db.insert(programRuns).select(sql`
      SELECT NULL, 'evaluation', ${id}, ${version}, 'owed', 0, 0, '', (SELECT count(*) FROM candidates), 0, 0, 0, '{}', 'held',
        ${at}, ${at}, NULL, 0
      WHERE ${isOurs}`),
  ])
  return applied.length > 0
}
