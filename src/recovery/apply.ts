import { openDatabase } from '../core/database.ts'
import { causeOf } from '../core/failure.ts'
import { applyRecovery, deleteOldRecoveries, dropRecovery, listDueRecoveries } from './apply-queries.ts'

/** So that one tick stays far below the platform's limits; the next one goes on. */
const RECOVERIES_PER_TICK = 50
const KEPT_MS = 90 * 86_400_000

/** Puts new addresses in force whose week is over. One that fails is named, and does not stop the others. */
export async function applyRecoveries(env: Pick<Env, 'DB'>, now: Date): Promise<void> {
  const db = openDatabase(env.DB)
  const failures: string[] = []
  for (const due of await listDueRecoveries(db, now, RECOVERIES_PER_TICK)) {
    try {
      if (!(await applyRecovery(db, due, now))) await dropRecovery(db, due, now)
    } catch (error) {
      failures.push(`recovery ${due.id}: ${causeOf(error)}`)
    }
  }
  if (failures.length > 0) throw new Error(failures.join('; '))
}

/** Forgets asks that are over. */
export async function sweepRecoveries(env: Pick<Env, 'DB'>, now: Date): Promise<void> {
  await deleteOldRecoveries(openDatabase(env.DB), new Date(now.getTime() - KEPT_MS))
}
