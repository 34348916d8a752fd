import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import { tryKeepAwardsOf } from '../certifications/keep-awards.ts'
import { calendarDateIn } from '../core/calendar-date.ts'
import { fieldErrors } from '../core/form-errors.ts'
import { type FormFields, readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { render } from '../core/render.ts'
import { paths } from '../paths.ts'
import { noteLook } from '../staff/note-look.ts'
import { type StaffEnv, staffChromeOf } from '../staff/staff-viewer.ts'
import { effectOf, toldChanges } from './act-effect.ts'
import { WithdrawalForm } from './approval-form.ts'
import { findGivenApproval, withdrawApproval } from './approval-queries.ts'
import { digestOf } from './effect-digest.ts'
import { WithdrawApprovalPage } from './withdrawal-views.tsx'

const WITHDRAWAL = '/staff/candidates/:id/approvals/:approval{[1-9][0-9]{0,14}}/withdrawal'

/** Taking an approval back: what that changes, why it is done, and then that it is. */
export const approvalWithdrawal = new Hono<StaffEnv>()
  .get(WITHDRAWAL, async (c) => answer(c, c.req.param('id'), c.req.param('approval'), null))

  .post(WITHDRAWAL, withinFormLimit, async (c) =>
    answer(c, c.req.param('id'), c.req.param('approval'), await readFormFields(c)),
  )

/** `fields`: of the form, once it is sent. */
async function answer(
  c: Context<StaffEnv>,
  candidateId: string,
  approvalId: string,
  fields: FormFields | null,
): Promise<Response> {
  const { db, program, staff, now } = c.var
  const today = calendarDateIn(program.settings.timeZone, now)
  const found = await findGivenApproval(db, candidateId, Number(approvalId))
  if (!found || (fields === null && found.approval.withdrawnAt !== null)) throw new HTTPException(404)
  const { approval, rules, candidate } = found
  if (approval.withdrawnAt !== null) return c.redirect(paths.staff.candidate(candidateId), 303)

  const approvals = candidate.events.approvals.filter(({ id }) => id !== approval.id)
  const effect = effectOf(rules, candidate, { ...candidate.events, approvals }, today)
  const { revision, hasAddress } = candidate
  const digest = await digestOf([approval.id, revision, effect])
  const form = v.safeParse(WithdrawalForm, fields ?? {})
  if (fields === null || !form.success || fields.digest !== digest) {
    noteLook(c, 'staff.candidate-viewed', candidateId)
    const errors = fields !== null && !form.success ? fieldErrors(form.issues) : undefined
    const isStale = fields !== null && fields.digest !== digest
    const reason = fields === null ? '' : typedText(fields, 'reason')
    const props = { candidateId, approval, reason, digest, hasAddress, effect, isStale, today }
    const page = <WithdrawApprovalPage chrome={staffChromeOf(c)} {...props} {...(errors && { errors })} />
    return render(c, page, errors ? 422 : 200)
  }
  const { reason } = form.output
  const changes = toldChanges(effect.awards, [], today)
  const withdrawal = { candidateId, revision, approval, reason, hasAddress, changes }
  // Somebody was faster: whoever confirms sees what it would change by now.
  if (!(await withdrawApproval(db, withdrawal, { staffId: staff.staffId, now })))
    return answer(c, candidateId, approvalId, { ...fields, digest: '' })
  await tryKeepAwardsOf(db, [candidateId], today, now)
  return c.redirect(paths.staff.candidate(candidateId), 303)
}
