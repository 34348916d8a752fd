import { Hono } from 'hono'
import { calendarDateIn } from '../core/calendar-date.ts'
import { render } from '../core/render.ts'
import { lastLateAppointment, resultDueOn } from '../exams/late-appointments.ts'
import { paths } from '../paths.ts'
import { type StaffEnv, staffChromeOf } from '../staff/staff-viewer.ts'
import { lateCursorOf, readLateCursor } from './late-list.ts'
import { listLateRegistrations } from './late-queries.ts'
import { LateResultsPage } from './late-views.tsx'

const PAGE_SIZE = 50

/** Sittings that are over, and whose results should be here. */
export const lateResults = new Hono<StaffEnv>().get(paths.staff.lateResults, async (c) => {
  const { db, program, now } = c.var
  const { settings } = program
  const today = calendarDateIn(settings.timeZone, now)
  const until = lastLateAppointment(settings, today)
  const after = readLateCursor(c.req.query('after'))
  // One more than is shown tells whether there is a next page.
  const found = await listLateRegistrations(db, { until, today, after, limit: PAGE_SIZE + 1 })
  const shown = found.slice(0, PAGE_SIZE)
  const last = found.length > PAGE_SIZE ? shown.at(-1) : undefined
  const late = shown.map((one) => ({ ...one, dueOn: resultDueOn(settings, one.appointmentOn) }))
  const next = last
    ? `${paths.staff.lateResults}?${new URLSearchParams({ after: lateCursorOf(last) })}`
    : null
  return render(c, <LateResultsPage chrome={staffChromeOf(c)} {...{ today, late, next }} />)
})
