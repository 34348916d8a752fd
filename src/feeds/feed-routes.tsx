import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { render } from '../core/render.ts'
import { type Feed, vendorTimeOf } from '../import/feeds.ts'
import type { FieldErrors } from '../layout/form.tsx'
import { paths } from '../paths.ts'
import { requirePermission, type StaffEnv, staffChromeOf } from '../staff/staff-viewer.ts'
import { changeFeed, setStopped } from './change-queries.ts'
import { FEED, requireFeed, typedVersion, whoOf } from './feed-path.ts'
import { FEED_NOTICES, FeedPage } from './feed-views.tsx'
import type { FileTime } from './file-time-views.tsx'
import { findFeedPage, MOST_COUNTED, type NamedDelivery } from './queries.ts'
import { readSettings, type SettingValues, typedSettings } from './settings-form.ts'
import { StopPage } from './stop-views.tsx'

const STOP = `${FEED}/stop`

/** One feed: how it is doing, how files come in, and its settings. */
export const feedPages = new Hono<StaffEnv>()
  .get(FEED, (c) => renderFeed(c))

  .post(FEED, requirePermission('feeds.change'), withinFormLimit, async (c) => {
    const fields = await readFormFields(c)
    const typed = typedSettings(fields)
    const feed = await requireFeed(c)
    const read = readSettings(typed, feed.stored)
    if (!read.ok) return renderFeed(c, { typed, errors: read.refusal }, 422)
    const seen = { id: feed.id, version: typedVersion(typedText(fields, 'version')) }
    const isSaved = await changeFeed(c.var.db, seen, read.value, whoOf(c))
    if (!isSaved) return renderFeed(c, { typed, isLate: true }, 409)
    return c.redirect(`${paths.staff.feed(feed.id)}?saved`, 303)
  })

  .get(STOP, requirePermission('feeds.change'), async (c) => {
    const feed = await requireFeed(c)
    return render(c, <StopPage chrome={staffChromeOf(c)} feed={feed} />)
  })

  .post(STOP, requirePermission('feeds.change'), withinFormLimit, async (c) => {
    const { id } = await requireFeed(c)
    const isStopped = typedText(await readFormFields(c), 'to') !== 'in-use'
    await setStopped(c.var.db, id, isStopped, whoOf(c))
    return c.redirect(`${paths.staff.feed(id)}?${isStopped ? 'stopped' : 'started'}`, 303)
  })

type Shown = { typed?: SettingValues; errors?: FieldErrors; isLate?: boolean }

async function renderFeed(c: Context<StaffEnv>, shown: Shown = {}, status: ContentfulStatusCode = 200) {
  const page = await findFeedPage(c.var.db, c.req.param('id') ?? '')
  if (!page) throw new HTTPException(404)
  const notice = FEED_NOTICES.find((name) => c.req.query(name) !== undefined) ?? null
  const times = page.newest.map((delivery) => fileTimeOf(page.feed, delivery))
  const { oldTokenUntil } = page.feed
  const isOver = oldTokenUntil !== null && oldTokenUntil <= c.var.now
  const feed = { ...page.feed, oldTokenUntil: isOver ? null : oldTokenUntil }
  return render(
    c,
    <FeedPage
      chrome={staffChromeOf(c)}
      origin={c.env.PUBLIC_ORIGIN}
      {...page}
      feed={feed}
      mostCounted={MOST_COUNTED}
      fileTimes={times}
      notice={notice}
      {...shown}
    />,
    status,
  )
}

function fileTimeOf(feed: Feed, { name, receivedAt }: NamedDelivery): FileTime {
  const at = vendorTimeOf(name, receivedAt, feed)
  return { name, at: at === receivedAt.getTime() ? null : new Date(at) }
}
