import type { Context } from 'hono'
import { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { AppEnv } from '../core/app-env.ts'
import { afterAnswer } from '../core/failure.ts'
import { problem } from '../core/problem.ts'
import { askingNetwork, limitRate } from '../core/rate-limit.ts'
import { logRefusal } from '../core/refusal.ts'
import { sameSecret, sha256Hex } from '../core/tokens.ts'
import { paths } from '../paths.ts'
import { isDeliveryName, LARGEST_DELIVERY_BYTES } from './delivery-name.ts'
import { type DeliveryReport, listReports, loadReport } from './delivery-queries.ts'
import { findFeed, findFeedOfToken } from './feed-queries.ts'
import type { Feed } from './feeds.ts'
import { receiveUpload } from './receive-upload.ts'
import { startNextDelivery } from './start-deliveries.ts'
import { takeIn } from './take-in.ts'

const PROBLEMS_PER_PAGE = 100
const DELIVERIES_LISTED = 100
const TYPES = [
  'application/zip',
  'application/octet-stream',
  'text/tab-separated-values',
  'text/csv',
  'text/plain',
]

type FeedEnv = AppEnv & { Variables: { opens: string | null } }

/**
 * Lets a vendor's machine in by its token, and slows down a network that tries many. A feed's own token opens that feed
 * (`opens`), the deployment's all of them (null).
 */
const requireFeedToken = createMiddleware<FeedEnv>(async function requireFeedToken(c, next) {
  const given = /^Bearer (\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? ''
  await limitRate(c, c.env.API_LIMITER, [askingNetwork(c)])
  const isGeneral = given !== '' && (await sameSecret(given, c.env.FEED_TOKEN))
  const own =
    given === '' || isGeneral ? null : await findFeedOfToken(c.var.db, await sha256Hex(given), c.var.now)
  if (!isGeneral && own === null) {
    logRefusal(c, 'token')
    const refusal = problem(c, 401, 'send the feed token as "Authorization: Bearer <token>"')
    refusal.headers.set('www-authenticate', 'Bearer realm="feeds"')
    return refusal
  }
  c.set('opens', own)
  return next()
})

/** The feed that the address names, where the token opens it: of others nobody learns that they are there. */
async function openFeed(c: Context<FeedEnv>, id: string): Promise<Feed | null> {
  const { opens, db } = c.var
  return opens === null || opens === id ? findFeed(db, id) : null
}

/** How a vendor's machine delivers files and watches what becomes of them. No cookie counts here. */
export const deliveryApi = new Hono<FeedEnv>()
  .put('/api/v1/feeds/:feed/deliveries/:name', requireFeedToken, async (c) => {
    const feed = await openFeed(c, c.req.param('feed'))
    if (!feed) return problem(c, 404, 'there is no such feed')
    if (feed.isStopped) return problem(c, 409, 'this feed is stopped: nothing is taken in')
    const checked = checkUpload(c)
    if (checked instanceof Response) return checked

    const { name, bytes, body } = checked
    const upload = await receiveUpload(c.env.BUCKET, body, bytes)
    if (!upload) return problem(c, 400, 'the body is not as long as Content-Length says')

    const arrival = { ...upload, name, bytes, receivedAt: c.var.now, receivedBy: 'api' as const }
    const { delivery, isNew } = await takeIn(c.var.db, c.env.BUCKET, feed, arrival)
    const done = startNextDelivery(c.env, feed.id, c.var.now)
    afterAnswer(c, { name: 'start delivery', done })
    return c.json(
      {
        id: delivery.id,
        sha256: delivery.sha256,
        bytes: delivery.bytes,
        receivedAt: delivery.receivedAt.toISOString(),
      },
      isNew ? 201 : 200,
      { location: paths.api.delivery(delivery.id), 'cache-control': 'no-store' },
    )
  })
  .get('/api/v1/feeds/:feed/deliveries', requireFeedToken, async (c) => {
    const feed = await openFeed(c, c.req.param('feed'))
    if (!feed) return problem(c, 404, 'there is no such feed')
    const reports = await listReports(c.var.db, feed.id, DELIVERIES_LISTED)
    return c.json({ deliveries: reports.map(toWire) }, 200, { 'cache-control': 'no-store' })
  })
  .get('/api/v1/deliveries/:id', requireFeedToken, async (c) => {
    const page = Number(c.req.query('page') ?? '1')
    if (!Number.isSafeInteger(page) || page < 1 || page > 1_000_000)
      return problem(c, 400, 'page is a number from 1 on')

    const id = c.req.param('id')
    const limit = PROBLEMS_PER_PAGE
    const report = await loadReport(c.var.db, id, { limit: limit + 1, offset: (page - 1) * limit })
    const { opens } = c.var
    if (!report || (opens !== null && opens !== report.delivery.feed)) return problem(c, 404)

    const { problems } = report
    const next = problems.length > limit ? `${paths.api.delivery(id)}?page=${page + 1}` : null
    return c.json({ ...toWire(report), problems: problems.slice(0, limit), next }, 200, {
      'cache-control': 'no-store',
    })
  })

/** A delivery as the API tells it. */
function toWire({ delivery, counts }: Pick<DeliveryReport, 'delivery' | 'counts'>) {
  const { id, feed, name, sha256, bytes, receivedAt, state, failure } = delivery
  return {
    id,
    feed,
    name,
    sha256,
    bytes,
    receivedAt: receivedAt.toISOString(),
    state,
    ...(failure !== null && { failure }),
    counts,
  }
}

/** What can be said against an upload before its body is read. */
function checkUpload(
  c: Context<FeedEnv>,
): Response | { name: string; bytes: number; body: ReadableStream<Uint8Array> } {
  const name = c.req.param('name') ?? ''
  if (!isDeliveryName(name))
    return problem(
      c,
      400,
      'the name may have letters, digits, spaces and _ . ( ) + - and at most 200 characters',
    )

  const type = (c.req.header('content-type') ?? '').split(';')[0]!.trim().toLowerCase()
  if (!TYPES.includes(type)) return problem(c, 415, `the type must be one of ${TYPES.join(', ')}`)

  const length = c.req.header('content-length')
  if (!length) return problem(c, 411, 'say Content-Length')
  const bytes = Number(length)
  if (!/^\d+$/.test(length)) return problem(c, 400, 'Content-Length is not a number')
  if (bytes > LARGEST_DELIVERY_BYTES) return problem(c, 413, 'a delivery has at most 100 MB')
  const { body } = c.req.raw
  if (bytes === 0 || body === null) return problem(c, 400, 'the body is empty')
  return { name, bytes, body }
}
