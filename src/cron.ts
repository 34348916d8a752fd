import { noteAuditHead } from './audit/note-head-job.ts'
import { sealAuditLog } from './audit/seal-job.ts'
import { indexNames } from './console/index-names.ts'
import { causeOf } from './core/failure.ts'
import { deleteOldDeliveries } from './deliveries/delete-old-deliveries.ts'
import { deleteOutdatedCertificates } from './documents/outdated.ts'
import { sweepSamples } from './feeds/samples.ts'
import { runImportTick } from './import/tick.ts'
import { clearDeliveries } from './privacy/clear-deliveries.ts'
import { closeAccounts } from './privacy/close-accounts.ts'
import { makeDataExports } from './privacy/make-copies.ts'
import { remindToReview } from './profile/remind.ts'
import { lookAfterProgram } from './program-changes/start-runs.ts'
import { applyRecoveries, sweepRecoveries } from './recovery/apply.ts'
import { remindOfExpiry } from './reminders/remind.ts'
import { deleteDestroyedPhotos, deleteOrphanedPhotos, destroyOldPhotos } from './requests/file-jobs.ts'
import { sweepSignIn } from './sign-in/sweep.ts'
import { mailDigest } from './staff/digest.ts'

type Job = (env: Env, now: Date) => Promise<void>

const EVERY_5_MINUTES = '*/5 * * * *'
const EVERY_DAY = '17 3 * * *'

/** What the scheduler may start, by the cron expression in wrangler.toml (UTC). `now` is the trigger's own time. */
export const jobs: Record<string, readonly Job[]> = {
  [EVERY_5_MINUTES]: [
    applyRecoveries,
    runImportTick,
    lookAfterProgram,
    closeAccounts,
    clearDeliveries,
    makeDataExports,
    indexNames,
    sealAuditLog,
    destroyOldPhotos,
    deleteDestroyedPhotos,
    sweepSamples,
  ],
  [EVERY_DAY]: [
    sweepSignIn,
    remindToReview,
    remindOfExpiry,
    mailDigest,
    sweepRecoveries,
    noteAuditHead,
    deleteOrphanedPhotos,
    deleteOutdatedCertificates,
    deleteOldDeliveries,
  ],
}

/** Runs the jobs of one trigger in order. One that fails is named in the error, and does not stop the others. */
export async function runJobs(due: readonly Job[], env: Env, now: Date): Promise<void> {
  const failures: string[] = []
  for (const job of due) {
    await job(env, now).catch((error: unknown) => failures.push(`${job.name}: ${causeOf(error)}`))
  }
  if (failures.length > 0) throw new Error(failures.join('; '))
}
