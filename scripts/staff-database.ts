import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { withLocalPlatform, wrangler } from './local-platform.ts'
import { localStaff, type StaffDatabase, type StaffRow, writtenOut } from './staff-statements.ts'

const remoteStaff: StaffDatabase = {
  read: async (statement) => {
    const answer = wrangler(
      'd1',
      'execute',
      'DB',
      '--remote',
      '--yes',
      '--json',
      '--command',
      writtenOut(statement),
    )
    return (JSON.parse(answer) as [{ results: StaffRow[] }])[0].results
  },
  write: async (statements) => {
    const file = join(mkdtempSync(join(tmpdir(), 'testamur-')), 'staff.sql')
    writeFileSync(file, statements.map((statement) => `${writtenOut(statement)};\n`).join(''), {
      mode: 0o600,
    })
    wrangler('d1', 'execute', 'DB', '--remote', '--yes', '--file', file)
  },
}

export async function withStaff<Answer>(remote: boolean, work: (staff: StaffDatabase) => Promise<Answer>) {
  return remote ? work(remoteStaff) : withLocalPlatform((env) => work(localStaff(env)))
}
