import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import { type CalendarDate, calendarDateIn } from '../core/calendar-date.ts'
import { fieldErrors } from '../core/form-errors.ts'
import { type FormFields, readFormFields, typedText } from '../core/posted-form.ts'
import { render } from '../core/render.ts'
import { ok, type Result, refuse } from '../core/result.ts'
import type { FieldErrors } from '../layout/form.tsx'
import { paths } from '../paths.ts'
import { makeRequest } from '../requests/make-request.ts'
import { Submission } from '../requests/name-change-form.ts'
import { isNoFile, type Photo, readPhoto } from '../requests/photo.ts'
import { withinPhotoFormLimit } from '../requests/photo-form.ts'
import type { RequestDetails } from '../requests/request.ts'
import { type CandidateEnv, chromeOf, loadViewer, requireCandidate } from '../sign-in/viewer.ts'
import { attendanceForm } from './attendance-form.ts'
import { attendanceHistory } from './attendance-history.ts'
import { courseEffect } from './course-effect.ts'
import { offeredCourses } from './offered-courses.ts'
import { findSameClaim, loadAttendance } from './queries.ts'
import { type AttendanceValues, RecertificationPage } from './views.tsx'

type Record = Awaited<ReturnType<typeof loadAttendance>>
type Claim = { details: RequestDetails['course_completion']; photo: Photo }

/** Stands for a course that is not on record yet. */
const NOT_YET = 0
const BLANK: AttendanceValues = { course: '', completedOn: '', notes: '' }

/** Exams › Recertification through Course Attendance. */
export const recertification = new Hono<CandidateEnv>()
  .use(paths.recertification, loadViewer, requireCandidate)

  .get(paths.recertification, async (c) => {
    const record = await loadAttendance(c.var.db, c.var.viewer.candidateId)
    return renderPage(c, record, crypto.randomUUID(), BLANK)
  })

  .post(paths.recertification, withinPhotoFormLimit(refuseUnread), async (c) => {
    const { db, viewer, program, now } = c.var
    const { candidateId } = viewer
    const fields = await readFormFields(c)
    const { submission } = v.is(Submission, fields) ? fields : { submission: crypto.randomUUID() }
    const record = await loadAttendance(db, candidateId)
    const claim = await readClaim(record, fields, calendarDateIn(program.settings.timeZone, now))
    if (!claim.ok) return renderPage(c, record, submission, typedValues(fields), claim.refusal)

    const request = { kind: 'course_completion', candidateId, submission, actor: 'candidate' } as const
    const asked = { candidateId, submission, ...claim.value.details }
    const same = await findSameClaim(db, asked)
    const made = same ? null : await makeRequest(c.env, db, { ...request, ...claim.value }, now)
    if (made) return c.redirect(paths.request(made.id), 303)
    const known = same ?? (await findSameClaim(db, asked))
    if (known) return c.redirect(`${paths.request(known.id)}?repeated`, 303)
    return renderPage(c, record, submission, typedValues(fields), { course: ['recertification.too-many'] })
  })

/** What is claimed, or what is wrong with it: also where it would renew nothing, by the rules of the program. */
async function readClaim(
  record: Record,
  fields: FormFields,
  today: CalendarDate,
): Promise<Result<Claim, FieldErrors>> {
  const form = v.safeParse(attendanceForm(offeredCourses(record.rules, today), today), fields)
  const photo = isNoFile(fields.photo)
    ? refuse('recertification.document.missing' as const)
    : await readPhoto(fields.photo)
  const photoErrors = photo.ok ? {} : { photo: [documentRefusal(photo.refusal)] }
  if (!form.success) return refuse({ ...fieldErrors(form.issues), ...photoErrors })

  const { course, completedOn, notes } = form.output
  const completion = { id: NOT_YET, course, completedOn, submittedOn: today }
  const { why } = courseEffect(record.rules, record.events, completion, today)
  if (why !== null) return refuse({ completedOn: [`recertification.why.${why}`], ...photoErrors })
  if (!photo.ok) return refuse(photoErrors)
  return ok({ details: { course, completedOn, submittedOn: today, notes }, photo: photo.value })
}

/** The words about photos of identity documents, for certificates of courses. */
function documentRefusal(refusal: string): string {
  return refusal === 'requests.photo.large'
    ? 'recertification.document.large'
    : refusal === 'requests.photo.refused'
      ? 'recertification.document.refused'
      : 'recertification.document.missing'
}

/** The form was so large that it was not read: what was typed is lost, and the page says why. */
async function refuseUnread(c: Context<CandidateEnv>) {
  const record = await loadAttendance(c.var.db, c.var.viewer.candidateId)
  return renderPage(c, record, crypto.randomUUID(), BLANK, { photo: ['recertification.document.large'] })
}

function renderPage(
  c: Context<CandidateEnv>,
  { rules, awards, sent, told }: Record,
  submission: string,
  values: AttendanceValues,
  errors?: FieldErrors,
) {
  const { program, now } = c.var
  const today = calendarDateIn(program.settings.timeZone, now)
  const history = attendanceHistory(sent, told)
  const offered = offeredCourses(rules, today)
  const props = {
    program,
    rules,
    offered,
    today,
    awards,
    history,
    submission,
    values,
    ...(errors && { errors }),
  }
  return render(c, <RecertificationPage chrome={chromeOf(c)} {...props} />, errors ? 422 : 200)
}

function typedValues(fields: FormFields): AttendanceValues {
  return {
    course: typedText(fields, 'course'),
    completedOn: typedText(fields, 'completedOn'),
    notes: typedText(fields, 'notes'),
  }
}
