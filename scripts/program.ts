// npm run program -- check|apply FOLDER [--remote]

import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SQL } from 'drizzle-orm'
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core'
import { openDatabase } from '../src/core/database.ts'
import {
  applyProgram,
  applyProgramStatement,
  beganOnStatement,
  oweEvaluationStatement,
} from '../src/program/queries.ts'
import { withLocalPlatform, wrangler } from './local-platform.ts'
import { type CheckedDocument, readProgramFolder, refuseDecreesBefore } from './program-document.ts'

type InForce = { beganOn: string | null }

const [command, folder, ...flags] = process.argv.slice(2)

try {
  if ((command !== 'check' && command !== 'apply') || !folder) {
    throw new Error('usage: npm run program -- check|apply FOLDER [--remote]')
  }
  const program = readProgramFolder(folder)
  refuseDecreesAhead(program)
  if (command === 'check') console.log(`${program.name}: no fault found`)
  else if (flags.includes('--remote')) applyRemotely(program)
  else await applyLocally(program)
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}

/** An extension takes effect when it is applied: one of a later day, anywhere on earth, is not applied yet. */
function refuseDecreesAhead({ document }: CheckedDocument) {
  const latest = new Date(Date.now() + 14 * 3_600_000).toISOString().slice(0, 10)
  const { renewal } = JSON.parse(document) as { renewal: { extensions?: { id: string; on: string }[] } }
  const ahead = renewal.extensions?.find(({ on }) => on > latest)
  if (ahead) throw new Error(`renewal.extensions: "${ahead.id}" lies ahead: apply it on its day, or later`)
}

async function applyLocally(program: CheckedDocument) {
  wrangler('d1', 'migrations', 'apply', 'DB', '--local')
  const changed = await withLocalPlatform(async (env) => {
    const db = openDatabase(env.DB)
    const [inForce] = await db.all<InForce>(beganOnStatement)
    refuseDecreesBefore(program, inForce?.beganOn ?? null)
    return applyProgram(db, program, new Date())
  })
  console.log(
    changed ? `${program.name}: now in force` : `${program.name}: already in force, nothing changed`,
  )
}

/** The same statements, with their values written out: `wrangler d1 execute` takes no parameters. */
function applyRemotely(program: CheckedDocument) {
  const asked = ['--remote', '--yes', '--json', '--command', writtenOut(beganOnStatement)]
  const [answer] = JSON.parse(wrangler('d1', 'execute', 'DB', ...asked)) as [{ results: InForce[] }]
  refuseDecreesBefore(program, answer.results[0]?.beganOn ?? null)
  const now = new Date()
  const statements = [applyProgramStatement(program, now), oweEvaluationStatement(now)].map(writtenOut)
  const file = join(mkdtempSync(join(tmpdir(), 'testamur-')), 'apply-program.sql')
  writeFileSync(file, `${statements.join(';\n')};\n`)
  console.log(wrangler('d1', 'execute', 'DB', '--remote', '--yes', '--file', file))
  console.log(`${program.name}: applied`)
}

function writtenOut(statement: SQL): string {
  const { sql, params } = new SQLiteSyncDialect().sqlToQuery(statement)
  const values = params.map((value) =>
    typeof value === 'number' ? value : `'${String(value).replaceAll("'", "''")}'`,
  )
  return sql.replace(/\?/g, () => String(values.shift()))
}
