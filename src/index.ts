import { app } from './app.ts'
import { withoutParameters } from './core/failure.ts'
import { jobs, runJobs } from './cron.ts'
import { deliverMail } from './mail/deliver.ts'

export { ImportWorkflow } from './import/workflow.ts'
export { ProgramRunWorkflow } from './program-changes/workflow.ts'

export default {
  fetch: app.fetch,

  async scheduled(controller, env) {
    const due = jobs[controller.cron]
    if (!due) throw new Error(`no job for cron "${controller.cron}"`)
    await runJobs(due, env, new Date(controller.scheduledTime))
  },

  async queue(batch, env) {
    await withoutParameters(() => deliverMail(batch, env, new Date()))
  },
} satisfies ExportedHandler<Env>
