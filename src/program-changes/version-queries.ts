import { desc, eq, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import { staffActor } from '../audit/actions.ts'
import { audited, lastChanged } from '../audit/audit-queries.ts'
import type { CalendarDate } from '../core/calendar-date.ts'
import type { Database } from '../core/database.ts'
import { programChanges, programRuns, programVersions, staff } from '../schema.ts'
import { nobodyIsEvaluated } from './decidable-queries.ts'

const LISTED = 50

/**
 * What a version is today: in force, ahead, over since another began, in whose place another has come, taken back before it
 * began, or nothing but what took one back.
 */
export type VersionState = 'in-force' | 'ahead' | 'past' | 'replaced' | 'withdrawn' | 'withdraws'

const newestOfItsDay = (what: 'version' | 'withdraws') => sql`(
  SELECT same.${sql.raw(what)} FROM program_versions AS same
  WHERE same.effective_on IS program_versions.effective_on ORDER BY same.version DESC LIMIT 1)`

export const versionState = sql<VersionState>`CASE
  WHEN program_versions.withdraws = 1 THEN 'withdraws'
  WHEN program_versions.version <> ${newestOfItsDay('version')} THEN
    iif(program_versions.begun_at IS NULL AND ${newestOfItsDay('withdraws')} = 1, 'withdrawn', 'replaced')
  WHEN program_versions.begun_at IS NULL THEN 'ahead'
  WHEN program_versions.version = (
    SELECT begun.version FROM program_versions AS begun WHERE begun.begun_at IS NOT NULL
    ORDER BY begun.effective_on DESC, begun.version DESC LIMIT 1) THEN 'in-force'
  ELSE 'past' END`

/** Versions, changes that are open or decided, and the newest runs, in one round trip. */
export async function loadProgramPage(db: Database) {
  const decider = alias(staff, 'decider')
  const [versions, changes, decided, runs] = await db.batch([
    db
      .select({
        version: programVersions.version,
        effectiveOn: programVersions.effectiveOn,
        appliedAt: programVersions.appliedAt,
        state: versionState.as('version_state'),
        changeId: programVersions.changeId,
        title: programChanges.title,
        appliedBy: sql<string | null>`${staff.name}`.as('applied_by_name'),
      })
      .from(programVersions)
      .leftJoin(programChanges, eq(programChanges.id, programVersions.changeId))
      .leftJoin(staff, eq(staff.id, programVersions.appliedBy))
      .orderBy(desc(programVersions.effectiveOn), desc(programVersions.version))
      .limit(LISTED),
    db
      .select({
        id: sql<number>`${programChanges.id}`.as('change_id'),
        title: programChanges.title,
        effectiveOn: programChanges.effectiveOn,
        changedAt: programChanges.changedAt,
        changedBy: sql<string>`${staff.name}`.as('changed_by_name'),
      })
      .from(programChanges)
      .innerJoin(staff, eq(staff.id, programChanges.changedBy))
      .where(sql`${programChanges.state} = 'draft'`)
      .orderBy(desc(programChanges.changedAt))
      .limit(LISTED),
    db
      .select({
        id: sql<number>`${programChanges.id}`.as('change_id'),
        title: programChanges.title,
        state: programChanges.state,
        decidedAt: programChanges.decidedAt,
        madeBy: sql<string>`${staff.name}`.as('made_by_name'),
        decidedBy: sql<string | null>`${decider.name}`.as('decided_by_name'),
      })
      .from(programChanges)
      .innerJoin(staff, eq(staff.id, programChanges.madeBy))
      .leftJoin(decider, eq(decider.id, programChanges.decidedBy))
      .where(sql`${programChanges.state} <> 'draft'`)
      .orderBy(desc(programChanges.decidedAt))
      .limit(LISTED),
    db
      .select()
      .from(programRuns)
      .where(eq(programRuns.kind, 'evaluation'))
      .orderBy(desc(programRuns.id))
      .limit(10),
  ])
  return { versions, changes, decided, runs }
}

export async function findVersion(db: Database, version: number) {
  const [found] = await db
    .select({
      effectiveOn: programVersions.effectiveOn,
      document: programVersions.document,
      appliedAt: programVersions.appliedAt,
      state: versionState.as('version_state'),
    })
    .from(programVersions)
    .where(eq(programVersions.version, version))
  return found ?? null
}

/**
 * Takes a version back that has not begun: on its day nothing begins, and the one before goes on. Everybody is evaluated by
 * what is left, since dates that lie ahead may have followed from it. Answers whether it did.
 */
export async function withdrawVersion(
  db: Database,
  version: number,
  { staffId, today, now }: { staffId: number; today: CalendarDate; now: Date },
): Promise<boolean> {
  const at = now.getTime()
  const { after } = audited(
    db,
    { action: 'program.version-withdrawn', actor: staffActor(staffId), details: { version } },
    now,
  )
  const [, owed] = await db.batch([
    db.insert(programVersions).select(sql`
      SELECT (SELECT MAX(version) + 1 FROM program_versions), sha256, document, ${at}, effective_on, NULL, NULL, ${staffId}, 1
      FROM program_versions
      WHERE version = ${version} AND effective_on > ${today} AND ${versionState} = 'ahead' AND ${nobodyIsEvaluated}`),
    db
      .insert(programRuns)
      .select(sql`
        SELECT NULL, 'evaluation', NULL, NULL, 'owed', 0, 0, '', (SELECT count(*) FROM candidates), 0, 0, 0, '{}', 'held',
          ${at}, ${at}, NULL, 0
        WHERE ${lastChanged}`)
      .returning({ id: programRuns.id }),
    ...after,
  ])
  return owed.length > 0
}
