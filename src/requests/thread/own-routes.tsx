import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import { fieldErrors } from '../../core/form-errors.ts'
import { readFormFields, withinFormLimit } from '../../core/posted-form.ts'
import { paths } from '../../paths.ts'
import type { CandidateEnv } from '../../sign-in/viewer.ts'
import { findOwnRequest } from '../own-queries.ts'
import { withinPhotoFormLimit } from '../photo-form.ts'
import { takeOwnFileKey } from '../photo-key-queries.ts'
import { sandboxedFile } from '../sandboxed-file.ts'
import { showRequest } from '../show-request.tsx'
import { RatingForm } from './message-form.ts'
import { rateRequest } from './rating-queries.ts'
import { takeMessage } from './take-message.ts'

const REQUEST = '/requests/:id{[1-9][0-9]{0,14}}'

type OwnContext = Context<CandidateEnv>
const idOf = (c: OwnContext) => Number(c.req.param('id'))

/** What a candidate says about a request of theirs; ../routes.tsx lets only candidates in here. */
export const ownThread = new Hono<CandidateEnv>()
  .post(`${REQUEST}/messages`, withinPhotoFormLimit(refuseUnread), async (c) => {
    const { db, viewer, program } = c.var
    const { candidateId } = viewer
    const requestId = idOf(c)
    const request = await findOwnRequest(db, candidateId, requestId)
    // Whoever said that they lost the address writes by the link of a mail.
    if (!request || request.kind === 'address_recovery') throw new HTTPException(404)

    const said = await readFormFields(c)
    const unsent = await takeMessage(c, said, { ...request, candidateId }, program.settings, false)
    return unsent ? showRequest(c, requestId, unsent) : c.redirect(`${paths.request(requestId)}?sent`, 303)
  })

  .post(`${REQUEST}/rating`, withinFormLimit, async (c) => {
    const { db, viewer, now } = c.var
    const { candidateId } = viewer
    const id = idOf(c)
    if (!(await findOwnRequest(db, candidateId, id))) throw new HTTPException(404)
    const form = v.safeParse(RatingForm, await readFormFields(c))
    if (!form.success) return showRequest(c, id, { errors: fieldErrors(form.issues) })
    await rateRequest(db, { id, candidateId, ...form.output }, now)
    return c.redirect(paths.request(id), 303)
  })

  .get(`${REQUEST}/files/:fileId{[1-9][0-9]{0,14}}`, async (c) => {
    const { db, viewer, now } = c.var
    const asked = {
      requestId: idOf(c),
      fileId: Number(c.req.param('fileId')),
      candidateId: viewer.candidateId,
    }
    const file = await takeOwnFileKey(db, asked, now)
    if (!file) throw new HTTPException(404)
    return sandboxedFile(c, file)
  })

  // Whoever comes here by signing in again, or by the back button, is shown the request.
  .get(`${REQUEST}/messages`, (c) => c.redirect(paths.request(idOf(c)), 303))
  .get(`${REQUEST}/rating`, (c) => c.redirect(paths.request(idOf(c)), 303))

/** The form was so large that it was not read: what was typed is lost, and the page says why. */
function refuseUnread(c: Context) {
  return showRequest(c as OwnContext, idOf(c as OwnContext), { errors: { files: ['thread.files.large'] } })
}
