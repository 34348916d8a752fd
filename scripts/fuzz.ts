// npm run fuzz -- [rounds] [seed]: delivers arbitrary bytes and damaged real files, 10,000 of them unless said otherwise.

import { runLongTest } from './long-tests.ts'

const [rounds = 10_000, seed = Math.floor(Math.random() * 2 ** 31)] = process.argv.slice(2).map(Number)
if (!Number.isInteger(rounds) || rounds < 1 || !Number.isInteger(seed)) {
  console.error('usage: npm run fuzz -- [rounds] [seed]')
  process.exit(2)
}

console.log(`${rounds} rounds, seed ${seed}`)
const { passed } = await runLongTest(
  'test/import/fuzz.test.ts',
  { TEST_FUZZ: JSON.stringify({ rounds, seed }) },
  /^fuzzed /,
)
if (!passed) process.exitCode = 1
