import { openDatabase } from '../core/database.ts'
import { claimDueMails } from './queries.ts'

/** What the queue carries: the row says everything else. */
export type MailMessage = { mailId: number }

/** A queue takes this many messages at once. */
const QUEUE_BATCH = 100
const CLAIM = 1000
/** So that one call stays far below the platform's limits; the next tick goes on. */
const CLAIMS_PER_CALL = 5

type MailQueues = Pick<Env, 'DB' | 'MAIL_QUEUE' | 'URGENT_MAIL_QUEUE'>

/**
 * Puts the mails that are due on their queues, and answers how many. A row is claimed before it is queued, so that
 * two calls at once do not both queue it; what a crash left claimed but never sent comes due again by itself.
 */
export async function handOverOwedMail(env: MailQueues, now: Date): Promise<number> {
  const db = openDatabase(env.DB)
  const urgent = await handOverLane(env.URGENT_MAIL_QUEUE, () => claimDueMails(db, 'urgent', now, CLAIM))
  return urgent + (await handOverLane(env.MAIL_QUEUE, () => claimDueMails(db, 'ordinary', now, CLAIM)))
}

async function handOverLane(queue: Queue, claim: () => Promise<number[]>): Promise<number> {
  let handedOver = 0
  for (let claims = 0; claims < CLAIMS_PER_CALL; claims += 1) {
    const ids = await claim()
    for (let start = 0; start < ids.length; start += QUEUE_BATCH) {
      const messages = ids.slice(start, start + QUEUE_BATCH).map((mailId) => ({ body: { mailId } }))
      await queue.sendBatch(messages)
    }
    handedOver += ids.length
    if (ids.length < CLAIM) break
  }
  return handedOver
}
