import { and, desc, eq, isNotNull, sql } from 'drizzle-orm'
import { staffActor } from '../audit/actions.ts'
import { audited } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import type { ProgramDocument } from '../program/program.ts'
import { programChanges, programRuns, programVersions, staff } from '../schema.ts'
import type { Change, Head } from './read-change.ts'

const LISTED = 50

type Who = { staffId: number; now: Date }

/**
 * True of a change whose version of origin nobody has replaced: in its place, the one of its date still is that; from a later
 * day on, it still is the newest of all.
 */
export const startsFromWhatStands = sql`${programChanges.baseVersion} = (
  SELECT same.version FROM program_versions AS same
  WHERE ${programChanges.effectiveOn} IS NOT (
      SELECT effective_on FROM program_versions WHERE version = ${programChanges.baseVersion})
    OR same.effective_on IS ${programChanges.effectiveOn}
  ORDER BY same.effective_on DESC, same.version DESC LIMIT 1)`

/**
 * What a change starts from: the newest version by its date; of an extension, which is decreed today, the one in force.
 */
export async function loadHead(db: Database, which: 'newest' | 'in force' = 'newest'): Promise<Head> {
  const [row] = await db
    .select({
      version: programVersions.version,
      effectiveOn: programVersions.effectiveOn,
      document: programVersions.document,
    })
    .from(programVersions)
    .where(which === 'newest' ? undefined : isNotNull(programVersions.begunAt))
    .orderBy(desc(programVersions.effectiveOn), desc(programVersions.version))
    .limit(1)
  if (!row) throw new Error('no program is applied: run `npm run program -- apply programs/juniper`')
  return { ...row, document: JSON.parse(row.document) as ProgramDocument }
}

/** Versions, open changes and the newest runs, in one round trip. */
export async function loadProgramPage(db: Database) {
  const [versions, changes, runs] = await db.batch([
    db
      .select({
        version: programVersions.version,
        effectiveOn: programVersions.effectiveOn,
        appliedAt: programVersions.appliedAt,
        begunAt: programVersions.begunAt,
      })
      .from(programVersions)
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
      .select()
      .from(programRuns)
      .where(eq(programRuns.kind, 'evaluation'))
      .orderBy(desc(programRuns.id))
      .limit(10),
  ])
  return { versions, changes, runs }
}

export async function findVersion(db: Database, version: number) {
  const [found] = await db
    .select({ document: programVersions.document })
    .from(programVersions)
    .where(eq(programVersions.version, version))
  return found ?? null
}

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
 * Changes a draft that still is as somebody saw it, and stops the trials of what it was; false where it is not. It still
 * starts from the version that it was written for: another that has come since would be lost unseen.
 */
export async function rewriteChange(
  db: Database,
  { id, version }: { id: number; version: number },
  { title, effectiveOn, document }: Change,
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
        version: version + 1,
        changedBy: staffId,
        authors: sql`iif(instr(authors, ${`,${staffId},`}) > 0, authors, authors || ${`${staffId},`})`,
        changedAt: now,
      })
      .where(draftAsSeen(id, version))
      .returning({ id: programChanges.id }),
    ...after,
    db
      .update(programRuns)
      .set({ state: 'stopped', finishedAt: now })
      .where(
        sql`${programRuns.changeId} = ${id} AND ${programRuns.kind} = 'trial' AND ${programRuns.state} IN ('owed', 'running')
          AND ${programRuns.changeVersion} < (SELECT version FROM program_changes WHERE id = ${id})`,
      ),
  ])
  return changed.length > 0
}

export async function dropChange(
  db: Database,
  { id, version }: { id: number; version: number },
  { staffId, now }: Who,
): Promise<boolean> {
  const { after } = audited(
    db,
    { action: 'program.change-dropped', actor: staffActor(staffId), details: { changeId: id } },
    now,
  )
  const [dropped] = await db.batch([
    db
      .update(programChanges)
      .set({ state: 'dropped', decidedBy: staffId, decidedAt: now })
      .where(draftAsSeen(id, version))
      .returning({ id: programChanges.id }),
    ...after,
  ])
  return dropped.length > 0
}

/** Owes a trial of a draft as it is, unless one is under way or has ended well. */
export async function oweTrial(
  db: Database,
  { id, version }: { id: number; version: number },
  { staffId, now }: Who,
): Promise<void> {
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
      WHERE id = ${id} AND version = ${version} AND state = 'draft' AND NOT EXISTS (
        SELECT 1 FROM program_runs AS same
        WHERE same.change_id = ${id} AND same.change_version = ${version} AND same.state IN ('owed', 'running'))`),
    ...after,
  ])
}

function draftAsSeen(id: number, version: number) {
  return and(
    eq(programChanges.id, id),
    eq(programChanges.version, version),
    eq(programChanges.state, 'draft'),
  )
}

/** A change with its author's name and the newest run of each kind: one round trip. */
export async function findChange(db: Database, id: number) {
  const [changes, people, runs, standing] = await db.batch([
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
      .select({ id: programChanges.id })
      .from(programChanges)
      .where(and(eq(programChanges.id, id), startsFromWhatStands)),
  ])
  const [change] = changes
  if (!change) return null
  const nameOf = (staffId: number | null) => people.find((one) => one.id === staffId)?.name ?? null
  return {
    ...change,
    madeByName: nameOf(change.madeBy),
    changedByName: nameOf(change.changedBy),
    decidedByName: nameOf(change.decidedBy),
    trial:
      runs.find(({ kind, changeVersion }) => kind === 'trial' && changeVersion === change.version) ?? null,
    evaluation: runs.find(({ kind }) => kind === 'evaluation') ?? null,
    isOutdated: change.state === 'draft' && standing.length === 0,
  }
}
