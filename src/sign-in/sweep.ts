import { openDatabase } from '../core/database.ts'
import { deleteDeadLinks } from './link-queries.ts'
import { deleteIdleSessions } from './session-queries.ts'

/** Takes away what opens nothing any more: sessions left idle and links past their time. */
export async function sweepSignIn(env: Pick<Env, 'DB'>, now: Date): Promise<void> {
  const db = openDatabase(env.DB)
  await deleteIdleSessions(db, now)
  await deleteDeadLinks(db, now)
}
