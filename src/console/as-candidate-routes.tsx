import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { certificationStatus } from '../certifications/certification-status.ts'
import { keepingsFor } from '../certifications/kept-awards.ts'
import { calendarDateIn } from '../core/calendar-date.ts'
import { render } from '../core/render.ts'
import { awaitedExams, pastExams } from '../exams/exam-list.ts'
import { translator } from '../i18n/messages.ts'
import { paths } from '../paths.ts'
import { noteLook } from '../staff/note-look.ts'
import {
  loadStaff,
  requirePermission,
  requireStaff,
  type StaffEnv,
  staffChromeOf,
} from '../staff/staff-viewer.ts'
import { findCandidatesView } from './as-candidate-queries.ts'
import { AsCandidatePage } from './as-candidate-views.tsx'
import { found } from './candidate-routes.tsx'

const AS_CANDIDATE = '/staff/candidates/:id/as-candidate'
const PAGE_SIZE = 25

/** What a candidate sees, to be looked at: no session of theirs is made, and nothing on the page can be sent. */
export const asCandidate = new Hono<StaffEnv>()
  .use(AS_CANDIDATE, loadStaff, requireStaff, requirePermission('candidates.see-as'))

  .get(AS_CANDIDATE, async (c) => {
    const { db, now, program } = c.var
    const today = calendarDateIn(program.settings.timeZone, now)
    const page = /^[1-9]\d{0,5}$/.test(c.req.query('page') ?? '') ? Number(c.req.query('page')) : 1
    const asked = { candidateId: c.req.param('id'), today, page, pageSize: PAGE_SIZE }
    const seen = found(await findCandidatesView(db, asked))
    if ('mergedInto' in seen) return c.redirect(paths.staff.asCandidate(seen.mergedInto), 302)
    const pages = Math.max(1, Math.ceil(seen.count / PAGE_SIZE))
    if (page > pages) throw new HTTPException(404)

    const { person, record, open, history, count, attempts } = seen
    const status = certificationStatus(program, record, today)
    noteLook(c, 'staff.seen-as-candidate', person.id)
    return render(
      c,
      <AsCandidatePage
        // No menu: what can be sent from the console itself is not on this page, either.
        chrome={{ ...staffChromeOf(c), staff: null }}
        theirs={translator(person.locale)}
        person={person}
        today={today}
        status={status}
        rules={record.rules}
        keepings={keepingsFor(record, status.awards, today)}
        milestones={record.milestones}
        awaited={awaitedExams(program, open, today)}
        history={{ exams: pastExams(program, history, attempts, today), count, page, pages }}
      />,
    )
  })
