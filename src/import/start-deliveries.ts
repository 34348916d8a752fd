import { openDatabase } from '../core/database.ts'
import {
  claimNextDelivery,
  finishDelivery,
  handToInstance,
  listRunningDeliveries,
  type RunningDelivery,
} from './delivery-queries.ts'
import { listFeeds } from './feed-queries.ts'

export type ImportParams = { deliveryId: string; at: number }

type Bindings = Pick<Env, 'DB' | 'IMPORT_WORKFLOW'>

/**
 * An import that has not got on for so long is taken for dead, whatever its engine says: a local one that was
 * killed is said to be running for ever. A second instance beside a slow first one does no harm.
 */
const STALLED_AFTER_MS = 5 * 60_000
const MOST_ATTEMPTS = 3

/** Starts the next delivery of the feed, unless one is being imported; answers whether it did. */
export async function startNextDelivery(env: Bindings, feed: string, now: Date): Promise<boolean> {
  const delivery = await claimNextDelivery(openDatabase(env.DB), feed)
  if (!delivery) return false
  await startInstance(env, delivery.id, delivery.instanceId!, now)
  return true
}

/** Starts what waits in every feed, after looking after what is under way. */
export async function startDeliveries(env: Bindings, now: Date): Promise<void> {
  for (const running of await listRunningDeliveries(openDatabase(env.DB))) await lookAfter(env, running, now)
  for (const feed of await listFeeds(openDatabase(env.DB)))
    if (!feed.isStopped) await startNextDelivery(env, feed.id, now)
}

/**
 * An instance that died is followed by another, which goes on where the first was stopped: what was applied is
 * known chunk by chunk. After some attempts the delivery is given up, so that the feed can go on.
 */
async function lookAfter(env: Bindings, running: RunningDelivery, now: Date): Promise<void> {
  const found = await findInstance(env, running.instanceId)
  if (found === null) return startInstance(env, running.id, running.instanceId, now)

  const { status, error } = found
  const hasEnded = status === 'errored' || status === 'terminated' || status === 'complete'
  if (!hasEnded && running.idleMs < STALLED_AFTER_MS) return

  const db = openDatabase(env.DB)
  const attempt = Number(/-again-(\d+)$/.exec(running.instanceId)?.[1] ?? 1) + 1
  if (hasEnded && attempt > MOST_ATTEMPTS) {
    const failure = `the import stopped ${MOST_ATTEMPTS} times: ${error?.message ?? status}`
    return finishDelivery(db, running.id, { state: 'failed', failure })
  }
  const instanceId = `${running.instanceId.replace(/-again-\d+$/, '')}-again-${attempt}`
  if (await handToInstance(db, running, instanceId)) await startInstance(env, running.id, instanceId, now)
}

async function findInstance(env: Bindings, id: string): Promise<InstanceStatus | null> {
  try {
    return await (await env.IMPORT_WORKFLOW.get(id)).status()
  } catch (error) {
    if (/not.?found/i.test(String(error))) return null
    throw error
  }
}

async function startInstance(env: Bindings, deliveryId: string, id: string, now: Date): Promise<void> {
  const params: ImportParams = { deliveryId, at: now.getTime() }
  try {
    await env.IMPORT_WORKFLOW.create({ id, params })
  } catch (error) {
    // Somebody who claimed it before us started it, which is as good.
    if (!/already.?exists/i.test(String(error))) throw error
  }
}
