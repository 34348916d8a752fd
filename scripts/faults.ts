// npm run faults -- [rounds] [seed]: an import of 20,000 rows, interrupted in each round and compared with one that was
// left in peace. Calls of every kind fail, before or after they are done; in one round of ten the whole local process is
// killed. Rounds and seed say all that is needed to repeat one.

import { runLongTest } from './long-tests.ts'

const ROWS = 20_000
const LINE = /^round \d+, seed \d+: /

const [rounds = 100, seed = 1] = process.argv.slice(2).map(Number)
if (!Number.isInteger(rounds) || rounds < 1 || !Number.isInteger(seed)) {
  console.error('usage: npm run faults -- [rounds] [seed]')
  process.exit(2)
}
const kills = Math.floor(rounds / 10)

const injected = await runLongTest(
  'test/faults/faults.test.ts',
  { TEST_FAULTS: JSON.stringify({ rounds: rounds - kills, seed, rows: ROWS, faultsEach: 1 }) },
  LINE,
)
const killed = await runLongTest(
  'test/process/killed-import.test.ts',
  { TEST_KILLS: JSON.stringify({ rounds: kills, seed, rows: ROWS }) },
  LINE,
)

const lines = [...injected.lines, ...killed.lines]
const identical = lines.filter((line) => line.endsWith(': identical')).length
console.log(`${rounds} rounds, ${identical} identical (seed ${seed}, ${kills} of them killed)`)
if (!injected.passed || !killed.passed || identical !== rounds) process.exitCode = 1
