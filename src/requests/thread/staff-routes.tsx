import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import { fieldErrors } from '../../core/form-errors.ts'
import { readFormFields, typedText } from '../../core/posted-form.ts'
import { paths } from '../../paths.ts'
import { requirePermission, type StaffEnv } from '../../staff/staff-viewer.ts'
import { findCannedAnswer } from '../desk/canned-queries.ts'
import { Submission } from '../name-change-form.ts'
import { withinPhotoFormLimit } from '../photo-form.ts'
import { showReview } from '../review-answer.tsx'
import { findToDecide } from '../review-queries.ts'
import { isWritten } from './candidate-queries.ts'
import { contentKey } from './content-key.ts'
import { readMessageFiles } from './message-files.ts'
import { ActForm, mayAct, NoteForm, SharedForm } from './staff-message.ts'
import { writeByStaff } from './staff-queries.ts'
import { withStoredFiles } from './store-files.ts'

const MESSAGES = '/staff/requests/:id{[1-9][0-9]{0,14}}/messages'

type StaffContext = Context<StaffEnv>
const idOf = (c: StaffContext) => Number(c.req.param('id'))

/** What staff say about a request; ../staff-routes.tsx lets only staff in here. */
export const staffThread = new Hono<StaffEnv>()
  .post(MESSAGES, requirePermission('requests.answer'), withinPhotoFormLimit(refuseUnread), async (c) => {
    const { db, staff, now } = c.var
    const request = await findToDecide(db, idOf(c))
    if (!request) throw new HTTPException(404)

    const fields = await readFormFields(c)
    const { submission } = v.is(Submission, fields) ? fields : { submission: crypto.randomUUID() }
    const typed = { message: typedText(fields, 'message'), note: typedText(fields, 'note') }
    if (fields.act === 'fill') {
      const message = await withCanned(c, typed.message, typedText(fields, 'canned'))
      return showReview(c, request.id, { submission, typed: { ...typed, message } })
    }
    const chosen = v.safeParse(ActForm, fields)
    if (!chosen.success || !mayAct(chosen.output.act, request.kind)) {
      const errors = { message: ['thread.act.missing'] }
      return showReview(c, request.id, { submission, typed, errors })
    }
    const { act } = chosen.output
    const form = v.safeParse(act === 'note' ? NoteForm : SharedForm, fields)
    const mayHaveFiles = act !== 'note' && request.kind !== 'address_recovery'
    const files = await readMessageFiles(mayHaveFiles ? fields.files : undefined)
    if (!form.success || !files.ok) {
      const errors = {
        ...(form.success ? {} : fieldErrors(form.issues)),
        ...(files.ok ? {} : { files: [files.refusal] }),
      }
      return showReview(c, request.id, { submission, typed, errors })
    }

    const { message: body, seen } = form.output
    const { staffId } = staff
    const key = await contentKey(submission, [staffId, act, body], files.value)
    const said = { request, staffId, submission: key, act, body, seen }
    const written = await withStoredFiles(c.env, files.value, (stored) => writeByStaff(db, said, stored, now))
    if (written || (await isWritten(db, { requestId: request.id, submission: key })))
      return c.redirect(paths.staff.request(request.id), 303)
    return showReview(c, request.id, { late: 'late', seen, typed: { message: body }, status: 409 })
  })

  .get(MESSAGES, requirePermission('requests.answer'), (c) => c.redirect(paths.staff.request(idOf(c)), 303))

/** What was typed, and behind it the canned answer that was chosen. */
async function withCanned(c: StaffContext, typed: string, chosen: string): Promise<string> {
  const answer = /^\d{1,15}$/.test(chosen) ? await findCannedAnswer(c.var.db, Number(chosen)) : null
  return [typed.trim(), answer?.body ?? ''].filter((text) => text !== '').join('\n\n')
}

/** The form was so large that it was not read: what was typed is lost, and the page says why. */
function refuseUnread(c: Context) {
  return showReview(c as StaffContext, idOf(c as StaffContext), { errors: { files: ['thread.files.large'] } })
}
