import { Hono } from 'hono'
import { render } from '../core/render.ts'
import { paths } from '../paths.ts'
import { type CandidateEnv, chromeOf, loadViewer, requireCandidate } from '../sign-in/viewer.ts'
import { listActivity } from './queries.ts'
import { ActivityPage } from './views.tsx'

/** Profile → Account activity. */
export const activity = new Hono<CandidateEnv>()
  .use(paths.activity, loadViewer, requireCandidate)

  .get(paths.activity, async (c) => {
    const asked = c.req.query('before') ?? ''
    const before = /^[1-9]\d{0,14}$/.test(asked) ? Number(asked) : null
    const page = await listActivity(c.var.db, c.var.viewer.candidateId, before)
    return render(c, <ActivityPage chrome={chromeOf(c)} {...page} isFirst={before === null} />)
  })
