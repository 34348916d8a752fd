import { and, asc, eq, isNotNull } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { programRuns, runEffects } from '../schema.ts'
import type { EffectKind } from './effects.ts'

export const EFFECTS_A_PAGE = 100

export async function findRun(db: Database, id: number) {
  const [run] = await selectRun(db, id)
  return run ?? null
}

/** A run with a page of what it changes, by kind and in the order in which it was found: one round trip. */
export async function loadRunPage(db: Database, id: number, kind: EffectKind | null, page: number) {
  const [runs, effects] = await db.batch([
    selectRun(db, id),
    db
      .select({
        candidateId: runEffects.candidateId,
        certification: runEffects.certification,
        kind: runEffects.kind,
        beforeOn: runEffects.beforeOn,
        afterOn: runEffects.afterOn,
      })
      .from(runEffects)
      .where(
        and(eq(runEffects.runId, id), kind === null ? isNotNull(runEffects.kind) : eq(runEffects.kind, kind)),
      )
      .orderBy(asc(runEffects.kind), asc(runEffects.id))
      .limit(EFFECTS_A_PAGE + 1)
      .offset((page - 1) * EFFECTS_A_PAGE),
  ])
  const [run] = runs
  if (!run) return null
  return { run, effects: effects.slice(0, EFFECTS_A_PAGE), hasNext: effects.length > EFFECTS_A_PAGE }
}

function selectRun(db: Database, id: number) {
  return db.select().from(programRuns).where(eq(programRuns.id, id))
}
