import { openDatabase } from '../core/database.ts'
import { sealEntries } from './seal-queries.ts'

/** Chains the entries that were written since the last tick. */
export async function sealAuditLog(env: Pick<Env, 'DB'>): Promise<void> {
  await sealEntries(openDatabase(env.DB))
}
