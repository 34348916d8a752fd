import { openDatabase } from '../core/database.ts'
import { oweReminders } from './review-queries.ts'

/** Once a year: is what we know of you still right? */
export async function remindToReview(env: Pick<Env, 'DB'>, now: Date): Promise<void> {
  await oweReminders(openDatabase(env.DB), now)
}
