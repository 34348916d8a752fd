// npm run staff -- invite EMAIL --name NAME --role ROLE [--anew] [--origin URL] [--remote] | list [--remote] | remove EMAIL [--remote]

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ROOT, wrangler } from './local-platform.ts'
import { inviteStaff, listStaff, removeStaff } from './staff-command.ts'
import { withStaff } from './staff-database.ts'
import type { StaffDatabase } from './staff-statements.ts'

type Asked = { name?: string; role?: string; origin?: string; anew?: boolean }

const USAGE = `usage: npm run staff -- invite EMAIL --name NAME --role ROLE [--anew] [--origin URL] [--remote]
       npm run staff -- list [--remote]
       npm run staff -- remove EMAIL [--remote]`

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      name: { type: 'string' },
      role: { type: 'string' },
      origin: { type: 'string' },
      anew: { type: 'boolean', default: false },
      remote: { type: 'boolean', default: false },
    },
  })
  const [command, email] = positionals
  if (!values.remote) wrangler('d1', 'migrations', 'apply', 'DB', '--local')
  await withStaff(values.remote, (staff) => run(staff, command, email, values))
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}

async function run(
  staff: StaffDatabase,
  command: string | undefined,
  email: string | undefined,
  { name = '', role = '', origin = publicOrigin(), anew = false }: Asked,
) {
  const now = new Date()
  if (command === 'list') {
    console.log((await listStaff(staff)).join('\n') || 'nobody yet')
  } else if (command === 'invite' && email) {
    const link = await inviteStaff(
      staff,
      { email, name, role },
      { origin: new URL(origin).origin, anew, now },
    )
    console.log(
      `${email} is invited as ${role}. This link works once, for three days; earlier ones work no more:\n${link}`,
    )
  } else if (command === 'remove' && email) {
    await removeStaff(staff, email, now)
    console.log(`${email} is removed: sessions ended, every way in deleted`)
  } else throw new Error(USAGE)
}

/** As wrangler.toml has it; a site that is deployed says there where it is. */
function publicOrigin(): string {
  const [, origin] =
    /^PUBLIC_ORIGIN = "([^"]+)"/m.exec(readFileSync(join(ROOT, 'wrangler.toml'), 'utf8')) ?? []
  if (origin === undefined) throw new Error('PUBLIC_ORIGIN is not in wrangler.toml: give --origin')
  return origin
}
