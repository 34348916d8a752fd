// npm test [-- vitest's own words]: finds a browser, runs every test, and ends with the totals on a plain line.

import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { findOrInstallBrowser } from './find-browser.ts'
import { ROOT, wrangler } from './local-platform.ts'

const REPORT = join(ROOT, 'test-results', 'report.json')

mkdirSync(join(ROOT, 'test-results'), { recursive: true })
rmSync(REPORT, { force: true })
const browser = findOrInstallBrowser()
wrangler('types', '--include-runtime=false')

const words = ['run', '--config', 'test/vitest.config.ts', '--reporter=default', '--reporter=json']
const { status } = spawnSync(
  join(ROOT, 'node_modules', '.bin', 'vitest'),
  [...words, `--outputFile.json=${REPORT}`, ...process.argv.slice(2)],
  { cwd: ROOT, stdio: 'inherit', env: { ...process.env, CHROMIUM_PATH: browser } },
)

const report = JSON.parse(readFileSync(REPORT, 'utf8')) as {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
}
const skipped = report.numPendingTests > 0 ? `, ${report.numPendingTests} skipped` : ''
console.log(`${report.numPassedTests} passed, ${report.numFailedTests} failed${skipped}`)
process.exitCode = status ?? 1
