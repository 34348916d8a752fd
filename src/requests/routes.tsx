import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { calendarDateIn } from '../core/calendar-date.ts'
import { render } from '../core/render.ts'
import { paths } from '../paths.ts'
import { type CandidateEnv, chromeOf, loadViewer, requireCandidate } from '../sign-in/viewer.ts'
import { nameChange } from './name-change-routes.tsx'
import { findOwnRequest, listOwnRequests } from './own-queries.ts'
import { RequestPage } from './own-request-views.tsx'
import { RequestsPage } from './views.tsx'
import { withdrawRequest } from './withdraw-queries.ts'

/** Row ids only: anything else has no page. */
const REQUEST = '/requests/:id{[1-9][0-9]{0,14}}'

/** Profile › Requests: what the signed-in candidate asked of staff, and what became of it. */
export const requests = new Hono<CandidateEnv>()
  .use('/requests/*', loadViewer, requireCandidate)
  .route('/', nameChange)

  .get(paths.requests, async (c) => {
    const { db, viewer, program } = c.var
    const own = await listOwnRequests(db, viewer.candidateId)
    const { email } = program.settings.support
    return render(c, <RequestsPage chrome={chromeOf(c)} requests={own} supportEmail={email} />)
  })

  .get(REQUEST, async (c) => {
    const request = await findOwnRequest(c.var.db, c.var.viewer.candidateId, Number(c.req.param('id')))
    if (!request) throw new HTTPException(404)
    const { photoSentAt, photoDestroyedAt } = request
    const photo = photoSentAt && { sentAt: photoSentAt, destroyedAt: photoDestroyedAt }
    const isRepeated = c.req.query('repeated') !== undefined
    const { program } = c.var
    const today = calendarDateIn(program.settings.timeZone, c.var.now)
    return render(c, <RequestPage chrome={chromeOf(c)} {...{ request, photo, isRepeated, program, today }} />)
  })

  .post(`${REQUEST}/withdrawal`, async (c) => {
    const { db, viewer, now } = c.var
    const { candidateId } = viewer
    const id = Number(c.req.param('id'))
    if (!(await findOwnRequest(db, candidateId, id))) throw new HTTPException(404)
    await withdrawRequest(db, { candidateId, id }, now)
    return c.redirect(paths.request(id), 303)
  })

  // Whoever comes here after signing in again is shown what there is to withdraw.
  .get(`${REQUEST}/withdrawal`, (c) => c.redirect(paths.request(Number(c.req.param('id'))), 303))
