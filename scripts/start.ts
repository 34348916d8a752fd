// npm start: from a fresh clone to a running record office with sample records, in one command.

import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { openDatabase } from '../src/core/database.ts'
import { forgetInstances } from '../src/import/delivery-queries.ts'
import { paths } from '../src/paths.ts'
import { applyProgram } from '../src/program/queries.ts'
import { startDevServer, stopDevServer, tick } from './dev-server.ts'
import { findLocalMail, MAIL_FOLDER } from './local-mail.ts'
import { ROOT, withLocalPlatform, wrangler } from './local-platform.ts'
import { readProgramFolder } from './program-document.ts'
import { PROGRAM_FOLDER, putSampleDeliveries, SAMPLE_FEED, SAMPLE_FOLDER } from './sample-deliveries.ts'
import { completeSecretsFile } from './secrets-file.ts'
import { hasOwner, inviteStaff } from './staff-command.ts'
import { localStaff } from './staff-statements.ts'

const TICK_MS = 5 * 60_000
const IMPORT_LIMIT_MS = 120_000
const FRESH_LINK_WAIT_MS = 4_000
const PORT = Number(process.env.PORT ?? 8787)
const FIRST_OWNER = { email: 'owner@localhost.example', name: 'First Owner', role: 'owner' }

type Delivery = { name: string; state: string; failure?: string; counts: Record<string, number> }

process.on('uncaughtException', (error) => {
  console.error(`testamur: ${error.message}`)
  process.exit(1)
})

const started = Date.now()
const { secrets, written } = completeSecretsFile(join(ROOT, '.dev.vars'))
if (written.length > 0) say(`.dev.vars: wrote random ${written.join(' and ')}`)

wrangler('d1', 'migrations', 'apply', 'DB', '--local')
const program = readProgramFolder(PROGRAM_FOLDER)
const { put, invitation } = await withLocalPlatform(async (env) => {
  await applyProgram(openDatabase(env.DB), program, new Date())
  // Nothing runs yet: an import that the last stop cut off is gone on with at once.
  await forgetInstances(openDatabase(env.DB))
  return { put: await putSampleDeliveries(env), invitation: await inviteFirstOwner(env) }
})
say(`${program.name}: in force; ${put} sample deliveries put into the bucket`)

let stop = (_signal: NodeJS.Signals): void => process.exit(1)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(signal))
const server = await startDevServer(PORT)
server.child.on('exit', (code) => process.exit(code ?? 1))
stop = (signal) => stopDevServer(server.child, signal)

await tick(server.origin, new Date())
const imported = await untilImported()
report(imported)
// The import goes on after its tick; the names that it brought are indexed by another.
await tick(server.origin, new Date())
await showCandidates()
if (invitation) console.log(`nobody owns the staff console yet; one time only: ${invitation}\n`)
say(`ready after ${((Date.now() - started) / 1000).toFixed(1)} s: ${server.origin}  (stop with Ctrl-C)`)

// Cloudflare's scheduler does not run here, so we knock where it would.
setInterval(
  () => void tick(server.origin, new Date()).catch((error: unknown) => console.error(String(error))),
  TICK_MS,
)

/** Until an owner has joined, each start makes a link for the first one, and the link of the start before dies. */
async function inviteFirstOwner(env: Env): Promise<string | null> {
  const staff = localStaff(env)
  if (await hasOwner(staff)) return null
  const origin = `http://localhost:${PORT}`
  return inviteStaff(staff, FIRST_OWNER, { origin, anew: false, now: new Date() })
}

async function listDeliveries(): Promise<Delivery[]> {
  const response = await fetch(server.origin + paths.api.feed(SAMPLE_FEED), {
    headers: { authorization: `Bearer ${secrets.FEED_TOKEN}` },
  })
  if (!response.ok) throw new Error(`the list of deliveries failed: ${response.status}`)
  return ((await response.json()) as { deliveries: Delivery[] }).deliveries
}

async function untilImported(): Promise<Delivery[]> {
  const deadline = Date.now() + IMPORT_LIMIT_MS
  for (;;) {
    const deliveries = await listDeliveries()
    const waiting = deliveries.filter(({ state }) => state === 'received' || state === 'importing')
    if (waiting.length === 0) return deliveries
    if (Date.now() > deadline)
      throw new Error(`still importing after 2 minutes: ${waiting.map((d) => d.name)}`)
    await new Promise((resolve) => setTimeout(resolve, 400))
  }
}

function report(deliveries: Delivery[]) {
  const columns = ['read', 'new', 'changed', 'unchanged', 'superseded', 'quarantined', 'skipped']
  const width = Math.max(...deliveries.map(({ name }) => name.length))
  console.log(`\n${'delivery'.padEnd(width)}  state     ${columns.map((name) => name.padStart(12)).join('')}`)
  for (const { name, state, counts, failure } of deliveries.toReversed()) {
    const numbers = columns.map((column) => String(counts[column] ?? 0).padStart(12)).join('')
    console.log(`${name.padEnd(width)}  ${state.padEnd(10)}${numbers}${failure ? `  ${failure}` : ''}`)
  }
}

/**
 * Two candidates to try, each with a link that the product itself has mailed them: the welcome, or, while some
 * thousand mails of the first import are on their way, one that is asked for and goes ahead of them.
 */
async function showCandidates() {
  const { showcase } = JSON.parse(readFileSync(join(SAMPLE_FOLDER, 'expected.json'), 'utf8')) as {
    showcase: string[]
  }
  console.log(`\nmail is written to ${relative(process.cwd(), MAIL_FOLDER)}, and taken away when this stops`)
  for (const id of showcase) {
    const mail = (await findLink(id, 0)) ?? (await askForFreshLink(id))
    const link = mail?.match(/https?:\/\/\S+\/set-password\/\S+/)?.[0]
    const help = `sign in with your password, or ask at ${server.origin}${paths.forgotten} (five links an hour)`
    console.log(`try candidate ${id}: ${link ?? help}`)
  }
  console.log()
}

/** "Never logged in before?", as the candidate would press it. */
async function askForFreshLink(candidateId: string): Promise<string | null> {
  await fetch(server.origin + paths.firstSignIn, {
    method: 'POST',
    body: new URLSearchParams({ candidateId }),
    headers: { origin: server.origin },
    redirect: 'manual',
  })
  return findLink(candidateId, FRESH_LINK_WAIT_MS)
}

/** Mail of an earlier start on this port counts too: its links lead into the same record. */
function findLink(candidateId: string, waitMs: number): Promise<string | null> {
  return findLocalMail([candidateId, `${server.origin}/set-password/`], new Date(0), waitMs)
}

function say(line: string) {
  console.log(`testamur: ${line}`)
}
