import { and, asc, eq, sql } from 'drizzle-orm'
import { type Action, staffActor } from '../audit/actions.ts'
import { audited } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import type { OwedMail } from '../mail/outbox.ts'
import { oweMails } from '../mail/outbox-queries.ts'
import { heldMails, programRuns } from '../schema.ts'
import type { Effect } from './effects.ts'

/** By the index of the mails of one run, however many there are of others. */
const firstRunWithMails = (fate: 'released' | 'discarded') => sql`(
  SELECT run.id FROM program_runs AS run
  WHERE run.mails = ${sql.raw(`'${fate}'`)} AND EXISTS (SELECT 1 FROM held_mails WHERE run_id = run.id)
  ORDER BY run.id LIMIT 1)`

/** Owes the first of the mails that were let go, and answers how many; those of one run are owed once each. */
export async function releaseHeldMails(db: Database, limit: number, now: Date): Promise<number> {
  const mails = await db
    .select({
      id: heldMails.id,
      runId: heldMails.runId,
      candidateId: heldMails.candidateId,
      payload: heldMails.payload,
    })
    .from(heldMails)
    .where(sql`${heldMails.runId} = ${firstRunWithMails('released')}`)
    .orderBy(asc(heldMails.candidateId))
    .limit(limit)
  if (mails.length === 0) return 0
  const owed = mails.map(
    ({ runId, candidateId, payload }): OwedMail => ({
      dedupeKey: `program-run/${runId}/${candidateId}`,
      candidateId,
      template: 'program_changed',
      payload: payload as { effects: Effect[] },
    }),
  )
  const ids = JSON.stringify(mails.map(({ id }) => id))
  await db.batch([
    oweMails(
      db,
      owed,
      now,
      sql`EXISTS (
      SELECT 1 FROM held_mails
      WHERE candidate_id = mail.value ->> 'candidateId' AND id IN (SELECT value FROM json_each(${ids})))`,
    ),
    db.delete(heldMails).where(sql`${heldMails.id} IN (SELECT value FROM json_each(${ids}))`),
  ])
  return mails.length
}

/** Deletes the first of the mails that were discarded, and answers how many. */
export async function deleteDiscardedMails(db: Database, limit: number): Promise<number> {
  const deleted = await db
    .delete(heldMails)
    .where(
      sql`${heldMails.id} IN (
        SELECT id FROM held_mails WHERE run_id = ${firstRunWithMails('discarded')}
        ORDER BY candidate_id LIMIT ${limit})`,
    )
    .returning({ id: heldMails.id })
  return deleted.length
}

/**
 * Lets the mails of a finished run go, or has them never sent; once, and not while the run goes on. The scheduler does with
 * them what was decided, part by part.
 */
export async function decideMails(
  db: Database,
  runId: number,
  fate: 'released' | 'discarded',
  { staffId, now }: { staffId: number; now: Date },
): Promise<boolean> {
  const action: Action = fate === 'released' ? 'program.mails-released' : 'program.mails-discarded'
  const { after } = audited(db, { action, actor: staffActor(staffId), details: { run: runId } }, now)
  const [decided] = await db.batch([
    db
      .update(programRuns)
      .set({ mails: fate })
      .where(and(eq(programRuns.id, runId), eq(programRuns.mails, 'held'), eq(programRuns.state, 'done')))
      .returning({ id: programRuns.id }),
    ...after,
  ])
  return decided.length > 0
}
