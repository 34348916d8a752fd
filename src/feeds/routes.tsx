import { Hono } from 'hono'
import * as v from 'valibot'
import { fieldErrors } from '../core/form-errors.ts'
import { readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { render } from '../core/render.ts'
import { paths } from '../paths.ts'
import {
  loadStaff,
  requirePermission,
  requireStaff,
  type StaffEnv,
  staffChromeOf,
} from '../staff/staff-viewer.ts'
import { insertFeed } from './change-queries.ts'
import { whoOf } from './feed-path.ts'
import { feedPages } from './feed-routes.tsx'
import { FeedsPage, NewFeedPage } from './list-views.tsx'
import { mapPages } from './map-routes.tsx'
import { listFeedsInUse, MOST_COUNTED } from './queries.ts'
import { NewFeedForm, settingsToStartWith } from './starting-points.ts'
import { taughtPages } from './taught-routes.tsx'
import { testPages } from './test-routes.tsx'
import { tokenPages } from './token-routes.tsx'

/** How feeds are set, tested and mapped: for staff. */
export const feedsConsole = new Hono<StaffEnv>()
  .use('/staff/feeds/*', loadStaff, requireStaff, requirePermission('feeds.view'))

  .get(paths.staff.feeds, async (c) => {
    const feeds = await listFeedsInUse(c.var.db)
    return render(c, <FeedsPage chrome={staffChromeOf(c)} feeds={feeds} mostCounted={MOST_COUNTED} />)
  })

  .get(paths.staff.newFeed, requirePermission('feeds.change'), (c) =>
    render(c, <NewFeedPage chrome={staffChromeOf(c)} />),
  )

  .post(paths.staff.newFeed, requirePermission('feeds.change'), withinFormLimit, async (c) => {
    const fields = await readFormFields(c)
    const again = (errors: Record<string, string[]>) => {
      const [id, name, start] = ['id', 'name', 'start'].map((field) => typedText(fields, field))
      const typed = { id: id!, name: name!, start: start! }
      return render(c, <NewFeedPage chrome={staffChromeOf(c)} typed={typed} errors={errors} />, 422)
    }
    const form = v.safeParse(NewFeedForm, fields)
    if (!form.success) return again(fieldErrors(form.issues))
    const { id, name, start } = form.output
    const isMade = await insertFeed(c.var.db, { id, name, settings: settingsToStartWith(start) }, whoOf(c))
    return isMade ? c.redirect(`${paths.staff.feed(id)}?made`, 303) : again({ id: ['feeds.id.taken'] })
  })

  .route('/', feedPages)
  .route('/', tokenPages)
  .route('/', testPages)
  .route('/', mapPages)
  .route('/', taughtPages)
