// npm run deploy [-- --plan]: from nothing to a working site on the Cloudflare account that wrangler is signed in to.
// Every step may be run again: what exists is left as it is. --plan only says what would be run.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, wrangler } from './local-platform.ts'
import { completeSecretsFile } from './secrets-file.ts'

const CONFIG = join(ROOT, 'wrangler.toml')
const SECRETS_FILE = '.production.vars'
const NO_DATABASE = '00000000-0000-0000-0000-000000000000'
const DATABASE = 'testamur'
const BUCKET = 'testamur'
const QUEUES = ['testamur-mail', 'testamur-urgent-mail']
const planOnly = process.argv.includes('--plan')

try {
  refuseLocalOrigin()
  run('whoami')
  createDatabase()
  createUnlessThere('r2', 'bucket', 'create', BUCKET)
  for (const queue of QUEUES) createUnlessThere('queues', 'create', queue)
  run('d1', 'migrations', 'apply', 'DB', '--remote')
  if (!planOnly) {
    const { written } = completeSecretsFile(join(ROOT, SECRETS_FILE))
    if (written.length > 0)
      console.log(
        `${SECRETS_FILE}: wrote random ${written.join(' and ')}. Keep this file safe: with LINK_KEY lost, every published link is lost; with SEAL_KEY, every authenticator app.`,
      )
  }
  run('deploy', '--secrets-file', SECRETS_FILE)
  console.log('Now put the program in force:  npm run program -- apply programs/juniper --remote')
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}

/** Links in mail and on paper must lead to the real site. */
function refuseLocalOrigin() {
  const origin = readFileSync(CONFIG, 'utf8').match(/^PUBLIC_ORIGIN = "([^"]+)"/m)?.[1]
  if (!planOnly && (!origin || origin.includes('localhost'))) {
    throw new Error(
      'Set PUBLIC_ORIGIN in wrangler.toml to the address of your site (https://…), and a route or custom domain for it.',
    )
  }
}

function createDatabase() {
  const config = readFileSync(CONFIG, 'utf8')
  if (!config.includes(NO_DATABASE)) return
  const answer = run('d1', 'create', DATABASE)
  if (planOnly) return
  const id = answer.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/)?.[0]
  if (!id) throw new Error(`wrangler d1 create did not say the database's id:\n${answer}`)
  writeFileSync(CONFIG, config.replace(NO_DATABASE, id))
  console.log(`wrangler.toml: database_id = ${id}`)
}

function createUnlessThere(...words: string[]) {
  try {
    run(...words)
  } catch (error) {
    if (!/already (exists|taken|owned)/i.test((error as Error).message)) throw error
    console.log('  it is there already')
  }
}

function run(...words: string[]): string {
  console.log(`wrangler ${words.join(' ')}`)
  return planOnly ? '' : wrangler(...words)
}
