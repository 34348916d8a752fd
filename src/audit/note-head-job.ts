import { openDatabase } from '../core/database.ts'
import { noteHead } from './heads.ts'
import { findChainHead } from './seal-queries.ts'

/** Once a day the head of the chain goes where the database's own administrators cannot change it. */
export async function noteAuditHead(env: Pick<Env, 'DB' | 'BUCKET'>, now: Date): Promise<void> {
  const head = await findChainHead(openDatabase(env.DB))
  if (head !== null) await noteHead(env.BUCKET, head, now)
}
