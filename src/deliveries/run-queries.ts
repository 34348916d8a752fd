import { and, eq, sql } from 'drizzle-orm'
import { type Action, staffActor } from '../audit/actions.ts'
import { audited } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import { nextRun } from '../import/delivery-queries.ts'
import { deliveries } from '../schema.ts'

/** The delivery, and the run of it that was seen by who decides: of a later one they know nothing. */
export type SeenRun = { id: string; run: number }

export type RunDecision = 'again' | 'let-through'

/**
 * Has a delivery imported once more, or lets it past its brakes. Answers false, and changes nothing, when it is not as it
 * was seen: a form that is sent twice asks once.
 */
export async function askForRun(
  db: Database,
  { id, run }: SeenRun,
  decision: RunDecision,
  staffId: number,
  now: Date,
): Promise<boolean> {
  const isLetThrough = decision === 'let-through'
  const asSeen = isLetThrough ? sql`run = ${run} AND brakes IS NOT NULL` : sql`run = ${run}`
  const action: Action = isLetThrough ? 'delivery.let-through' : 'delivery.run-again'
  const noted = audited(db, { action, actor: staffActor(staffId), details: { delivery: id, run } }, now)
  const asked = nextRun(db, id, isLetThrough ? staffId : null, asSeen)
  const [, started] = await db.batch([noted.before, asked, ...noted.after])
  return started.length > 0
}

/**
 * Notes that nothing more is to be done about a delivery. One that was stopped by its brakes fails by that, so that
 * nobody waits for it; of the others what is applied stays.
 */
export async function setAside(
  db: Database,
  { id, run }: SeenRun,
  staffId: number,
  failure: string,
  now: Date,
): Promise<boolean> {
  const noted = audited(
    db,
    { action: 'delivery.set-aside', actor: staffActor(staffId), details: { delivery: id, run } },
    now,
  )
  const wasStopped = sql`state = 'needs_review' AND brakes IS NOT NULL`
  const setting = db
    .update(deliveries)
    .set({
      setAsideBy: staffId,
      state: sql`iif(${wasStopped}, 'failed', state)`,
      failure: sql`iif(${wasStopped}, ${failure}, failure)`,
    })
    .where(
      and(
        eq(deliveries.id, id),
        sql`run = ${run} AND set_aside_by IS NULL AND state IN ('needs_review', 'failed')`,
      ),
    )
    .returning({ id: deliveries.id })
  const [, done] = await db.batch([noted.before, setting, ...noted.after])
  return done.length > 0
}
