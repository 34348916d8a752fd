import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { runImportTick } from '../../src/import/tick.ts'
import * as schema from '../../src/schema.ts'
import { givenPass, liveAwards } from '../certifications/given-passes.ts'
import { db, givenCandidate, givenProgram } from '../support/builders.ts'

const NOW = new Date('2026-11-23T18:00:00Z')

test('nobody is evaluated by half a delivery: the tick leaves awards to the import that is under way', async () => {
  await givenProgram()
  const ada = await givenCandidate()
  await givenPass(ada, 'JNCIA-Junos', '2026-05-04')
  const id = crypto.randomUUID()
  // Just begun, so that nobody takes it for dead.
  await db.insert(schema.deliveries).values({
    id,
    feed: 'pearson',
    name: 'exam.dat',
    sha256: id.replaceAll('-', '').repeat(2),
    bytes: 1,
    vendorTime: 0,
    receivedAt: NOW,
    receivedBy: 'api',
    objectKey: 'deliveries/pearson/given',
    state: 'importing',
    instanceId: 'given',
    handedAt: new Date(),
  })
  const running = {
    get: async () => ({ status: async () => ({ status: 'running' }) }),
  } as unknown as Workflow
  const bindings = { ...env, IMPORT_WORKFLOW: running } as Env

  await runImportTick(bindings, NOW)
  expect(await liveAwards(ada)).toEqual([])

  await db.update(schema.deliveries).set({ state: 'imported' })
  await runImportTick(bindings, NOW)
  expect(await liveAwards(ada)).toHaveLength(1)
})
