import { runImportTick } from './import/tick.ts'

/** What the scheduler may start, by the cron expression in wrangler.toml (UTC). `now` is the trigger's own time. */
export const jobs: Record<string, (env: Env, now: Date) => Promise<void>> = {
  '*/5 * * * *': runImportTick,
}
