import { type Context, Hono } from 'hono'
import { staffActor } from '../audit/actions.ts'
import { afterAnswer } from '../core/failure.ts'
import { render } from '../core/render.ts'
import { isDeliveryName, LARGEST_DELIVERY_BYTES } from '../import/delivery-name.ts'
import { findFeed } from '../import/feed-queries.ts'
import type { Feed } from '../import/feeds.ts'
import { receiveUpload } from '../import/receive-upload.ts'
import { startNextDelivery } from '../import/start-deliveries.ts'
import { takeIn } from '../import/take-in.ts'
import type { FieldErrors } from '../layout/form.tsx'
import { paths } from '../paths.ts'
import type { Sender } from '../schema.ts'
import { requirePermission, type StaffEnv, staffChromeOf } from '../staff/staff-viewer.ts'
import { type PostedFile, readPostedFile } from './posted-file.ts'
import { listOpenFeeds } from './upload-queries.ts'
import { UploadPage } from './upload-views.tsx'

/** Of the form around the file. */
const FORM_BYTES = 64 * 1024

/** A vendor's file that came some other way, delivered by one of the staff. */
export const deliveryUpload = new Hono<StaffEnv>()
  .use(paths.staff.newDelivery, requirePermission('deliveries.run'))

  .get(paths.staff.newDelivery, (c) => renderForm(c, c.req.query('feed') ?? ''))

  .post(paths.staff.newDelivery, async (c) => {
    if (Number(c.req.header('content-length')) > LARGEST_DELIVERY_BYTES + FORM_BYTES)
      return renderForm(c, '', { file: ['deliveries.upload.large'] })
    const posted = await readPostedFile(c.req.raw)
    if (!posted.ok) return renderForm(c, '', { file: ['deliveries.upload.missing'] })

    const chosen = posted.value.fields.feed ?? ''
    const feed = /^[a-z0-9-]{1,20}$/.test(chosen) ? await findFeed(c.var.db, chosen) : null
    const errors = faultsOf(posted.value, feed)
    if (feed === null || errors) {
      await posted.value.body.cancel()
      return renderForm(c, chosen, errors ?? {})
    }
    const taken = await receive(c, feed, posted.value)
    if (!taken) return renderForm(c, chosen, { file: ['deliveries.upload.broken'] })

    const { delivery, isNew } = taken
    afterAnswer(c, { name: 'start delivery', done: startNextDelivery(c.env, feed.id, c.var.now) })
    const news = isNew ? 'uploaded' : 'known'
    return c.redirect(`${paths.staff.delivery(delivery.id)}?news=${news}`, 303)
  })

function faultsOf({ fileName, bytes }: PostedFile, feed: Feed | null): FieldErrors | null {
  const errors: Record<string, string[]> = {}
  if (feed === null || feed.isStopped) errors.feed = ['deliveries.upload.no-feed']
  if (fileName === '') errors.file = ['deliveries.upload.missing']
  else if (!isDeliveryName(fileName)) errors.file = ['deliveries.upload.name']
  else if (bytes === 0) errors.file = ['deliveries.upload.empty']
  else if (bytes > LARGEST_DELIVERY_BYTES) errors.file = ['deliveries.upload.large']
  return Object.keys(errors).length === 0 ? null : errors
}

async function receive(c: Context<StaffEnv>, feed: Feed, { fileName, bytes, body }: PostedFile) {
  const { db, staff, now } = c.var
  const upload = await receiveUpload(c.env.BUCKET, body, bytes)
  if (!upload) return null
  return takeIn(db, c.env.BUCKET, feed, {
    ...upload,
    name: fileName,
    bytes,
    receivedAt: now,
    receivedBy: 'api',
    sender: staffActor(staff.staffId) as Sender,
  })
}

async function renderForm(c: Context<StaffEnv>, feed: string, errors?: FieldErrors) {
  const feeds = await listOpenFeeds(c.var.db)
  const props = { feeds, feed, ...(errors && { errors }) }
  return render(c, <UploadPage chrome={staffChromeOf(c)} {...props} />, errors ? 422 : 200)
}
