import { openDatabase } from '../core/database.ts'
import { causeOf } from '../core/failure.ts'
import { hex } from '../core/tokens.ts'
import { closedIdHash } from './closed-ids.ts'
import { type DueAccount, erasePerson, listDueAccounts, listOwnObjects, shutOut } from './erasure-queries.ts'
import { deleteAll, deleteUnder } from './objects.ts'

/** The next tick goes on. */
const MOST_ACCOUNTS = 10

type Bindings = Pick<Env, 'DB' | 'BUCKET' | 'SEAL_KEY'>

/**
 * Erases the people whose time to think it over has passed. What lies in the bucket goes first, since only the
 * database knows where; it goes last, in one batch. Stopped anywhere and run again, it ends the same. What the
 * vendors delivered is cleared afterwards, by clearDeliveries. One account that fails does not stop the others.
 */
export async function closeAccounts(env: Bindings, now: Date): Promise<void> {
  const db = openDatabase(env.DB)
  const failures: unknown[] = []
  for (const account of await listDueAccounts(db, now, MOST_ACCOUNTS)) {
    await closeAccount(env, account, now).catch((error: unknown) => failures.push(error))
  }
  if (failures.length > 0) throw new AggregateError(failures, failures.map(causeOf).join('; '))
}

async function closeAccount(env: Bindings, account: DueAccount, now: Date): Promise<void> {
  const db = openDatabase(env.DB)
  const { candidateId, aliasIds } = account
  await shutOut(db, candidateId)

  const { keys, awardIds } = await listOwnObjects(db, candidateId)
  await deleteAll(env.BUCKET, keys)
  for (const awardId of awardIds) await deleteUnder(env.BUCKET, `ecertificates/${awardId}/`)

  const hashOf = await closedIdHash(env.SEAL_KEY)
  const idHashes = await Promise.all([candidateId, ...aliasIds].map(async (id) => (await hashOf(id))[0]))
  const pseudonym = `closed-${hex(crypto.getRandomValues(new Uint8Array(8)).buffer)}`
  const isErased = await erasePerson(db, { ...account, pseudonym, idHashes }, now)
  if (isErased) console.log({ message: 'account closed' })
}
