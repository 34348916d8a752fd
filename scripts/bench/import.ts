import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { printHeading, printMeasured, printVerdicts } from './import-report.ts'
import { candidateTable, resultTable } from './import-rows.ts'
import { type Memory, watchMemory } from './memory.ts'
import type { Usage } from './meter.ts'
import { bundle, FEED_TOKEN, prepareStore, type Runtime, startRuntime, temporaryFolder } from './runtime.ts'

const SIZES = [1_000, 10_000, 100_000, 1_000_000]
const FEED = 'pearson'
const LARGEST_UPLOAD_BYTES = 100 * 1024 * 1024
/** Up to here a measurement is taken three times. */
const FEW_ROWS = 100_000
/** The platform allows 128 MB. */
const MOST_HEAP_MEGABYTES = 100
const PATIENCE_MS = 60 * 60_000

/** `toOwed`: until all rows were in the record with all that they owe; `awards`: what came after, to the end. */
export type Took = { toOwedMs: number; awardsMs: number }
export type Timing = { bareMs: number; fresh: Took; again: Took }
export type Watched = Memory & { step: Usage; instance: Usage }
export type Measured = { rows: number; rounds: number; timing: Timing; watched: Watched }

type Workshop = { product: string; store: string }

/** Imports results beside a bare json_each insert of the same rows, in one run and on fresh stores. */
export async function benchImport(words: readonly string[]): Promise<void> {
  const sizes = words.length > 0 ? words.map(Number) : SIZES
  if (!sizes.every((size) => Number.isInteger(size) && size > 0)) throw new Error('rows are whole numbers')

  const folder = temporaryFolder()
  const workshop = { product: join(folder, 'product'), store: join(folder, 'store') }
  bundle('scripts/bench/import-worker.ts', workshop.product)
  await prepareStore(workshop.store)

  printHeading()
  const measured: Measured[] = []
  for (const rows of sizes) {
    const one = await measure(workshop, rows)
    measured.push(one)
    printMeasured(one)
  }
  if (!printVerdicts(measured)) process.exitCode = 1
}

/** Three times where that takes no patience: the median of each time counts. */
async function measure(workshop: Workshop, rows: number): Promise<Measured> {
  const rounds = rows <= FEW_ROWS ? 3 : 1
  const timings: Timing[] = []
  for (let round = 0; round < rounds; round += 1) {
    const bareMs = await timeBare(workshop, rows)
    timings.push({ bareMs, ...(await timeImport(workshop, rows)) })
  }
  const watched = await watchImport(workshop, rows)
  const timing = {
    bareMs: median(timings.map(({ bareMs }) => bareMs)),
    fresh: medianTook(timings.map(({ fresh }) => fresh)),
    again: medianTook(timings.map(({ again }) => again)),
  }
  return { rows, rounds, timing, watched }
}

async function timeBare({ product, store }: Workshop, rows: number): Promise<number> {
  const runtime = await startRuntime(product, store)
  try {
    return (await ask(runtime, `bare?rows=${rows}`)) as number
  } finally {
    await runtime.stop()
  }
}

async function timeImport({ product, store }: Workshop, rows: number) {
  const runtime = await startRuntime(product, store)
  try {
    return await importTwice(runtime, rows)
  } finally {
    await runtime.stop()
  }
}

/** Apart from the timed rounds, because looking takes time. An import that needs more memory does not survive it. */
async function watchImport({ product, store }: Workshop, rows: number): Promise<Watched> {
  const runtime = await startRuntime(product, store, {
    bindings: { METERED: 'yes' },
    mostHeapMegabytes: MOST_HEAP_MEGABYTES,
  })
  try {
    await fetch(new URL('/healthz', runtime.direct))
    const stop = await watchMemory(runtime.inspector)
    await importTwice(runtime, rows)
    const memory = stop()
    const usage = (await ask(runtime, 'usage')) as { step: Usage; instance: Usage }
    return { ...memory, ...usage }
  } finally {
    await runtime.stop()
  }
}

/** The people first; then their results; then the same results in other bytes. */
async function importTwice(runtime: Runtime, rows: number): Promise<{ fresh: Took; again: Took }> {
  await deliver(runtime, 'cand-2026-01-01a.dat', candidateTable(rows))
  const fresh = await deliver(runtime, 'exam-2026-02-01a.dat', resultTable(rows, false), rows)
  const again = await deliver(runtime, 'exam-2026-02-02a.dat', resultTable(rows, true), rows)
  return { fresh, again }
}

async function deliver(runtime: Runtime, name: string, table: Uint8Array, rows?: number): Promise<Took> {
  if (table.length <= LARGEST_UPLOAD_BYTES) await upload(runtime, name, table)
  else {
    await ask(runtime, `inbox?name=${FEED}/${name}`, {
      method: 'PUT',
      body: table as Uint8Array<ArrayBuffer>,
    })
    await ask(runtime, 'tick')
  }
  const { taken, ...took } = await untilImported(runtime, name)
  if (rows !== undefined && taken !== rows) throw new Error(`${taken} of ${rows} rows of ${name}`)
  // What an import does when it is done, and nobody waits for: it hands mail over.
  await sleep(1_000)
  return took
}

async function upload({ direct }: Runtime, name: string, table: Uint8Array): Promise<void> {
  const response = await fetch(new URL(`/api/v1/feeds/${FEED}/deliveries/${name}`, direct), {
    method: 'PUT',
    headers: { authorization: `Bearer ${FEED_TOKEN}`, 'content-type': 'text/tab-separated-values' },
    body: table as Uint8Array<ArrayBuffer>,
  })
  if (response.status !== 201) throw new Error(`${name}: ${response.status} ${await response.text()}`)
}

type Delivery = Took & { state: string; failure: string | null; taken: number }

async function untilImported(runtime: Runtime, name: string): Promise<Delivery> {
  const deadline = Date.now() + PATIENCE_MS
  while (Date.now() < deadline) {
    const delivery = (await ask(runtime, `delivery?name=${name}`)) as Delivery
    if (delivery.state === 'imported') return delivery
    if (delivery.state !== 'received' && delivery.state !== 'importing')
      throw new Error(`${name} ended as ${delivery.state}: ${delivery.failure}`)
    await sleep(250)
  }
  throw new Error(`${name} was not imported within an hour`)
}

/** Asks the Worker of the benchmark; see its answers. */
async function ask({ direct }: Runtime, what: string, init: RequestInit = {}): Promise<unknown> {
  const response = await fetch(new URL(`/bench/${what}`, direct), init)
  if (!response.ok) throw new Error(`${what}: ${response.status} ${await response.text()}`)
  return response.json()
}

function medianTook(took: readonly Took[]): Took {
  return {
    toOwedMs: median(took.map(({ toOwedMs }) => toOwedMs)),
    awardsMs: median(took.map(({ awardsMs }) => awardsMs)),
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}
