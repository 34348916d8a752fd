import { Hono } from 'hono'
import { calendarDateIn } from '../core/calendar-date.ts'
import { render } from '../core/render.ts'
import { paths } from '../paths.ts'
import { type CandidateEnv, chromeOf, loadViewer, requireCandidate } from '../sign-in/viewer.ts'
import { certificationStatus } from './certification-status.ts'
import { loadStatus } from './status-queries.ts'
import { StatusPage } from './views.tsx'

export const certifications = new Hono<CandidateEnv>()
  .use(paths.status, loadViewer, requireCandidate)

  .get(paths.status, async (c) => {
    const { program, viewer, now, db } = c.var
    const today = calendarDateIn(program.settings.timeZone, now)
    const record = await loadStatus(db, viewer.candidateId)
    const status = certificationStatus(program, record, today)
    return render(c, <StatusPage chrome={chromeOf(c)} program={program} today={today} status={status} />)
  })
