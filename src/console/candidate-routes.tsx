import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { calendarDateIn } from '../core/calendar-date.ts'
import { render } from '../core/render.ts'
import { paths } from '../paths.ts'
import { noteLook } from '../staff/note-look.ts'
import {
  loadStaff,
  requirePermission,
  requireStaff,
  type StaffEnv,
  staffChromeOf,
} from '../staff/staff-viewer.ts'
import { findCandidate, findCandidateName } from './candidate-queries.ts'
import { CandidatePage, EndSessionsPage } from './candidate-views.tsx'
import { endSessionsOf } from './end-sessions-queries.ts'

const CANDIDATE = '/staff/candidates/:id'
const SESSIONS = `${CANDIDATE}/sessions`

/** Of each kind; all of it is what anybody has, bounded all the same. */
const SHOWN = 20
const SHOWN_ALL = 500

/** One candidate's page, and what staff may do there. */
export const candidatePages = new Hono<StaffEnv>()
  .use(CANDIDATE, loadStaff, requireStaff, requirePermission('candidates.view'))
  .use(SESSIONS, loadStaff, requireStaff, requirePermission('candidates.end-sessions'))

  .get(CANDIDATE, async (c) => {
    const { db, now, program } = c.var
    const limit = c.req.query('all') === undefined ? SHOWN : SHOWN_ALL
    const record = found(await findCandidate(db, c.req.param('id'), limit, now))
    if ('mergedInto' in record) return c.redirect(paths.staff.candidate(record.mergedInto), 302)

    noteLook(c, 'staff.candidate-viewed', record.person.id)
    const today = calendarDateIn(program.settings.timeZone, now)
    const sessionsEnded = c.req.query('sessions-ended') !== undefined
    return render(
      c,
      <CandidatePage
        chrome={staffChromeOf(c)}
        today={today}
        record={record}
        limit={limit}
        sessionsEnded={sessionsEnded}
      />,
    )
  })

  .get(SESSIONS, async (c) => {
    const candidate = found(await findCandidateName(c.var.db, c.req.param('id')))
    if ('mergedInto' in candidate) return c.redirect(paths.staff.candidateSessions(candidate.mergedInto), 302)
    return render(c, <EndSessionsPage chrome={staffChromeOf(c)} candidate={candidate} />)
  })

  .post(SESSIONS, async (c) => {
    const { db, now, staff } = c.var
    const candidate = found(await findCandidateName(db, c.req.param('id')))
    // Merged since the page was opened: whoever confirms anew sees whose sessions these are.
    if ('mergedInto' in candidate) return c.redirect(paths.staff.candidateSessions(candidate.mergedInto), 303)
    await endSessionsOf(db, candidate.id, staff.staffId, now)
    return c.redirect(`${paths.staff.candidate(candidate.id)}?sessions-ended`, 303)
  })

/** An ID that is nobody's is not here. */
export function found<Answer>(answer: Answer | null): Answer {
  if (answer === null) throw new HTTPException(404)
  return answer
}
