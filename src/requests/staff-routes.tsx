import { Hono } from 'hono'
import { calendarDateIn } from '../core/calendar-date.ts'
import { render } from '../core/render.ts'
import { paths } from '../paths.ts'
import type { Settings } from '../program/program.ts'
import { requestKinds } from '../schema.ts'
import {
  loadStaff,
  requirePermission,
  requireStaff,
  type StaffEnv,
  staffChromeOf,
} from '../staff/staff-viewer.ts'
import { courseStanding } from './course-standing-routes.tsx'
import { isSimpleFix } from './decision.ts'
import { assignee } from './desk/assign-routes.ts'
import { cannedAnswers } from './desk/canned-routes.tsx'
import { queuePath, readCursor, readFilter, type Tab } from './desk/queue-filter.ts'
import { requestFile } from './file-routes.ts'
import { type ListedRequest, loadQueue } from './queue-queries.ts'
import { type QueuedRequest, QueuePage } from './queue-views.tsx'
import { review } from './review-routes.tsx'
import { staffThread } from './thread/staff-routes.tsx'
import { dueOn, overdueBefore } from './turn.ts'

const PAGE_SIZE = 50

/** Console › Requests. */
export const staffRequests = new Hono<StaffEnv>()
  .use('/staff/requests/*', loadStaff, requireStaff, requirePermission('requests.view'))
  .route('/', review)
  .route('/', staffThread)
  .route('/', assignee)
  .route('/', courseStanding)
  .route('/', requestFile)
  .route('/', cannedAnswers)

  .get(paths.staff.requests, async (c) => {
    const { db, program, staff, now } = c.var
    const { settings } = program
    const today = calendarDateIn(settings.timeZone, now)
    const filter = readFilter((name) => c.req.query(name), requestKinds)
    const asked = {
      filter,
      staffId: staff.staffId,
      overdueBefore: overdueBefore(settings, today),
      after: readCursor(c.req.query('after')),
      // One more than is shown tells whether there is a next page.
      limit: PAGE_SIZE + 1,
    }
    const { listed, ages, rated } = await loadQueue(db, asked, now)
    const shown = listed.slice(0, PAGE_SIZE)
    const last = listed.length > PAGE_SIZE ? shown.at(-1) : undefined
    const next = last ? queuePath(filter, cursorOf(filter.state, last)) : null
    const requests = shown.map((request) => queued(settings, request))
    const isFirstPage = asked.after === null
    const props = { today, filter, requests, isFirstPage, next, ages, rated }
    return render(c, <QueuePage chrome={staffChromeOf(c)} {...props} />)
  })

function queued(settings: Settings, request: ListedRequest): QueuedRequest {
  const { state, createdAt, turnSince, documentId, isDocumentGone } = request
  return {
    ...request,
    document: documentId === null ? 'none' : isDocumentGone ? 'destroyed' : 'kept',
    askedOn: calendarDateIn(settings.timeZone, createdAt),
    dueOn: state === 'open' ? dueOn(settings, turnSince) : null,
    isSimple: request.kind === 'name_change' && isSimpleFix(request, request.details.to),
  }
}

function cursorOf(tab: Tab, { id, turnSince, decidedAt }: ListedRequest): string {
  return `${(tab === 'ended' ? (decidedAt ?? turnSince) : turnSince).getTime()}.${id}`
}
