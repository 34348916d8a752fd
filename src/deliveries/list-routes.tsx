import { Hono } from 'hono'
import { calendarDateIn } from '../core/calendar-date.ts'
import { render } from '../core/render.ts'
import { paths } from '../paths.ts'
import { type StaffEnv, staffChromeOf } from '../staff/staff-viewer.ts'
import { type ListFilter, listCursorOf, listPath, readListCursor, readTab } from './delivery-list.ts'
import { importDays, PICTURE_DAYS } from './import-picture.ts'
import { listDeliveries } from './list-queries.ts'
import { DeliveriesPage } from './list-views.tsx'

const PAGE_SIZE = 50
const DAY_MS = 86_400_000

export const deliveryList = new Hono<StaffEnv>().get(paths.staff.deliveries, async (c) => {
  const { db, program, now } = c.var
  const feed = c.req.query('feed')
  const asked: ListFilter = {
    tab: readTab(c.req.query('state')),
    feed: feed && /^[a-z0-9-]{1,20}$/.test(feed) ? feed : null,
  }
  // A day more than is drawn: the program's day may have begun before that of UTC.
  const pictureSince = new Date(now.getTime() - (PICTURE_DAYS + 1) * DAY_MS)
  // One more than is shown tells whether there is a next page.
  const after = readListCursor(c.req.query('after'))
  const { found, feeds, picture } = await listDeliveries(db, {
    ...asked,
    after,
    limit: PAGE_SIZE + 1,
    pictureSince,
  })
  const deliveries = found.slice(0, PAGE_SIZE)
  const last = found.length > PAGE_SIZE ? deliveries.at(-1) : undefined
  const { timeZone } = program.settings
  return render(
    c,
    <DeliveriesPage
      chrome={staffChromeOf(c)}
      now={now}
      filter={asked}
      feeds={feeds}
      deliveries={deliveries}
      days={importDays(picture, calendarDateIn(timeZone, now), timeZone)}
      next={last ? listPath(asked, listCursorOf(last)) : null}
    />,
  )
})
