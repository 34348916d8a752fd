import { openDatabase } from '../core/database.ts'
import { listFeeds } from '../import/feed-queries.ts'
import { membersPrefix } from '../import/open-table.ts'
import { deleteAll, deleteUnder } from '../privacy/objects.ts'
import { forgetEvents, giveUpBytes, listGivenUp, recordBytesGone } from './retention-queries.ts'

const DAY_MS = 86_400_000
/** Of each feed in one run, and as many at once leave the bucket; the next run goes on. */
const MOST_AT_ONCE = 200
/** A delivery bundles thousands. */
const MOST_EVENTS = 20_000

/**
 * Deletes what vendors delivered, and what is left of events, when it is older than its feed keeps it. The record says first that the bytes are given
 * up, so that no import begins with them; what the bucket still has is deleted after that, in this run or the next.
 */
export async function deleteOldDeliveries(env: Pick<Env, 'DB' | 'BUCKET'>, now: Date): Promise<void> {
  const db = openDatabase(env.DB)
  for (const { id, keptDays } of await listFeeds(db)) {
    if (keptDays === null) continue
    const before = new Date(now.getTime() - keptDays * DAY_MS)
    await giveUpBytes(db, id, before, MOST_AT_ONCE, now)
    await forgetEvents(db, id, before, MOST_EVENTS)
  }
  for (;;) {
    const givenUp = await listGivenUp(db, MOST_AT_ONCE)
    if (givenUp.length === 0) return
    for (const { objectKey } of givenUp) await deleteUnder(env.BUCKET, membersPrefix(objectKey))
    await deleteAll(
      env.BUCKET,
      givenUp.map(({ objectKey }) => objectKey),
    )
    await recordBytesGone(
      db,
      givenUp.map(({ id }) => id),
    )
  }
}
