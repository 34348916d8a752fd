import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { type AppEnv, factory } from '../../core/app-env.ts'
import { keyedHash, readKeyring } from '../../core/keyring.ts'
import { problem } from '../../core/problem.ts'
import { askingNetwork, limitRate } from '../../core/rate-limit.ts'
import { logRefusal } from '../../core/refusal.ts'
import { insertEvents, type NewEvent } from './queries.ts'
import { type ReadEvent, readEvents } from './read-events.ts'
import { eventSecretsOf } from './secret.ts'
import { isSignedWith, readSignature } from './signature.ts'

const LARGEST_BODY_BYTES = 256 * 1024

const withinBodyLimit = bodyLimit({
  maxSize: LARGEST_BODY_BYTES,
  onError: (c) => problem(c, 413, 'the body may have 256 KB'),
})

/** Before anything of the body is read. */
const slowDown = factory.createMiddleware(async function slowDown(c, next) {
  await limitRate(c, c.env.API_LIMITER, [askingNetwork(c)])
  return next()
})

/**
 * How a vendor tells what happened the moment it happens. Whatever is wrong with a signature, the answer is the same,
 * and the same for a feed that takes no events or is none.
 */
export const eventApi = factory
  .createApp()
  .post('/api/v1/feeds/:feed/events', slowDown, withinBodyLimit, async (c) => {
    const signature = readSignature(
      { timestamp: c.req.header('testamur-timestamp'), signature: c.req.header('testamur-signature') },
      c.var.now,
    )
    if (!signature) return refuseSignature(c)
    const feed = c.req.param('feed')
    const body = new Uint8Array(await c.req.arrayBuffer())
    const secrets = await eventSecretsOf(c.env, feed, c.var.now)
    if (!(await isSignedWith(secrets, signature, body))) return refuseSignature(c)

    const type = (c.req.header('content-type') ?? '').split(';')[0]!.trim().toLowerCase()
    if (type !== 'application/json') return problem(c, 415, 'the type must be application/json')
    const read = readEvents(body, signature.signedAt)
    if (!read.ok) return problem(c, 422, 'some of it is malformed, and nothing was taken', read.refusal)

    const events = await Promise.all(read.value.map((each) => identified(c.env, each)))
    const accepted = await insertEvents(c.var.db, feed, events, c.var.now)
    return c.json({ accepted, known: events.length - accepted }, 202, { 'cache-control': 'no-store' })
  })

function refuseSignature(c: Context<AppEnv>): Response {
  logRefusal(c, 'signature')
  const detail =
    'sign it with the secret of the feed, in Testamur-Signature, at the time in Testamur-Timestamp'
  const refusal = problem(c, 401, detail)
  refusal.headers.set('www-authenticate', 'Testamur-Signature realm="feeds"')
  return refusal
}

/** What has no id is known by all that it says, under a key: what it says of somebody must not be found by trying. */
async function identified(env: Pick<Env, 'SEAL_KEY'>, { sent, event }: ReadEvent): Promise<NewEvent> {
  const { id, kind, happenedAt, row } = event
  return {
    eventId: id ?? (await keyedHash(readKeyring(env.SEAL_KEY)[0], 'event 1', sent)),
    kind,
    happenedAt,
    row,
  }
}
