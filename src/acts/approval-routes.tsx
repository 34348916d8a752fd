import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import { keepAwardsOf } from '../certifications/keep-awards.ts'
import { findCandidateName } from '../console/candidate-queries.ts'
import { calendarDateIn } from '../core/calendar-date.ts'
import { fieldErrors } from '../core/form-errors.ts'
import { readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { render } from '../core/render.ts'
import type { FieldErrors } from '../layout/form.tsx'
import { paths } from '../paths.ts'
import {
  loadStaff,
  requirePermission,
  requireStaff,
  type StaffEnv,
  staffChromeOf,
} from '../staff/staff-viewer.ts'
import { effectOf } from './act-effect.ts'
import { approvalForm } from './approval-form.ts'
import { findStandingApproval, giveApproval, withdrawApproval } from './approval-queries.ts'
import { ApprovalPage, type TypedApproval, WithdrawApprovalPage } from './approval-views.tsx'

const APPROVALS = '/staff/candidates/:id/approvals'
const WITHDRAWAL = `${APPROVALS}/:approval{[1-9][0-9]{0,14}}/withdrawal`

/** Approvals that certifications may ask for: given to a candidate, and taken back. */
export const approvalPages = new Hono<StaffEnv>()
  .use(`${APPROVALS}/*`, loadStaff, requireStaff, requirePermission('approvals.give'))

  .get(APPROVALS, async (c) => {
    const candidate = await requireCandidate(c, c.req.param('id'))
    if ('mergedInto' in candidate) return c.redirect(paths.staff.approvals(candidate.mergedInto), 302)
    const typed = { submission: crypto.randomUUID(), approval: '', on: todayOf(c), note: '' }
    return renderForm(c, candidate, typed)
  })

  .post(APPROVALS, withinFormLimit, async (c) => {
    const { db, program, staff, now } = c.var
    const candidate = await requireCandidate(c, c.req.param('id'))
    // Merged since the page was opened: whoever gives it anew sees to whom.
    if ('mergedInto' in candidate) return c.redirect(paths.staff.approvals(candidate.mergedInto), 303)
    const fields = await readFormFields(c)
    const { submission } = v.is(Submission, fields) ? fields : { submission: crypto.randomUUID() }
    const form = v.safeParse(approvalForm(program, todayOf(c)), fields)
    if (!form.success) {
      const text = (name: string) => typedText(fields, name)
      const typed = { submission, approval: text('approval'), on: text('on'), note: text('note') }
      return renderForm(c, candidate, typed, fieldErrors(form.issues))
    }
    const candidateId = candidate.id
    await giveApproval(db, { candidateId, submission }, form.output, { staffId: staff.staffId, now })
    await keepAwardsOf(db, [candidateId], todayOf(c), now)
    return c.redirect(paths.staff.candidate(candidateId), 303)
  })

  .get(WITHDRAWAL, async (c) => {
    const { approval, rules, candidate } = await requireApproval(
      c,
      c.req.param('id'),
      c.req.param('approval'),
    )
    const approvals = candidate.events.approvals.filter(({ id }) => id !== approval.id)
    const today = todayOf(c)
    const effect = effectOf(rules, candidate, { ...candidate.events, approvals }, today)
    const props = { candidateId: candidate.id, approval, effect, today }
    return render(c, <WithdrawApprovalPage chrome={staffChromeOf(c)} {...props} />)
  })

  .post(WITHDRAWAL, async (c) => {
    const { db, staff, now } = c.var
    const [candidateId, id] = [c.req.param('id'), Number(c.req.param('approval'))]
    await withdrawApproval(db, { id, candidateId }, { staffId: staff.staffId, now })
    await keepAwardsOf(db, [candidateId], todayOf(c), now)
    return c.redirect(paths.staff.candidate(candidateId), 303)
  })

const Submission = v.object({ submission: v.pipe(v.string(), v.uuid()) })

async function requireCandidate(c: Context<StaffEnv>, id: string) {
  const candidate = await findCandidateName(c.var.db, id)
  if (candidate === null || ('erasedAt' in candidate && candidate.erasedAt !== null))
    throw new HTTPException(404)
  return candidate
}

async function requireApproval(c: Context<StaffEnv>, candidateId: string, id: string) {
  const found = await findStandingApproval(c.var.db, candidateId, Number(id))
  if (!found) throw new HTTPException(404)
  return found
}

function todayOf({ var: { program, now } }: Context<StaffEnv>) {
  return calendarDateIn(program.settings.timeZone, now)
}

function renderForm(
  c: Context<StaffEnv>,
  { id, fullName }: { id: string; fullName: string },
  typed: TypedApproval,
  errors?: FieldErrors,
) {
  const props = { candidate: { id, fullName }, typed, today: todayOf(c) }
  return render(
    c,
    <ApprovalPage chrome={staffChromeOf(c)} {...props} {...(errors && { errors })} />,
    errors ? 422 : 200,
  )
}
