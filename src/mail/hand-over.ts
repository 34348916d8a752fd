import { openDatabase } from '../core/database.ts'
import { type ClaimedMail, claimDueMails } from './queries.ts'

/**
 * What the queue carries: the row says everything else. `attempts` were made before it was queued, so that of
 * two messages about one mail, which a queue may deliver at once, only one leads to another.
 */
export type MailMessage = { mailId: number; attempts: number }

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

async function handOverLane(queue: Queue, claim: () => Promise<ClaimedMail[]>): Promise<number> {
  let handedOver = 0
  for (let claims = 0; claims < CLAIMS_PER_CALL; claims += 1) {
    const claimed = await claim()
    const messages = claimed.map(({ id, attempts }) => ({ body: { mailId: id, attempts } }))
    for (let start = 0; start < messages.length; start += QUEUE_BATCH)
      await queue.sendBatch(messages.slice(start, start + QUEUE_BATCH))
    handedOver += claimed.length
    if (claimed.length < CLAIM) break
  }
  return handedOver
}
