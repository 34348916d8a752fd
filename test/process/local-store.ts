import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type DevServer, startDevServer, stopDevServer, tick } from '../../scripts/dev-server.ts'
import { withLocalPlatform, wrangler } from '../../scripts/local-platform.ts'
import { readProgramFolder } from '../../scripts/program-document.ts'
import { PROGRAM_FOLDER } from '../../scripts/sample-deliveries.ts'
import { completeSecretsFile } from '../../scripts/secrets-file.ts'
import { openDatabase } from '../../src/core/database.ts'
import { forgetInstances } from '../../src/import/delivery-queries.ts'
import { applyProgram } from '../../src/program/queries.ts'
import { SECOND_FEED } from '../faults/scenario.ts'

const TICK_MS = 5 * 60_000
const PATIENCE_MS = 240_000

const folders: string[] = []
const running = new Set<DevServer>()
const secretsFile = join(temporaryFolder(), 'secrets')
const { secrets } = completeSecretsFile(secretsFile)
let template: string | null = null

/** A store with the sample program in force, and nothing else. */
export async function freshStore(): Promise<string> {
  template ??= await makeStore()
  const folder = temporaryFolder()
  cpSync(template, folder, { recursive: true })
  return folder
}

/** Ends every Worker that still runs, and takes every store away. */
export function cleanUp(): void {
  for (const { child } of running) stopDevServer(child, 'SIGKILL')
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
}

/**
 * Imports all that lies in the store, with a tick every five simulated minutes. The whole local process is killed so
 * many milliseconds after the first tick of each of its lives; then it is started again. Answers the time of the next
 * tick, and how much was left to do at each kill.
 */
export async function importUntilDone(store: string, from: Date, killsAfterMs: readonly number[] = []) {
  let now = from
  const leftToDo: number[] = []
  for (const killAfterMs of killsAfterMs) {
    const server = await start(store)
    const ticking = tick(server.origin, now).catch(() => 'killed')
    await sleep(killAfterMs)
    await kill(server)
    await ticking
    now = new Date(now.getTime() + TICK_MS)
    leftToDo.push(await remaining(store))
  }
  const server = await start(store)
  now = await tickUntilDone(server, now)
  await kill(server)
  return { now, leftToDo }
}

async function makeStore(): Promise<string> {
  const folder = temporaryFolder()
  wrangler('d1', 'migrations', 'apply', 'DB', '--local', '--persist-to', folder)
  const program = readProgramFolder(PROGRAM_FOLDER)
  await withLocalPlatform((env) => applyProgram(openDatabase(env.DB), program, new Date(0)), folder)
  return folder
}

async function tickUntilDone(server: DevServer, from: Date): Promise<Date> {
  const deadline = Date.now() + PATIENCE_MS
  for (let now = from; ; ) {
    await tick(server.origin, now)
    now = new Date(now.getTime() + TICK_MS)
    for (let quiet = 0; quiet < 20; quiet += 1) {
      await sleep(250)
      if ((await openDeliveries(server)) === 0) return now
    }
    if (Date.now() > deadline) throw new Error('the import did not end')
  }
}

/** How many deliveries the running Worker says are not imported yet. */
async function openDeliveries({ origin }: DevServer): Promise<number> {
  const headers = { authorization: `Bearer ${secrets.FEED_TOKEN}` }
  let open = 0
  for (const feed of ['pearson', SECOND_FEED]) {
    const response = await fetch(`${origin}/api/v1/feeds/${feed}/deliveries`, { headers })
    // Only some stores have the second feed.
    if (response.status === 404) continue
    const { deliveries } = (await response.json()) as { deliveries: { state: string }[] }
    open += deliveries.filter(({ state }) => state === 'received' || state === 'importing').length
  }
  return open
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

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'testamur-'))
  folders.push(folder)
  return folder
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}
