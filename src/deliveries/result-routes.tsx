import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { staffActor } from '../audit/actions.ts'
import { writeAudit } from '../audit/audit-queries.ts'
import { calendarDateIn } from '../core/calendar-date.ts'
import { openDatabase } from '../core/database.ts'
import { afterAnswer } from '../core/failure.ts'
import { render } from '../core/render.ts'
import { type StaffEnv, staffChromeOf } from '../staff/staff-viewer.ts'
import { findResult } from './result-queries.ts'
import { ResultPage } from './result-views.tsx'
import { compareVersions } from './version-differences.ts'

/** One result, and where every version of it came from. */
export const resultPage = new Hono<StaffEnv>().get('/staff/results/:id{[1-9][0-9]{0,14}}', async (c) => {
  const { db, now, program, staff } = c.var
  const detail = await findResult(db, Number(c.req.param('id')))
  if (!detail) throw new HTTPException(404)

  // It is a person's: whoever looks leaves a trace, as on the candidate's own page.
  const { candidateId, id } = detail.result
  const action = 'staff.candidate-viewed'
  const event = { action, actor: staffActor(staff.staffId), candidateId, details: { result: id } } as const
  afterAnswer(c, { name: action, done: writeAudit(openDatabase(c.env.DB), event, now) })
  return render(
    c,
    <ResultPage
      chrome={staffChromeOf(c)}
      today={calendarDateIn(program.settings.timeZone, now)}
      detail={detail}
      versions={compareVersions(detail.versions).toReversed()}
    />,
  )
})
