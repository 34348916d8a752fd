import { deleteOldChallenges } from '../authenticators/queries.ts'
import { openDatabase } from '../core/database.ts'
import { deleteOldTries } from './brake-queries.ts'
import { deleteLatePendings } from './code-queries.ts'
import { deleteUnusedBrowsers } from './known-browser-queries.ts'
import { deleteDeadLinks } from './password-link-queries.ts'
import { deleteIdleSessions } from './session-queries.ts'
import { deleteIdleStaffSessions } from './sweep-queries.ts'

/** Takes away what opens nothing any more, and what nobody needs to know any longer, of candidates and of staff. */
export async function sweepSignIn(env: Pick<Env, 'DB'>, now: Date): Promise<void> {
  const db = openDatabase(env.DB)
  const sweeps = [
    deleteIdleSessions,
    deleteIdleStaffSessions,
    deleteDeadLinks,
    deleteLatePendings,
    deleteOldChallenges,
    deleteOldTries,
    deleteUnusedBrowsers,
  ]
  for (const sweep of sweeps) await sweep(db, now)
}
