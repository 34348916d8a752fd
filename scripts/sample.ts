// npm run sample -- --candidates N --seed S --out DIR [--today YYYY-MM-DD] [--program programs/juniper]
// Writes deliveries in the vendor's shape. The same arguments give the same bytes.

import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { generateDeliveries } from '../programs/sample-generator/generate.ts'
import { isCalendarDate } from '../src/core/calendar-date.ts'
import type { Program } from '../src/program/program.ts'
import { readProgramFolder } from './program-document.ts'

const { values } = parseArgs({
  options: {
    candidates: { type: 'string', default: '320' },
    seed: { type: 'string', default: '7' },
    today: { type: 'string', default: '2026-11-23' },
    program: { type: 'string', default: join(import.meta.dirname, '..', 'programs', 'juniper') },
    out: { type: 'string' },
  },
})

const [candidates, seed] = [Number(values.candidates), Number(values.seed)]
if (
  !values.out ||
  !Number.isInteger(candidates) ||
  !Number.isInteger(seed) ||
  !isCalendarDate(values.today)
) {
  console.error(
    'usage: npm run sample -- --candidates N --seed S --out DIR [--today YYYY-MM-DD] [--program DIR]',
  )
  process.exit(2)
}

const started = performance.now()
const program = JSON.parse(readProgramFolder(values.program).document) as Program
const { out, today } = values
clearDeliveries(out)
const expected = generateDeliveries({ program, candidates, seed, today, out })
writeFileSync(join(out, 'expected.json'), `${JSON.stringify(expected, null, 2)}\n`)

const tables = expected.deliveries.flatMap((delivery) => delivery.tables)
const rows = tables.reduce((sum, table) => sum + table.rows, 0)
const seconds = ((performance.now() - started) / 1000).toFixed(1)
console.log(
  `${out}: ${expected.deliveries.length} deliveries, ${tables.length} tables, ${rows} rows in ${seconds} s`,
)

/** What an earlier run with other arguments left would be imported as well. */
function clearDeliveries(folder: string) {
  try {
    for (const name of readdirSync(folder)) if (/\.(zip|dat|csv)$/.test(name)) rmSync(join(folder, name))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}
