import { app } from './app.ts'
import { withoutParameters } from './core/failure.ts'
import { jobs } from './cron.ts'
import { deliverMail } from './mail/deliver.ts'

export { ImportWorkflow } from './import/workflow.ts'

export default {
  fetch: app.fetch,

  async scheduled(controller, env) {
    const job = jobs[controller.cron]
    if (!job) throw new Error(`no job for cron "${controller.cron}"`)
    await withoutParameters(() => job(env, new Date(controller.scheduledTime)))
  },

  async queue(batch, env) {
    await withoutParameters(() => deliverMail(batch, env, new Date()))
  },
} satisfies ExportedHandler<Env>
