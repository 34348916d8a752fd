import { and, desc, eq, sql } from 'drizzle-orm'
import { staffActor } from '../audit/actions.ts'
import { audited } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import { programChanges, programRuns, programVersions, staff } from '../schema.ts'
import {
  isFreshlyTried,
  nobodyIsEvaluated,
  openEvaluation,
  startsFromWhatStands,
} from './decidable-queries.ts'
import type { Change } from './read-change.ts'
import { versionState } from './version-queries.ts'

type Who = { staffId: number; now: Date }
/** A change as somebody saw it. */
type Seen = { id: number; version: number }

/** Writes a change down; sending the same form twice writes one. Answers with its ID. */
export async function insertChange(
  db: Database,
  { title, effectiveOn, document }: Change,
  { submission, baseVersion }: { submission: string; baseVersion: number },
  { staffId, now }: Who,
): Promise<number> {
  const { after } = audited(db, { action: 'program.change-made', actor: staffActor(staffId) }, now)
  await db.batch([
    db
      .insert(programChanges)
      .values({
        submission,
        title,
        effectiveOn,
        document: JSON.stringify(document),
        baseVersion,
        madeBy: staffId,
        madeAt: now,
        changedBy: staffId,
        authors: `,${staffId},`,
        changedAt: now,
      })
      .onConflictDoNothing({ target: programChanges.submission }),
    ...after,
  ])
  const [made] = await db
    .select({ id: programChanges.id })
    .from(programChanges)
    .where(eq(programChanges.submission, submission))
  return made!.id
}

/**
 * Changes a draft that still is as somebody saw it, and stops the trials of what it was; false where it is not. It starts
 * from the version that it was compared with: what would be lost of another that has come since stands in its differences.
 */
export async function rewriteChange(
  db: Database,
  { id, version }: Seen,
  { title, effectiveOn, document }: Change,
  baseVersion: number,
  { staffId, now }: Who,
): Promise<boolean> {
  const { after } = audited(
    db,
    { action: 'program.change-rewritten', actor: staffActor(staffId), details: { changeId: id } },
    now,
  )
  const [changed] = await db.batch([
    db
      .update(programChanges)
      .set({
        title,
        effectiveOn,
        document: JSON.stringify(document),
        baseVersion,
        version: version + 1,
        changedBy: staffId,
        authors: sql`iif(instr(authors, ${`,${staffId},`}) > 0, authors, authors || ${`${staffId},`})`,
        changedAt: now,
      })
      .where(isAsSeen({ id, version }, 'draft'))
      .returning({ id: programChanges.id }),
    ...after,
    stopTrials(db, id, now),
  ])
  return changed.length > 0
}

/** Drops a draft, and stops its trials. */
export async function dropChange(db: Database, seen: Seen, { staffId, now }: Who): Promise<boolean> {
  const { after } = audited(
    db,
    { action: 'program.change-dropped', actor: staffActor(staffId), details: { changeId: seen.id } },
    now,
  )
  const [dropped] = await db.batch([
    db
      .update(programChanges)
      .set({ state: 'dropped', decidedBy: staffId, decidedAt: now })
      .where(isAsSeen(seen, 'draft'))
      .returning({ id: programChanges.id }),
    ...after,
    stopTrials(db, seen.id, now),
  ])
  return dropped.length > 0
}

/** Takes up again what was dropped: the way back for who pressed the wrong button. */
export async function takeUpChange(db: Database, seen: Seen, { staffId, now }: Who): Promise<boolean> {
  const { after } = audited(
    db,
    { action: 'program.change-taken-up', actor: staffActor(staffId), details: { changeId: seen.id } },
    now,
  )
  const [takenUp] = await db.batch([
    db
      .update(programChanges)
      .set({ state: 'draft', decidedBy: null, decidedAt: null })
      .where(isAsSeen(seen, 'dropped'))
      .returning({ id: programChanges.id }),
    ...after,
  ])
  return takenUp.length > 0
}

