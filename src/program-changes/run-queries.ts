import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { BatchItem } from 'drizzle-orm/batch'
import { staffActor } from '../audit/actions.ts'
import { audited } from '../audit/audit-queries.ts'
import {
  type AwardWrites,
  areRulesAsRead,
  statementsForEverybody,
} from '../certifications/award-write-queries.ts'
import type { CalendarDate } from '../core/calendar-date.ts'
import { DATABASE_CLOCK, type Database } from '../core/database.ts'
import { isLastOfItsDay } from '../program/queries.ts'
import { heldMails, programChanges, programRuns, programVersions, runEffects } from '../schema.ts'
import { type Effect, listedOf } from './effects.ts'

/** What one piece of a run found: how many it looked at and could not follow, and what changes for whom. */
export type Piece = {
  /** The last candidate of the piece. */
  to: string
  /** The newest version of the program when its rules were read. */
  programVersion: number
  done: number
  failing: number
  changed: { candidateId: string; revision: number; effects: Effect[] }[]
  counts: Record<string, number>
}

/** A run that is under way, with the draft that it tries; null once it has ended or was stopped. */
export async function findRunning(db: Database, id: number) {
  const [found] = await db
    .select({
      id: sql<number>`${programRuns.id}`.as('run_id'),
      kind: programRuns.kind,
      place: programRuns.place,
      counts: programRuns.counts,
      document: programChanges.document,
      effectiveOn: programChanges.effectiveOn,
    })
    .from(programRuns)
    .leftJoin(programChanges, eq(programChanges.id, programRuns.changeId))
    .where(and(eq(programRuns.id, id), eq(programRuns.state, 'running')))
  return found ?? null
}

/**
 * Stores a piece of a run, all of it or nothing, and once: whoever did the same piece before has moved the run's place, and
 * when another version has come since the rules were read nothing of it is so. Of a trial only what it found; otherwise the
 * awards with it, and the mails, which are held back. Answers whether it did, and with how many statements.
 */
export async function storePiece(
  db: Database,
  run: { id: number; place: string; counts: Record<string, number> },
  piece: Piece,
  writes: AwardWrites | null,
  now: Date,
): Promise<{ isStored: boolean; statements: number }> {
  const isOurs = sql`EXISTS (
    SELECT 1 FROM program_runs WHERE id = ${run.id} AND place = ${run.place} AND state = 'running'
  ) AND ${areRulesAsRead(piece)}`
  // Whose facts moved on since they were read is evaluated by themselves, and told of by that.
  const isAsRead = sql`EXISTS (
    SELECT 1 FROM candidates WHERE id = found.value ->> 'candidateId' AND revision = found.value ->> 'revision')`
  const found = JSON.stringify(piece.changed)
  const listed = JSON.stringify(listedOf(piece.changed, run.counts))
  const counts: Record<string, number> = { ...run.counts }
  for (const [kind, count] of Object.entries(piece.counts)) counts[kind] = (counts[kind] ?? 0) + count
  const statements: BatchItem<'sqlite'>[] = [
    db.insert(runEffects).select(sql`
      SELECT NULL, ${run.id}, found.value ->> 'candidateId', effect.value ->> 'certification', effect.value ->> 'kind',
        effect.value ->> 'beforeOn', effect.value ->> 'afterOn'
      FROM json_each(${listed}) AS found, json_each(found.value, '$.effects') AS effect
      WHERE ${isOurs} AND ${isAsRead}`),
  ]
  if (writes) {
    statements.push(
      ...statementsForEverybody(db, writes, now, isOurs),
      db
        .insert(heldMails)
        .select(sql`
          SELECT NULL, ${run.id}, found.value ->> 'candidateId', json_object('effects', found.value -> 'effects')
          FROM json_each(${found}) AS found
          WHERE ${isOurs} AND ${isAsRead} AND EXISTS (
            SELECT 1 FROM candidate_emails
            WHERE candidate_id = found.value ->> 'candidateId' AND is_primary = 1)`)
        .onConflictDoNothing(),
    )
  }
  const move = db
    .update(programRuns)
    .set({
      place: piece.to,
      done: sql`done + ${piece.done}`,
      failing: sql`failing + ${piece.failing}`,
      changed: sql`changed + ${piece.changed.length}`,
      counts,
      // Of the statement before this one: the mails.
      ...(writes && { mailsWritten: sql`mails_written + changes()` }),
      // It got on: only those who die at the same piece are counted.
      deaths: 0,
      movedAt: DATABASE_CLOCK,
    })
    .where(
      and(
        eq(programRuns.id, run.id),
        eq(programRuns.place, run.place),
        eq(programRuns.state, 'running'),
        areRulesAsRead(piece),
      ),
    )
    .returning({ id: programRuns.id })
  const answers = await db.batch([...statements, move] as unknown as [BatchItem<'sqlite'>, typeof move])
  return { isStored: (answers.at(-1) as unknown[]).length > 0, statements: answers.length }
}

