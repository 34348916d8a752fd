import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { calendarDateIn } from '../core/calendar-date.ts'
import { render } from '../core/render.ts'
import type { FieldErrors } from '../layout/form.tsx'
import { type CandidateEnv, chromeOf } from '../sign-in/viewer.ts'
import { findOwnRequest } from './own-queries.ts'
import { type OwnRequestProps, RequestPage } from './own-request-views.tsx'
import { candidateMay } from './turn.ts'

type Shown = {
  notice?: OwnRequestProps['notice']
  submission?: string
  typed?: string
  errors?: FieldErrors
}

/** Answers with the page of a request of the candidate's own; there is none for another's. */
export async function showRequest(
  c: Context<CandidateEnv>,
  id: number,
  { notice = null, submission = crypto.randomUUID(), typed = '', errors }: Shown = {},
) {
  const { db, viewer, program, now } = c.var
  const request = await findOwnRequest(db, viewer.candidateId, id)
  if (!request) throw new HTTPException(404)
  const { photo, messages } = request
  const may = candidateMay(request, program.settings, now)
  const today = calendarDateIn(program.settings.timeZone, now)
  const props = { request, photo, messages, program, today, may, submission, typed, notice }
  const page = <RequestPage chrome={chromeOf(c)} {...props} {...(errors && { errors })} />
  const isUnsent = notice === 'late' || notice === 'unsent'
  return render(c, page, isUnsent ? 409 : errors ? 422 : 200)
}
