import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import { calendarDateIn } from '../core/calendar-date.ts'
import { render } from '../core/render.ts'
import { paths } from '../paths.ts'
import { type CandidateEnv, chromeOf, loadViewer, requireCandidate } from '../sign-in/viewer.ts'
import { awaitedExams, pastExams } from './exam-list.ts'
import { listExams } from './queries.ts'
import { ExamsPage } from './views.tsx'

const PAGE_SIZE = 25
const PageNumber = v.fallback(v.pipe(v.string(), v.regex(/^\d{1,6}$/), v.transform(Number), v.minValue(1)), 1)

export const exams = new Hono<CandidateEnv>()
  .use(paths.exams, loadViewer, requireCandidate)

  .get(paths.exams, async (c) => {
    const { program, viewer, now, db } = c.var
    const today = calendarDateIn(program.settings.timeZone, now)
    const page = v.parse(PageNumber, c.req.query('page'))
    const { candidateId } = viewer
    const { open, history, count, attempts } = await listExams(db, {
      candidateId,
      today,
      page,
      pageSize: PAGE_SIZE,
    })
    const pages = Math.max(1, Math.ceil(count / PAGE_SIZE))
    if (page > pages) throw new HTTPException(404)

    return render(
      c,
      <ExamsPage
        chrome={chromeOf(c)}
        program={program}
        today={today}
        {...awaitedExams(program, open, today)}
        history={{ exams: pastExams(program, history, attempts, today), count, page, pages }}
      />,
    )
  })
