import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import { keepAwards } from '../certifications/keep-awards.ts'
import { calendarDateIn } from '../core/calendar-date.ts'
import { fieldErrors } from '../core/form-errors.ts'
import { readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { render } from '../core/render.ts'
import type { FieldErrors } from '../layout/form.tsx'
import { paths } from '../paths.ts'
import { courseEffect } from '../recertification/course-effect.ts'
import { loadClaimReview } from '../recertification/queries.ts'
import { requirePermission, type StaffEnv, staffChromeOf } from '../staff/staff-viewer.ts'
import type { ClaimReview } from './course-views.tsx'
import { decide } from './decide.ts'
import { approvalOf, type Decision, DecisionForm } from './decision.ts'
import { findForReview, findToDecide, type ReviewedRequest } from './review-queries.ts'
import { type Review, ReviewPage } from './review-views.tsx'

/** Row ids only: anything else has no page. */
export const REVIEW = '/staff/requests/:id{[1-9][0-9]{0,14}}'

/** One request, for staff to look at and for reviewers to decide. */
export const review = new Hono<StaffEnv>()
  .get(REVIEW, (c) => renderReview(c, c.req.param('id'), { isLate: c.req.query('late') !== undefined }))

  .post(REVIEW, requirePermission('requests.decide'), withinFormLimit, async (c) => {
    const { db, staff, program, now } = c.var
    const id = Number(c.req.param('id'))
    const request = await findToDecide(db, id)
    if (!request) throw new HTTPException(404)

    const fields = await readFormFields(c)
    const form = v.safeParse(DecisionForm, fields)
    const typedReason = typedText(fields, 'reason')
    if (request.state !== 'open') {
      const isSame = form.success && stateAfter(form.output) === request.state
      const isOwn = request.decidedById === staff.staffId
      return c.redirect(paths.staff.request(id) + (isSame && isOwn ? '' : '?late'), 303)
    }
    if (!form.success) return renderReview(c, String(id), { typedReason, errors: fieldErrors(form.issues) })
    const refusal =
      form.output.isApproved && refusalOf(approvalOf(request, request, request.hasPhoto), form.output)
    if (refusal) return renderReview(c, String(id), { errors: { shown: [refusal] } })

    const isDone = await decide(db, request, form.output, staff.staffId, now)
    // What a course renews is not left to the next tick: the reviewer looks at it at once.
    if (isDone && request.kind === 'course_completion')
      await keepAwards(db, calendarDateIn(program.settings.timeZone, now), now)
    return c.redirect(paths.staff.request(id) + (isDone ? '' : '?late'), 303)
  })

function stateAfter({ isApproved }: Decision) {
  return isApproved ? 'approved' : 'refused'
}

function refusalOf(approval: ReturnType<typeof approvalOf>, { isShown }: { isShown: boolean }) {
  if (approval === 'impossible') return 'requests.decide.no-photo'
  return approval === 'document' && !isShown ? 'requests.decide.shown.missing' : null
}

type Shown = { isLate?: boolean; typedReason?: string; errors?: FieldErrors }

/** What stands beside the claim of a course; null for requests of other kinds. */
async function claimReviewOf(c: Context<StaffEnv>, request: ReviewedRequest): Promise<ClaimReview | null> {
  if (request.kind !== 'course_completion') return null
  const { db, program, now } = c.var
  const { id: requestId, candidateId, details } = request
  const asked = { requestId, candidateId, ...details }
  const { sameFiles, told, rules, events } = await loadClaimReview(db, asked)
  return {
    program,
    today: calendarDateIn(program.settings.timeZone, now),
    effect: courseEffect(rules, events, { id: 0, ...details }),
    sameFiles,
    told,
  }
}

async function renderReview(
  c: Context<StaffEnv>,
  id: string,
  { isLate = false, typedReason = '', errors }: Shown,
) {
  const { db, staff, now } = c.var
  const found = await findForReview(db, Number(id), staff.staffId, now)
  if (!found) throw new HTTPException(404)
  const { fullName, givenName, familyName, nativeName, nameDecidedAt } = found
  const onRecord = { fullName, givenName, familyName, nativeName }
  const hasPhoto = found.photo !== null && found.photo.destroyedAt === null
  const shown: Review = {
    ...found,
    claim: await claimReviewOf(c, found),
    onRecord,
    approval: approvalOf(found, { ...onRecord, nameDecidedAt }, hasPhoto),
  }
  const props = { review: shown, isLate, typedReason }
  return render(
    c,
    <ReviewPage chrome={staffChromeOf(c)} {...props} {...(errors && { errors })} />,
    errors ? 422 : 200,
  )
}
