import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { render } from '../core/render.ts'
import { paths } from '../paths.ts'
import { type CandidateEnv, chromeOf, loadViewer, requireCandidate } from '../sign-in/viewer.ts'
import { questions } from './ask/question-routes.tsx'
import { nameChange } from './name-change-routes.tsx'
import { findOwnRequest, listOwnRequests } from './own-queries.ts'
import { showRequest } from './show-request.tsx'
import { replyLinks } from './thread/link-routes.tsx'
import { ownThread } from './thread/own-routes.tsx'
import { RequestsPage } from './views.tsx'
import { withdrawRequest } from './withdraw-queries.ts'

/** Row ids only: anything else has no page. */
const REQUEST = '/requests/:id{[1-9][0-9]{0,14}}'

/** Profile › Requests: what the signed-in candidate asked of staff, and what became of it. */
export const requests = new Hono<CandidateEnv>()
  .use('/requests/*', loadViewer, requireCandidate)
  .route('/', nameChange)
  .route('/', questions)
  .route('/', ownThread)
  .route('/', replyLinks)

  .get(paths.requests, async (c) => {
    const own = await listOwnRequests(c.var.db, c.var.viewer.candidateId)
    return render(c, <RequestsPage chrome={chromeOf(c)} requests={own} />)
  })

  .get(REQUEST, (c) => {
    const said = (['repeated', 'sent'] as const).find((name) => c.req.query(name) !== undefined)
    return showRequest(c, Number(c.req.param('id')), { notice: said ?? null })
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
