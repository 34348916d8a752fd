import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ROOT } from '../local-platform.ts'
import { bundle, prepareStore, type Runtime, startRuntime, temporaryFolder } from './runtime.ts'

const SIZES = [10_000, 100_000]
const SEEDED_AT_ONCE = 20_000
const PATIENCE_MS = 90 * 60_000

type State = { state: string; done: number; changed: number; failing: number; attempt: number }

/**
 * Evaluates everybody by the Workflow: first with every award to be written, then with nothing to change, then after an
 * extension that reaches about a quarter of what is active.
 */
export async function benchRules(words: readonly string[]): Promise<void> {
  const sizes = words.length > 0 ? words.map(Number) : SIZES
  if (!sizes.every((size) => Number.isInteger(size) && size > 0))
    throw new Error('candidates are whole numbers')
  const folder = temporaryFolder()
  const [product, store] = [join(folder, 'product'), join(folder, 'store')]
  bundle('scripts/bench/rules-worker.ts', product)
  await prepareStore(store)

  console.log(
    'candidates |    results |     awards | what                | seconds |   a second | changed | instances',
  )
  for (const candidates of sizes) {
    const runtime = await startRuntime(product, store)
    try {
      await measure(runtime, candidates)
    } finally {
      await runtime.stop()
    }
  }
}

async function measure(runtime: Runtime, candidates: number): Promise<void> {
  let results = 0
  for (let from = 1; from <= candidates; from += SEEDED_AT_ONCE) {
    const count = Math.min(SEEDED_AT_ONCE, candidates - from + 1)
    results += (await ask(runtime, `seed?from=${from}&count=${count}`)) as number
  }
  for (const what of ['every award written', 'nothing to change', 'after an extension']) {
    if (what === 'after an extension') await ask(runtime, 'program', extended())
    const before = performance.now()
    await ask(runtime, 'run')
    const ended = await untilEnded(runtime)
    const seconds = (performance.now() - before) / 1000
    const { awards } = (await ask(runtime, 'awards')) as { awards: number }
    const cells = [
      String(candidates).padStart(10),
      String(results).padStart(10),
      String(awards).padStart(10),
      what.padEnd(19),
      seconds.toFixed(1).padStart(7),
      (candidates / seconds).toFixed(0).padStart(10),
      String(ended.changed).padStart(7),
      String(ended.attempt),
    ]
    console.log(cells.join(' | '))
    if (ended.state !== 'done' || ended.done !== candidates || ended.failing > 0)
      throw new Error(`the run ended as ${JSON.stringify(ended)}`)
  }
}

async function untilEnded(runtime: Runtime): Promise<State> {
  for (const begun = performance.now(); performance.now() - begun < PATIENCE_MS; await sleep(250)) {
    const state = (await ask(runtime, 'state')) as State
    if (state.state !== 'running' && state.state !== 'owed') return state
  }
  throw new Error('the run takes for ever')
}

/** The sample program, and what expires within a year lasts six months longer. */
function extended(): string {
  const program = JSON.parse(readFileSync(join(ROOT, 'programs/juniper/program.json'), 'utf8'))
  const window = { on: '2026-11-26', expiresFrom: '2026-12-01', expiresUntil: '2027-11-30', months: 6 }
  program.renewal.extensions = [{ id: 'bench', name: 'The benchmark', ...window }]
  return JSON.stringify(program)
}

async function ask({ direct }: Runtime, what: string, body?: string): Promise<unknown> {
  const answer = await fetch(new URL(`/bench/${what}`, direct), body ? { method: 'POST', body } : {})
  if (!answer.ok) throw new Error(`${what}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}
