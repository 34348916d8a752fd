import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { calendarDateIn } from '../core/calendar-date.ts'
import { render } from '../core/render.ts'
import { paths } from '../paths.ts'
import { type CandidateEnv, chromeOf, loadViewer, requireCandidate } from '../sign-in/viewer.ts'
import { certificationStatus, isActive } from './certification-status.ts'
import { expiryCalendar } from './expiry-calendar.ts'
import { keepingsFor } from './kept-awards.ts'
import { planner } from './planner-routes.tsx'
import { loadStatus } from './status-queries.ts'
import { StatusPage } from './views.tsx'

export const certifications = new Hono<CandidateEnv>()
  .route('/', planner)
  .use(paths.status, loadViewer, requireCandidate)
  .use(paths.expiryCalendar, loadViewer, requireCandidate)

  .get(paths.status, async (c) => {
    const { program, viewer, now, db } = c.var
    const today = calendarDateIn(program.settings.timeZone, now)
    const record = await loadStatus(db, viewer.candidateId)
    const status = certificationStatus(program, record, today)
    const keepings = keepingsFor(record, status.awards, today)
    const { rules, milestones } = record
    const shown = { program, rules, today, status, keepings, milestones }
    return render(c, <StatusPage chrome={chromeOf(c)} {...shown} />)
  })

  .get(paths.expiryCalendar, async (c) => {
    const { t, program, viewer, now, db } = c.var
    const today = calendarDateIn(program.settings.timeZone, now)
    const record = await loadStatus(db, viewer.candidateId)
    const awards = certificationStatus(program, record, today).awards.filter(isActive)
    const keepings = keepingsFor(record, awards, today)
    const statusUrl = c.env.PUBLIC_ORIGIN + paths.status
    const calendar = expiryCalendar(awards, { t, program, keepings, statusUrl, now })
    if (calendar === null) throw new HTTPException(404)
    return c.body(calendar, 200, {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'attachment; filename="certifications.ics"',
    })
  })