/**
 * Ends a run that an instance has brought to its end, or that is given up; not one that another instance has taken over, or
 * that somebody has had go on, meanwhile.
 */
export async function endRun(
  db: Database,
  { id, attempt }: { id: number; attempt: number },
  state: 'done' | 'failed',
): Promise<void> {
  await db
    .update(programRuns)
    .set({ state, finishedAt: DATABASE_CLOCK, movedAt: DATABASE_CLOCK })
    .where(
      and(
        eq(programRuns.id, id),
        eq(programRuns.attempt, attempt),
        inArray(programRuns.state, state === 'done' ? ['running'] : ['owed', 'running']),
      ),
    )
}

/** Runs that somebody has to do, the oldest first. */
export function listOpenRuns(db: Database) {
  return db
    .select({
      id: programRuns.id,
      state: programRuns.state,
      attempt: programRuns.attempt,
      deaths: programRuns.deaths,
      idleMs: sql<number>`${DATABASE_CLOCK} - ${programRuns.movedAt}`.as('idle_ms'),
    })
    .from(programRuns)
    .where(sql`${programRuns.state} IN ('owed', 'running')`)
    .orderBy(asc(programRuns.id))
    .limit(20)
}

/** Takes a run for a further instance, and answers whether nobody else has. `hasDied`: the one before did not get on. */
export async function claimRun(
  db: Database,
  { id, attempt, hasDied = false }: { id: number; attempt: number; hasDied?: boolean },
): Promise<boolean> {
  const claimed = await db
    .update(programRuns)
    .set({
      state: 'running',
      attempt: attempt + 1,
      deaths: sql`deaths + ${Number(hasDied)}`,
      movedAt: DATABASE_CLOCK,
    })
    .where(
      and(
        eq(programRuns.id, id),
        eq(programRuns.attempt, attempt),
        inArray(programRuns.state, ['owed', 'running']),
      ),
    )
    .returning({ id: programRuns.id })
  return claimed.length > 0
}

/** Has a run that was given up go on from where it was. */
export async function oweRunAgain(
  db: Database,
  id: number,
  { staffId, now }: { staffId: number; now: Date },
): Promise<void> {
  const { after } = audited(
    db,
    { action: 'program.run-again', actor: staffActor(staffId), details: { run: id } },
    now,
  )
  await db.batch([
    db
      .update(programRuns)
      .set({ state: 'owed', deaths: 0, finishedAt: null })
      .where(
        and(eq(programRuns.id, id), eq(programRuns.state, 'failed'), eq(programRuns.kind, 'evaluation')),
      ),
    ...after,
  ])
}

/**
 * From its day on a version is that of the pages, and what it gives is given: everybody is owed an evaluation. Not one that was
 * itself replaced or taken back before.
 */
export async function beginVersions(db: Database, today: CalendarDate, now: Date): Promise<void> {
  const at = now.getTime()
  const begins = sql`${programVersions.begunAt} IS NULL AND ${programVersions.effectiveOn} <= ${today}
    AND ${programVersions.withdraws} = 0 AND ${isLastOfItsDay}`
  await db.batch([
    db.insert(programRuns).select(sql`
      SELECT NULL, 'evaluation', NULL, NULL, 'owed', 0, 0, '', (SELECT count(*) FROM candidates), 0, 0, 0, '{}', 'held',
        ${at}, ${at}, NULL, 0
      WHERE EXISTS (SELECT 1 FROM program_versions WHERE ${begins}) AND EXISTS (SELECT 1 FROM candidates)`),
    db.update(programVersions).set({ begunAt: now }).where(begins),
  ])
}
