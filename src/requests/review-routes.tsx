import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import { tryKeepAwardsOf } from '../certifications/keep-awards.ts'
import { calendarDateIn } from '../core/calendar-date.ts'
import { fieldErrors } from '../core/form-errors.ts'
import { readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { paths } from '../paths.ts'
import { requirePermission, type StaffEnv } from '../staff/staff-viewer.ts'
import { decide } from './decide.ts'
import { approvalOf, type Decision, DecisionForm } from './decision.ts'
import { isClaim, isLive } from './request.ts'
import { showReview } from './review-answer.tsx'
import { findToDecide } from './review-queries.ts'

/** Row ids only: anything else has no page. */
export const REVIEW = '/staff/requests/:id{[1-9][0-9]{0,14}}'

/** One request, for staff to look at and for reviewers to decide. */
export const review = new Hono<StaffEnv>()
  .get(REVIEW, (c) => {
    const late = c.req.query('taken') === undefined ? null : 'taken'
    return showReview(c, Number(c.req.param('id')), { late })
  })

  .post(REVIEW, requirePermission('requests.decide'), withinFormLimit, async (c) => {
    const { db, staff, program, now } = c.var
    const id = Number(c.req.param('id'))
    const request = await findToDecide(db, id)
    // A question is answered, not decided.
    if (!request || !isClaim(request)) throw new HTTPException(404)

    const fields = await readFormFields(c)
    const form = v.safeParse(DecisionForm, fields)
    const typed = { reason: typedText(fields, 'reason') }
    if (!isLive(request.state)) {
      const isSame = form.success && stateAfter(form.output) === request.state
      const isOwn = request.decidedById === staff.staffId
      if (isSame && isOwn) return c.redirect(paths.staff.request(id), 303)
      return showReview(c, id, { late: 'late', typed, status: 409 })
    }
    if (!form.success) return showReview(c, id, { typed, errors: fieldErrors(form.issues) })
    const refusal =
      form.output.isApproved && refusalOf(approvalOf(request, request, request.hasPhoto), form.output)
    if (refusal) return showReview(c, id, { errors: { shown: [refusal] } })

    const isDone = await decide(db, request, form.output, staff.staffId, now)
    // What a course renews is not left to the next tick: the reviewer looks at it at once.
    if (isDone && request.kind === 'course_completion')
      await tryKeepAwardsOf(db, [request.candidateId], calendarDateIn(program.settings.timeZone, now), now)
    if (isDone) return c.redirect(paths.staff.request(id), 303)
    return showReview(c, id, { late: 'late', seen: form.output.seen, typed, status: 409 })
  })

function stateAfter({ isApproved }: Decision) {
  return isApproved ? 'approved' : 'refused'
}

function refusalOf(approval: ReturnType<typeof approvalOf>, { isShown }: { isShown: boolean }) {
  if (approval === 'impossible') return 'requests.decide.no-photo'
  return approval === 'document' && !isShown ? 'requests.decide.shown.missing' : null
}
