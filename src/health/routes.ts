import { factory } from '../core/app-env.ts'
import { selectProgram } from '../program/queries.ts'

/** Says whether the database answers and a program is in force; nothing about the machine behind it. */
export const health = factory.createApp().get('/healthz', async (c) => {
  const healthy = (await selectProgram(c.var.db).catch(() => [])).length === 1
  return c.json({ status: healthy ? 'ok' : 'unavailable' }, healthy ? 200 : 503, {
    'cache-control': 'no-store',
  })
})
