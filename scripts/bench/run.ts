// npm run bench -- import [rows …] | rules [candidates …] | planner | sign-in: how fast the record office is, beside what cannot be faster.

import { benchImport } from './import.ts'
import { benchPlanner } from './planner.ts'
import { benchRules } from './rules.ts'
import { benchSignIn } from './sign-in.ts'

const benchmarks: Readonly<Record<string, (words: readonly string[]) => Promise<void>>> = {
  import: benchImport,
  planner: benchPlanner,
  rules: benchRules,
  'sign-in': benchSignIn,
}

const [name = '', ...words] = process.argv.slice(2)
const benchmark = benchmarks[name]
if (benchmark) await benchmark(words)
else {
  console.error(`usage: npm run bench -- ${Object.keys(benchmarks).join(' | ')}`)
  process.exitCode = 2
}
