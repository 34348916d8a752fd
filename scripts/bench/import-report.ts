import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { ROOT } from '../local-platform.ts'
import type { Measured, Timing } from './import.ts'

const LOWEST_RATIO = 0.5
const MOST_HEAP_BYTES = 100_000_000
const MOST_QUERIES = 1_000
const MOST_PARAMETER_BYTES = 2_000_000
/** Less than this between two sizes is noise on a shared machine. */
const LINEAR_WITHIN = 1.5
/** Below it, what every import costs however small it is weighs more than its rows. */
const FEWEST_LINEAR_ROWS = 10_000

const TITLES = ['rows', 'rounds', 'bare/s', 'new/s', 'of bare', 'again/s', 'µs/row', 'awards s', 'to end s']
const WATCHED_TITLES = ['heap MB', '+RSS MB', 'queries', 'a step', 'param kB']

export function printHeading(): void {
  const [core] = cpus()
  const versions = ['wrangler', 'miniflare', 'workerd'].map((name) => `${name} ${versionOf(name)}`)
  console.log(
    [
      `import, ${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores (${core?.model.trim()}), Node ${process.versions.node}, ${versions.join(', ')}`,
      '',
      'bare/s    rows per second of a json_each insert into a table of 22 columns; only the calls of D1 are timed',
      'new/s     rows per second of new results, until all are in the record with all mail and awards owed',
      'again/s   the same results delivered again with the columns in another order',
      'awards s  afterwards: giving the awards that follow; to end s: from start to imported',
      "heap MB   the most that V8 used in the product's isolate, garbage included, looked at every 50 ms",
      '+RSS MB   what the whole local runtime grew by: D1, R2, queues and Workflows are simulated in the same process',
      'queries   the most in one instance of the Workflow (a step: in one step of it); param kB: the longest parameter',
      'heap, RSS, queries and parameters are of a round of their own, which is not timed. Mail is owed and queued as ever,',
      'but the queue sends none: writing it to files would take the time of the import.',
      '',
      lineOf([...TITLES, ...WATCHED_TITLES]),
    ].join('\n'),
  )
}

export function printMeasured({ rows, rounds, timing, watched }: Measured): void {
  const { bareMs, fresh, again } = timing
  const rate = (ms: number) => ((rows / ms) * 1000).toFixed(0)
  const megabytes = (bytes: number) => (bytes / 1_000_000).toFixed(1)
  console.log(
    lineOf([
      String(rows),
      String(rounds),
      rate(bareMs),
      rate(fresh.toOwedMs),
      `${(ratioOf(timing) * 100).toFixed(0)} %`,
      rate(again.toOwedMs),
      microsecondsPerRow({ rows, timing }).toFixed(1),
      (fresh.awardsMs / 1000).toFixed(1),
      ((fresh.toOwedMs + fresh.awardsMs) / 1000).toFixed(1),
      megabytes(watched.peakHeapBytes),
      megabytes(watched.peakBytes - watched.idleBytes),
      String(watched.instance.queries),
      String(watched.step.queries),
      (watched.instance.longestParameterBytes / 1000).toFixed(0),
    ]),
  )
}

/** Says of each bound whether it was kept; true when all were. */
export function printVerdicts(measured: readonly Measured[]): boolean {
  const large = measured.filter(({ rows }) => rows >= FEWEST_LINEAR_ROWS).map(microsecondsPerRow)
  const spread = large.length > 1 ? Math.max(...large) / Math.min(...large) : 1
  const verdicts: [sentence: string, isKept: boolean][] = [
    [
      'half of the bare insert’s rows per second',
      measured.every(({ timing }) => ratioOf(timing) >= LOWEST_RATIO),
    ],
    [
      'unchanged rows at least as fast as new ones',
      measured.every(({ timing }) => timing.again.toOwedMs <= timing.fresh.toOwedMs),
    ],
    [
      'heap of the isolate under 100 MB',
      measured.every(({ watched }) => watched.peakHeapBytes < MOST_HEAP_BYTES),
    ],
    [
      '1,000 queries in an instance of the Workflow',
      measured.every(({ watched }) => watched.instance.queries <= MOST_QUERIES),
    ],
    [
      '2 MB a parameter',
      measured.every(({ watched }) => watched.instance.longestParameterBytes <= MOST_PARAMETER_BYTES),
    ],
    [
      `time linear from 10,000 rows on: the slowest row takes ${spread.toFixed(2)} times the fastest`,
      spread < LINEAR_WITHIN,
    ],
  ]
  console.log('')
  for (const [sentence, isKept] of verdicts) console.log(`${isKept ? 'kept ' : 'BROKEN'} ${sentence}`)
  return verdicts.every(([, isKept]) => isKept)
}

function ratioOf({ bareMs, fresh }: Timing): number {
  return bareMs / fresh.toOwedMs
}

function microsecondsPerRow({ rows, timing }: Pick<Measured, 'rows' | 'timing'>): number {
  return (timing.fresh.toOwedMs / rows) * 1000
}

function lineOf(cells: readonly string[]): string {
  return cells.map((cell) => cell.padStart(9)).join('')
}

function versionOf(name: string): string {
  const file = join(ROOT, 'node_modules', name, 'package.json')
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}
