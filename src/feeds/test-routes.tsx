import { type Context, Hono } from 'hono'
import { readFormFields } from '../core/posted-form.ts'
import { render } from '../core/render.ts'
import { type StaffEnv, staffChromeOf } from '../staff/staff-viewer.ts'
import { FEED, requireFeed, triedWith } from './feed-path.ts'
import { readSampleFile, withinSampleLimit } from './sample-form.ts'
import { deleteSample, keepSample } from './samples.ts'
import { TestPage } from './test-views.tsx'
import { trySample } from './try-sample.ts'

const TEST = `${FEED}/test`

/** A file is read as a delivery would be, and nothing of it stays. */
export const testPages = new Hono<StaffEnv>()
  .get(TEST, async (c) => {
    const feed = await requireFeed(c)
    return render(c, <TestPage chrome={staffChromeOf(c)} feed={feed} />)
  })

  .post(TEST, withinSampleLimit(refuseUnread), async (c) => {
    const feed = await requireFeed(c)
    const chrome = staffChromeOf(c)
    const file = readSampleFile(await readFormFields(c))
    if (!file.ok)
      return render(c, <TestPage chrome={chrome} feed={feed} errors={{ sample: [file.refusal] }} />, 422)

    const owner = { staffId: c.var.staff.staffId, feed: feed.id }
    const sample = await keepSample(c.env.BUCKET, file.value, owner)
    try {
      const tried = await trySample(triedWith(c, feed), sample)
      return await render(c, <TestPage chrome={chrome} feed={feed} tried={tried} />)
    } finally {
      await deleteSample(c.env.BUCKET, sample)
    }
  })

async function refuseUnread(c: Context<StaffEnv>) {
  const feed = await requireFeed(c)
  const errors = { sample: ['feeds.sample.large'] }
  return render(c, <TestPage chrome={staffChromeOf(c)} feed={feed} errors={errors} />, 422)
}
