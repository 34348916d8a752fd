// npm run agree -- [count] [seed]: two evaluators of the rules, on so many random histories, 10,000 unless said otherwise.

import { runLongTest } from './long-tests.ts'

const [rounds = 10_000, seed = Math.floor(Math.random() * 2 ** 31)] = process.argv.slice(2).map(Number)
if (!Number.isInteger(rounds) || rounds < 1 || !Number.isInteger(seed)) {
  console.error('usage: npm run agree -- [count] [seed]')
  process.exit(2)
}

console.log(`${rounds} histories, seed ${seed}`)
const { passed } = await runLongTest(
  'test/certifications/agree.rules.test.ts',
  { TEST_AGREE: JSON.stringify({ rounds, seed }) },
  /^(dis)?agreed |^[-+] {2,}/,
)
if (!passed) process.exitCode = 1
