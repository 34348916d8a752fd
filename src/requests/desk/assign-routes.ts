import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import { readFormFields, withinFormLimit } from '../../core/posted-form.ts'
import { paths } from '../../paths.ts'
import { requirePermission, type StaffEnv } from '../../staff/staff-viewer.ts'
import { findToDecide } from '../review-queries.ts'
import { assignRequest } from './assign-queries.ts'

const ASSIGNEE = '/staff/requests/:id{[1-9][0-9]{0,14}}/assignee'

/** Somebody of the staff by their number; nobody where it is left empty. */
const Person = v.pipe(
  v.string(),
  v.regex(/^\d{0,15}$/),
  v.transform((text) => (text === '' ? null : Number(text))),
)
const AssignForm = v.object({ from: Person, to: Person })

/** Who sees to a request; ../staff-routes.tsx lets only staff in here. */
export const assignee = new Hono<StaffEnv>()
  .post(ASSIGNEE, requirePermission('requests.answer'), withinFormLimit, async (c) => {
    const { db, staff, now } = c.var
    const request = await findToDecide(db, Number(c.req.param('id')))
    if (!request) throw new HTTPException(404)
    const form = v.safeParse(AssignForm, await readFormFields(c))
    if (!form.success) throw new HTTPException(400)
    const { id, candidateId, assignedTo } = request
    const { from, to } = form.output
    const { staffId } = staff
    const isDone = to === assignedTo || (await assignRequest(db, { id, candidateId, from, to, staffId }, now))
    return c.redirect(paths.staff.request(id) + (isDone ? '' : '?taken'), 303)
  })

  .get(ASSIGNEE, requirePermission('requests.answer'), (c) =>
    c.redirect(paths.staff.request(Number(c.req.param('id'))), 303),
  )
