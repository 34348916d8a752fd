import { Hono } from 'hono'
import { render } from '../core/render.ts'
import { paths } from '../paths.ts'
import {
  loadStaff,
  requirePermission,
  requireStaff,
  type StaffEnv,
  staffChromeOf,
} from '../staff/staff-viewer.ts'
import { bulk } from './bulk-routes.tsx'
import { quarantineExport } from './export-routes.ts'
import { listPath, readCursor, readFilter, writeCursor } from './list-filter.ts'
import { type ListedRow, loadWaitingList } from './list-queries.ts'
import { WaitingListPage } from './list-views.tsx'
import { reviews } from './review-routes.tsx'
import { quarantinedRow } from './row-routes.tsx'

const PAGE_SIZE = 50

/** Console › Deliveries › Quarantine and Reviews: rows that wait, and results that changed for the worse. */
export const quarantineConsole = new Hono<StaffEnv>()
  .use('/staff/quarantine/*', loadStaff, requireStaff, requirePermission('deliveries.view'))
  .use(paths.staff.quarantineExport, loadStaff, requireStaff, requirePermission('deliveries.view'))
  .use('/staff/reviews/*', loadStaff, requireStaff, requirePermission('deliveries.view'))
  .route('/', quarantineExport)
  .route('/', bulk)
  .route('/', quarantinedRow)
  .route('/', reviews)

  .get(paths.staff.quarantine, async (c) => {
    const { db, now } = c.var
    const filter = readFilter((name) => c.req.query(name))
    const after = readCursor(c.req.query('after'))
    // One more than is shown tells whether there is a next page.
    const found = await loadWaitingList(db, filter, { after, limit: PAGE_SIZE + 1 }, now)
    const rows = found.rows.slice(0, PAGE_SIZE)
    const last = found.rows.length > PAGE_SIZE ? rows.at(-1) : undefined
    const next = last ? listPath(filter, { after: writeCursor(cursorOf(last)) }) : null
    const done = readCount(c.req.query('done'))
    return render(
      c,
      <WaitingListPage chrome={staffChromeOf(c)} {...{ ...found, rows, filter, next, done, now }} />,
    )
  })

function cursorOf({ reason, quarantinedAt, deliveryId, member, line }: ListedRow) {
  return [reason, quarantinedAt, deliveryId, member, line] as [string, number, string, string, number]
}

function readCount(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,7}$/.test(text) ? Number(text) : null
}
