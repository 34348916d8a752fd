import { openDatabase } from '../core/database.ts'
import {
  claimNextDelivery,
  type DeliveryEnd,
  findDelivery,
  finishDelivery,
  handToInstance,
  listRunningDeliveries,
  type RunningDelivery,
} from './delivery-queries.ts'
import { listFeeds } from './feed-queries.ts'
import type { OpenedDelivery } from './open-members.ts'
import type { Compared } from './stage-tables.ts'

/** How far a run has come. An instance that knows it weighs nothing a second time, and opens what was not handed on. */
export type Reached =
  | { phase: 'opening' }
  | { phase: 'staging'; opened: OpenedDelivery | null; compared?: Compared }
  | { phase: 'applying'; opened: OpenedDelivery | null }
  | { phase: 'settling'; end: DeliveryEnd }

/** `reached`: by the instances before, where one was not enough. */
export type ImportParams = { deliveryId: string; at: number; reached?: Reached }

type Bindings = Pick<Env, 'DB' | 'IMPORT_WORKFLOW'>

/**
 * An import that has not got on for so long is taken for dead, whatever its engine says: a local one that was
 * killed is said to be running for ever. A second instance beside a slow first one does no harm.
 */
const STALLED_AFTER_MS = 5 * 60_000
const MOST_ATTEMPTS = 3
/** The platform takes 1 MiB. A delivery whose headers are longer is opened again. */
const MOST_PARAM_CHARACTERS = 250_000

/** Starts the next delivery of the feed, unless one is being imported; answers whether it did. */
export async function startNextDelivery(env: Bindings, feed: string, now: Date): Promise<boolean> {
  const delivery = await claimNextDelivery(openDatabase(env.DB), feed)
  if (!delivery) return false
  await startInstance(env, { deliveryId: delivery.id, at: now.getTime() }, delivery.instanceId!)
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
  const params = { deliveryId: running.id, at: now.getTime() }
  if (found === null) return startInstance(env, params, running.instanceId)

  const { status, error } = found
  const hasEnded = status === 'errored' || status === 'terminated' || status === 'complete'
  if (!hasEnded && running.idleMs < STALLED_AFTER_MS) return

  const db = openDatabase(env.DB)
  const { part, attempt } = readInstanceId(running.instanceId)
  if (hasEnded && attempt >= MOST_ATTEMPTS) {
    const failure = `the import stopped ${MOST_ATTEMPTS} times: ${error?.message ?? status}`
    return finishDelivery(db, running.id, { state: 'failed', failure })
  }
  const instanceId = instanceIdOf(running.instanceId, { part, attempt: attempt + 1 })
  if (await handToInstance(db, running, instanceId)) await startInstance(env, params, instanceId)
}

/** Has a further instance go on with what this one has begun, unless another has taken it over. */
export async function handOn(env: Bindings, instanceId: string, params: ImportParams): Promise<void> {
  const db = openDatabase(env.DB)
  const { deliveryId: id, reached, ...rest } = params
  const next = instanceIdOf(instanceId, { part: readInstanceId(instanceId).part + 1, attempt: 1 })
  const isOurs =
    (await handToInstance(db, { id, instanceId }, next)) || (await findDelivery(db, id))?.instanceId === next
  if (!isOurs) return
  await startInstance(env, { ...rest, deliveryId: id, ...(reached && { reached: shortened(reached) }) }, next)
}

function shortened(reached: Reached): Reached {
  const isShort = JSON.stringify(reached).length <= MOST_PARAM_CHARACTERS
  return isShort || !('opened' in reached) ? reached : { ...reached, opened: null }
}

const SUFFIX = /(?:_p(\d+))?(?:_a(\d+))?$/

/** Which part of the run an instance does, and the how-manieth to try it is. */
function readInstanceId(id: string): { part: number; attempt: number } {
  const [, part = 1, attempt = 1] = SUFFIX.exec(id)!
  return { part: Number(part), attempt: Number(attempt) }
}

function instanceIdOf(id: string, { part, attempt }: { part: number; attempt: number }): string {
  const ofPart = part === 1 ? '' : `_p${part}`
  return id.replace(SUFFIX, ofPart + (attempt === 1 ? '' : `_a${attempt}`))
}

async function findInstance(env: Bindings, id: string): Promise<InstanceStatus | null> {
  try {
    return await (await env.IMPORT_WORKFLOW.get(id)).status()
  } catch (error) {
    if (/not.?found/i.test(String(error))) return null
    throw error
  }
}

async function startInstance(env: Bindings, params: ImportParams, id: string): Promise<void> {
  try {
    await env.IMPORT_WORKFLOW.create({ id, params })
  } catch (error) {
    // Somebody who claimed it before us started it, which is as good.
    if (!/already.?exists/i.test(String(error))) throw error
  }
}
