import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { type DevServer, startDevServer, stopDevServer, tick } from '../../scripts/dev-server.ts'
import { withLocalPlatform, wrangler } from '../../scripts/local-platform.ts'
import { readProgramFolder } from '../../scripts/program-document.ts'
import { PROGRAM_FOLDER, putSampleDeliveries } from '../../scripts/sample-deliveries.ts'
import { completeSecretsFile } from '../../scripts/secrets-file.ts'
import { openDatabase } from '../../src/core/database.ts'
import { forgetInstances } from '../../src/import/delivery-queries.ts'
import { applyProgram } from '../../src/program/queries.ts'

const NOW = new Date('2026-11-23T18:00:00Z')
const TICK_MS = 5 * 60_000
const PATIENCE_MS = 120_000

const secretsFolder = mkdtempSync(join(tmpdir(), 'testamur-'))
const secretsFile = join(secretsFolder, 'secrets')
const { secrets } = completeSecretsFile(secretsFile)
const running = new Set<DevServer>()
const folders = [secretsFolder]

afterAll(() => {
  for (const { child } of running) stopDevServer(child, 'SIGKILL')
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

test('an import that is killed again and again ends like one that was left in peace', {
  timeout: 300_000,
}, async () => {
  const peace = await freshStore()
  await importUntilDone(peace, NOW)
  const expected = await recordOf(peace)

  const store = await freshStore()
  let now = NOW
  const leftToDo: number[] = []
  for (const killAfterMs of [250, 600, 1100]) {
    const server = await start(store)
    const ticking = tick(server.origin, now).catch(() => 'killed')
    await sleep(killAfterMs)
    await kill(server)
    await ticking
    now = new Date(now.getTime() + TICK_MS)
    leftToDo.push(await remaining(store))
  }
  // A quick machine may be done before the last kill, but none before the first.
  expect(leftToDo[0]).toBeGreaterThan(0)
  await importUntilDone(store, now)

  const record = await recordOf(store)
  expect(expected.results.length).toBeGreaterThan(1000)
  expect(expected.awards.length).toBeGreaterThan(300)
  expect(record).toEqual(expected)
})

async function freshStore(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'testamur-'))
  folders.push(folder)
  wrangler('d1', 'migrations', 'apply', 'DB', '--local', '--persist-to', folder)
  await withLocalPlatform(async (env) => {
    await applyProgram(openDatabase(env.DB), readProgramFolder(PROGRAM_FOLDER), NOW)
    await putSampleDeliveries(env)
  }, folder)
  return folder
}

async function importUntilDone(store: string, from: Date) {
  const server = await start(store)
  const deadline = Date.now() + PATIENCE_MS
  for (let now = from; ; now = new Date(now.getTime() + TICK_MS)) {
    await tick(server.origin, now)
    for (let quiet = 0; quiet < 20; quiet += 1) {
      await sleep(250)
      if ((await openDeliveries(server)) === 0) break
    }
    if ((await openDeliveries(server)) === 0) break
    if (Date.now() > deadline) throw new Error('the import did not end')
  }
  await kill(server)
}

/** How many deliveries the running Worker says are not imported yet. */
async function openDeliveries({ origin }: DevServer): Promise<number> {
  const headers = { authorization: `Bearer ${secrets.FEED_TOKEN}` }
  const response = await fetch(`${origin}/api/v1/feeds/pearson/deliveries`, { headers })
  const { deliveries } = (await response.json()) as { deliveries: { state: string }[] }
  return deliveries.filter(({ state }) => state === 'received' || state === 'importing').length
}

/** Objects in the inbox and deliveries not imported, read from the store of a Worker that is dead. */
function remaining(store: string): Promise<number> {
  return withLocalPlatform(async (env) => {
    const inbox = await env.BUCKET.list({ prefix: 'inbox/' })
    const open = await env.DB.prepare(
      "SELECT count(*) AS n FROM deliveries WHERE state IN ('received', 'importing')",
    ).first<{ n: number }>()
    return inbox.objects.length + open!.n
  }, store)
}

/** What an interrupted and an uninterrupted import must agree on; numbers and codes of awards are random. */
function recordOf(store: string) {
  return withLocalPlatform(async ({ DB }) => {
    const rows = async (query: string) => (await DB.prepare(query).raw()).map((row) => row.join('|'))
    return {
      deliveries: await rows('SELECT name, state FROM deliveries ORDER BY name'),
      counts: await rows(
        `SELECT name, sum(rows_read), sum(rows_new), sum(rows_changed), sum(rows_unchanged), sum(rows_superseded),
           sum(rows_quarantined), sum(rows_skipped)
         FROM delivery_chunks JOIN deliveries ON deliveries.id = delivery_id GROUP BY name ORDER BY name`,
      ),
      candidates: await rows(
        'SELECT id, full_name, revision = evaluated_revision FROM candidates ORDER BY id',
      ),
      results: await rows(
        'SELECT registration_id, candidate_id, exam_code, exam_on, delivery, grade, validity, score FROM results ORDER BY registration_id',
      ),
      versions: await rows(
        `SELECT registration_id, member, line, outcome FROM result_versions
         UNION ALL SELECT registration_id, member, line, outcome FROM standing_versions ORDER BY 1, 2, 3`,
      ),
      awards: await rows(
        `SELECT candidate_id, certification, awarded_on, expires_on, suspended_on IS NULL, superseded_by IS NULL
         FROM awards ORDER BY 1, 2, 3`,
      ),
      renewals: await rows(
        `SELECT candidate_id, certification, renewed_on, rule, previous_expires_on, renewals.expires_on
         FROM renewals JOIN awards ON awards.id = award_id ORDER BY 1, 2, 3`,
      ),
      mail: await rows('SELECT template, candidate_id, payload FROM mail_outbox ORDER BY 1, 2, 3'),
      quarantine: await rows(
        'SELECT member, line, reason, resolved_at IS NULL FROM quarantined_rows ORDER BY 1, 2',
      ),
    }
  }, store)
}

/** As `npm start` does: the local engine would call an instance that was killed with it running for ever. */
async function start(store: string): Promise<DevServer> {
  await withLocalPlatform((env) => forgetInstances(openDatabase(env.DB)), store)
  const server = await startDevServer(await freePort(), { state: store, secretsFile })
  running.add(server)
  return server
}

async function kill(server: DevServer) {
  const ended = new Promise((resolve) => server.child.once('exit', resolve))
  stopDevServer(server.child, 'SIGKILL')
  await ended
  running.delete(server)
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}
