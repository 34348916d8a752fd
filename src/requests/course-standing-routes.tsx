import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import { tryKeepAwardsOf } from '../certifications/keep-awards.ts'
import { calendarDateIn } from '../core/calendar-date.ts'
import { fieldErrors } from '../core/form-errors.ts'
import { readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { render } from '../core/render.ts'
import { paths } from '../paths.ts'
import { requirePermission, type StaffEnv, staffChromeOf } from '../staff/staff-viewer.ts'
import { CourseStandingForm } from './course-standing-form.ts'
import { letCourseStand, listDoubtedCourses, takeCourseBack } from './course-standing-queries.ts'
import { DoubtedCoursesPage } from './doubted-views.tsx'
import { showReview } from './review-answer.tsx'
import { findToDecide } from './review-queries.ts'

const COURSE = '/staff/requests/:id{[1-9][0-9]{0,14}}/course'

/** Courses that count because staff approved them: taking one back, or letting it stand. */
export const courseStanding = new Hono<StaffEnv>()
  .get(paths.staff.doubtedCourses, async (c) => {
    const { db, program, now } = c.var
    const today = calendarDateIn(program.settings.timeZone, now)
    const courses = await listDoubtedCourses(db)
    return render(c, <DoubtedCoursesPage chrome={staffChromeOf(c)} courses={courses} today={today} />)
  })

  .post(COURSE, requirePermission('requests.decide'), withinFormLimit, async (c) => {
    const { db, program, staff, now } = c.var
    const id = Number(c.req.param('id'))
    const request = await findToDecide(db, id)
    if (request?.kind !== 'course_completion' || request.state !== 'approved') throw new HTTPException(404)
    const fields = await readFormFields(c)
    const form = v.safeParse(CourseStandingForm, fields)
    if (!form.success) {
      const typed = { reason: typedText(fields, 'reason') }
      return showReview(c, id, { typed, errors: fieldErrors(form.issues) })
    }
    const by = { staffId: staff.staffId, now }
    if (form.output.act === 'stand') await letCourseStand(db, request, by)
    else {
      await takeCourseBack(db, request, form.output.reason, by)
      const today = calendarDateIn(program.settings.timeZone, now)
      await tryKeepAwardsOf(db, [request.candidateId], today, now)
    }
    return c.redirect(paths.staff.request(id), 303)
  })

  .get(COURSE, requirePermission('requests.decide'), (c) =>
    c.redirect(paths.staff.request(Number(c.req.param('id'))), 303),
  )
