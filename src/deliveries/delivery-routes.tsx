import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { afterAnswer } from '../core/failure.ts'
import { readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { render } from '../core/render.ts'
import { findDelivery } from '../import/delivery-queries.ts'
import { loadFeed } from '../import/feed-queries.ts'
import { startNextDelivery } from '../import/start-deliveries.ts'
import type { FieldErrors } from '../layout/form.tsx'
import { paths } from '../paths.ts'
import { requirePermission, type StaffEnv, staffChromeOf } from '../staff/staff-viewer.ts'
import { readLineCursor } from './delivery-detail.ts'
import { type DeliveryNews, DeliveryPage } from './delivery-views.tsx'
import { findDeliveryDetail } from './detail-queries.ts'
import { askForRun, type SeenRun, setAside } from './run-queries.ts'

/** Ids that we gave: anything else has no page. */
export const DELIVERY = '/staff/deliveries/:id{[0-9a-f]{8}-[0-9a-f-]{27}}'

const NEWS: readonly DeliveryNews[] = ['uploaded', 'known', 'asked', 'waits', 'set-aside', 'late']

/** One delivery, and what staff decide about it. */
export const oneDelivery = new Hono<StaffEnv>()
  .get(DELIVERY, (c) => renderDelivery(c, c.req.param('id')))

  .post(`${DELIVERY}/run`, requirePermission('deliveries.run'), withinFormLimit, async (c) => {
    const { db, staff, now } = c.var
    const { seen, feed, fields } = await readSeen(c, c.req.param('id'))
    const decision = fields.decision === 'let-through' ? 'let-through' : 'again'
    if (decision === 'let-through' && fields.sure !== 'on')
      return renderDelivery(c, seen.id, { sure: ['deliveries.let-through.sure.missing'] })

    const isAsked = await askForRun(db, seen, decision, staff.staffId, now)
    if (!isAsked) return c.redirect(newsPath(seen.id, 'late'), 303)
    // A feed that is stopped takes up nothing, and this waits with the others.
    const { isStopped } = await loadFeed(db, feed)
    if (!isStopped) afterAnswer(c, { name: 'start delivery', done: startNextDelivery(c.env, feed, now) })
    return c.redirect(newsPath(seen.id, isStopped ? 'waits' : 'asked'), 303)
  })

  .post(`${DELIVERY}/set-aside`, requirePermission('deliveries.run'), withinFormLimit, async (c) => {
    const { db, staff, now, t } = c.var
    const { seen } = await readSeen(c, c.req.param('id'))
    const isDone = await setAside(db, seen, staff.staffId, t('deliveries.set-aside.failure'), now)
    return c.redirect(newsPath(seen.id, isDone ? 'set-aside' : 'late'), 303)
  })

function newsPath(id: string, news: DeliveryNews): string {
  return `${paths.staff.delivery(id)}?news=${news}`
}

/** The delivery as it was on the page from which the form was sent. */
async function readSeen(c: Context<StaffEnv>, id: string) {
  const delivery = await findDelivery(c.var.db, id)
  if (!delivery) throw new HTTPException(404)
  const fields = await readFormFields(c)
  const run = /^[1-9]\d{0,8}$/.exec(typedText(fields, 'run'))?.[0]
  if (run === undefined) throw new HTTPException(400)
  const seen: SeenRun = { id, run: Number(run) }
  return { seen, feed: delivery.feed, fields }
}

async function renderDelivery(c: Context<StaffEnv>, id: string, errors?: FieldErrors) {
  const { db, now } = c.var
  const onlyWaiting = c.req.query('rows') !== 'all'
  const detail = await findDeliveryDetail(db, {
    id,
    onlyWaiting,
    problemsAfter: readLineCursor(c.req.query('rows-after')),
    versionsAfter: readLineCursor(c.req.query('versions-after')),
    coursesAfter: readLineCursor(c.req.query('courses-after')),
  })
  if (!detail) throw new HTTPException(404)
  const news = NEWS.find((one) => one === c.req.query('news')) ?? null
  const props = { now, detail, onlyWaiting, news, ...(errors && { errors }) }
  return render(c, <DeliveryPage chrome={staffChromeOf(c)} {...props} />, errors ? 422 : 200)
}
