import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { calendarDateIn } from '../core/calendar-date.ts'
import { render } from '../core/render.ts'
import { noteLook } from '../staff/note-look.ts'
import { type StaffEnv, staffChromeOf } from '../staff/staff-viewer.ts'
import { actKinds } from './act.ts'
import { findAward } from './award-queries.ts'
import { AwardPage } from './award-views.tsx'

/** Row ids only: anything else has no page. */
export const AWARD = '/staff/awards/:id{[1-9][0-9]{0,14}}'

export const awardPage = new Hono<StaffEnv>().get(AWARD, async (c) => {
  const { db, now, program } = c.var
  const found = await findAward(db, Number(c.req.param('id')))
  if (!found) throw new HTTPException(404)
  noteLook(c, 'staff.candidate-viewed', found.award.candidateId)
  const today = calendarDateIn(program.settings.timeZone, now)
  const done = actKinds.find((kind) => kind === c.req.query('done')) ?? null
  const isLate = c.req.query('late') !== undefined
  return render(c, <AwardPage chrome={staffChromeOf(c)} {...found} {...{ today, done, isLate }} />)
})
