import { runImportTick } from './import/tick.ts'
import { sweepSignIn } from './sign-in/sweep.ts'

const EVERY_5_MINUTES = '*/5 * * * *'
const EVERY_DAY = '17 3 * * *'

/** What the scheduler may start, by the cron expression in wrangler.toml (UTC). `now` is the trigger's own time. */
export const jobs: Record<string, (env: Env, now: Date) => Promise<void>> = {
  [EVERY_5_MINUTES]: runImportTick,
  [EVERY_DAY]: sweepSignIn,
}
