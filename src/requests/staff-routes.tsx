import { type Context, Hono } from 'hono'
import { calendarDateIn } from '../core/calendar-date.ts'
import { render } from '../core/render.ts'
import { paths } from '../paths.ts'
import { requestKinds } from '../schema.ts'
import {
  loadStaff,
  requirePermission,
  requireStaff,
  type StaffEnv,
  staffChromeOf,
} from '../staff/staff-viewer.ts'
import { isSimpleFix } from './decision.ts'
import { requestFile } from './file-routes.ts'
import { type Cursor, type ListedRequest, listRequests } from './queue-queries.ts'
import { type QueuedRequest, QueuePage, queuePath, type Tab } from './queue-views.tsx'
import { review } from './review-routes.tsx'

const PAGE_SIZE = 50

/** Console › Requests. */
export const staffRequests = new Hono<StaffEnv>()
  .use('/staff/requests/*', loadStaff, requireStaff, requirePermission('requests.view'))
  .route('/', review)
  .route('/', requestFile)

  .get(paths.staff.requests, async (c) => {
    const { db, program, now } = c.var
    const tab: Tab = c.req.query('tab') === 'decided' ? 'decided' : 'open'
    const kind = requestKinds.find((one) => one === c.req.query('kind')) ?? null
    const after = readCursor(c.req.query('after'))
    // One more than is shown tells whether there is a next page.
    const found = await listRequests(db, { tab, kind, after, limit: PAGE_SIZE + 1 })
    const shown = found.slice(0, PAGE_SIZE)
    const last = found.length > PAGE_SIZE ? shown.at(-1) : undefined
    const next = last ? queuePath(tab, kind, cursorOf(tab, last)) : null
    const today = calendarDateIn(program.settings.timeZone, now)
    const requests = shown.map((request) => queued(c, request))
    return render(c, <QueuePage chrome={staffChromeOf(c)} {...{ today, tab, kind, requests, next }} />)
  })

function queued(c: Context<StaffEnv>, request: ListedRequest): QueuedRequest {
  const { createdAt, photoId, photoDestroyedAt } = request
  const photo = photoId === null ? 'none' : photoDestroyedAt === null ? 'kept' : 'destroyed'
  return {
    ...request,
    photo,
    askedOn: calendarDateIn(c.var.program.settings.timeZone, createdAt),
    isSimple: request.kind === 'name_change' && isSimpleFix(request, request.details.to),
  }
}

function cursorOf(tab: Tab, { id, createdAt, decidedAt }: ListedRequest): string {
  return `${(tab === 'open' ? createdAt : (decidedAt ?? createdAt)).getTime()}.${id}`
}

/** Anything else begins at the first page. */
function readCursor(text: string | undefined): Cursor | null {
  const [, at, id] = /^(\d{1,15})\.(\d{1,15})$/.exec(text ?? '') ?? []
  return at !== undefined && id !== undefined ? { at: Number(at), id: Number(id) } : null
}
