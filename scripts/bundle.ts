// npm run bundle: builds what would be deployed, without deploying, and refuses a Worker that outgrew its budget.

import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { ROOT, wrangler } from './local-platform.ts'

/** product.md: the Worker stays under 1 MB compressed, fonts and WebAssembly apart. */
const BUDGET_BYTES = 1_000_000
const DIST = join(ROOT, 'dist')

rmSync(DIST, { recursive: true, force: true })
wrangler('deploy', '--dry-run', '--outdir', DIST)

const files = readdirSync(DIST).filter((name) => /\.(js|mjs|wasm)$/.test(name))
const sizes = files.map((name) => ({ name, bytes: gzipSync(readFileSync(join(DIST, name))).length }))
for (const { name, bytes } of sizes) console.log(`${name}: ${kilobytes(bytes)} compressed`)

const code = sizes.filter(({ name }) => !name.endsWith('.wasm')).reduce((sum, { bytes }) => sum + bytes, 0)
console.log(`Worker without WebAssembly: ${kilobytes(code)} of ${kilobytes(BUDGET_BYTES)}`)
if (code === 0 || code > BUDGET_BYTES) {
  console.error('The Worker is over its budget, or was not built.')
  process.exitCode = 1
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`
}
