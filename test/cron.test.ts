import { createScheduledController } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { jobs } from '../src/cron.ts'
import worker from '../src/index.ts'

test('every cron in wrangler.toml has a job, and no job waits for a cron that never comes', () => {
  const configured = [
    ...env.TEST_WRANGLER_CONFIG.match(/^crons = \[(.*)\]/m)![1]!.matchAll(/"([^"]+)"/g),
  ].map(([, cron]) => cron)

  expect(Object.keys(jobs).sort()).toEqual(configured.sort())
})

test('an unknown cron is a fault, not a quiet success', async () => {
  const controller = createScheduledController({ cron: '0 0 1 1 *' })

  await expect(worker.scheduled(controller, env)).rejects.toThrow('no job for cron')
})