/** The trials of a change that is no draft any more, or not as it was. */
function stopTrials(db: Database, id: number, now: Date) {
  return db
    .update(programRuns)
    .set({ state: 'stopped', finishedAt: now })
    .where(
      sql`${programRuns.changeId} = ${id} AND ${programRuns.kind} = 'trial' AND ${programRuns.state} IN ('owed', 'running')
        AND NOT EXISTS (
          SELECT 1 FROM program_changes AS change
          WHERE change.id = ${id} AND change.state = 'draft' AND change.version = ${programRuns.changeVersion})`,
    )
}

/**
 * Owes a trial of a draft as it is, unless one is under way, another version has come that the draft does not start from, or
 * everybody is being evaluated: what that has left to do would be taken for the draft's.
 */
export async function oweTrial(db: Database, { id, version }: Seen, { staffId, now }: Who): Promise<void> {
  const at = now.getTime()
  const { after } = audited(
    db,
    { action: 'program.change-tried', actor: staffActor(staffId), details: { changeId: id } },
    now,
  )
  await db.batch([
    db.insert(programRuns).select(sql`
      SELECT NULL, 'trial', id, version, 'owed', 0, 0, '', (SELECT count(*) FROM candidates), 0, 0, 0, '{}', NULL,
        ${at}, ${at}, NULL, 0
      FROM program_changes
      WHERE id = ${id} AND version = ${version} AND state = 'draft' AND ${startsFromWhatStands} AND ${nobodyIsEvaluated}
        AND NOT EXISTS (
          SELECT 1 FROM program_runs AS same
          WHERE same.change_id = ${id} AND same.change_version = ${version} AND same.state IN ('owed', 'running'))`),
    ...after,
  ])
}

function isAsSeen({ id, version }: Seen, state: 'draft' | 'dropped') {
  return and(eq(programChanges.id, id), eq(programChanges.version, version), eq(programChanges.state, state))
}

/** A change with what it starts from, who wrote and decided it, its runs, and what came of it: one round trip. */
export async function findChange(db: Database, id: number) {
  const [changes, people, runs, facts, bases, made] = await db.batch([
    db.select().from(programChanges).where(eq(programChanges.id, id)),
    db
      .select({ id: staff.id, name: staff.name })
      .from(staff)
      .where(
        sql`${staff.id} IN (
          SELECT value FROM program_changes, json_each(json_array(made_by, changed_by, decided_by))
          WHERE program_changes.id = ${id})`,
      ),
    db.select().from(programRuns).where(eq(programRuns.changeId, id)).orderBy(desc(programRuns.id)).limit(20),
    db
      .select({
        stands: sql<number>`${startsFromWhatStands}`.as('stands'),
        isFresh: sql<number>`${isFreshlyTried}`.as('is_fresh'),
        busyWith: sql<number | null>`${openEvaluation}`.as('busy_with'),
      })
      .from(programChanges)
      .where(eq(programChanges.id, id)),
    db
      .select({ document: programVersions.document })
      .from(programVersions)
      .where(
        sql`${programVersions.version} = (SELECT base_version FROM program_changes WHERE program_changes.id = ${id})`,
      ),
    db
      .select({ version: programVersions.version, state: versionState.as('version_state') })
      .from(programVersions)
      .where(eq(programVersions.changeId, id)),
  ])
  const [change] = changes
  const [fact] = facts
  if (!change || !fact) return null
  const nameOf = (staffId: number | null) => people.find((one) => one.id === staffId)?.name ?? null
  const isDraft = change.state === 'draft'
  return {
    ...change,
    baseDocument: bases[0]?.document ?? '{}',
    madeByName: nameOf(change.madeBy),
    changedByName: nameOf(change.changedBy),
    decidedByName: nameOf(change.decidedBy),
    trial:
      runs.find(({ kind, changeVersion }) => kind === 'trial' && changeVersion === change.version) ?? null,
    evaluation: runs.find(({ kind }) => kind === 'evaluation') ?? null,
    isOutdated: isDraft && fact.stands !== 1,
    isFresh: fact.isFresh === 1,
    /** The run that has to end before anything else is tried or decided. */
    busyWith: isDraft ? fact.busyWith : null,
    /** The version that it made, and what that is today. */
    became: made[0] ?? null,
  }
}
