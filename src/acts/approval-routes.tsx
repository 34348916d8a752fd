import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import { tryKeepAwardsOf } from '../certifications/keep-awards.ts'
import { calendarDateIn } from '../core/calendar-date.ts'
import { fieldErrors } from '../core/form-errors.ts'
import { type FormFields, readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { render } from '../core/render.ts'
import type { FieldErrors } from '../layout/form.tsx'
import { paths } from '../paths.ts'
import { noteLook } from '../staff/note-look.ts'
import {
  loadStaff,
  requirePermission,
  requireStaff,
  type StaffEnv,
  staffChromeOf,
} from '../staff/staff-viewer.ts'
import { effectOf } from './act-effect.ts'
import { approvalForm, approvalsOf } from './approval-form.ts'
import { findApprovable, giveApproval } from './approval-queries.ts'
import { ApprovalPage, ApprovalPreviewPage, type TypedApproval } from './approval-views.tsx'
import { digestOf } from './effect-digest.ts'
import { approvalWithdrawal } from './withdrawal-routes.tsx'

const APPROVALS = '/staff/candidates/:id/approvals'

/** Approvals that certifications may ask for: given to a candidate once it was seen what that changes, and taken back. */
export const approvalPages = new Hono<StaffEnv>()
  .use(`${APPROVALS}/*`, loadStaff, requireStaff, requirePermission('approvals.give'))

  .get(APPROVALS, async (c) => {
    const submission = crypto.randomUUID()
    const approvable = await requireApprovable(c, c.req.param('id'), submission)
    if ('mergedInto' in approvable) return c.redirect(paths.staff.approvals(approvable.mergedInto), 302)
    return renderForm(c, approvable, { submission, approval: '', on: todayOf(c), note: '' })
  })

  .post(APPROVALS, withinFormLimit, async (c) => answer(c, c.req.param('id'), await readFormFields(c)))

  .route('/', approvalWithdrawal)

async function answer(c: Context<StaffEnv>, id: string, fields: FormFields): Promise<Response> {
  const { db, staff, now } = c.var
  const today = todayOf(c)
  const typed = typedApproval(fields)
  const { submission } = typed
  const approvable = await requireApprovable(c, id, submission)
  // Merged since the page was opened: whoever gives it anew sees to whom.
  if ('mergedInto' in approvable) return c.redirect(paths.staff.approvals(approvable.mergedInto), 303)
  const { rules, candidate, person, isGiven } = approvable
  if (isGiven) return c.redirect(paths.staff.candidate(candidate.id), 303)
  if (fields.edit !== undefined) return renderForm(c, approvable, typed)
  const form = v.safeParse(approvalForm(rules, today), fields)
  if (!form.success) return renderForm(c, approvable, typed, fieldErrors(form.issues))

  const given = { id: Number.MAX_SAFE_INTEGER, approval: form.output.approval, approvedOn: form.output.on }
  const approvals = [...candidate.events.approvals, given]
  const effect = effectOf(rules, candidate, { ...candidate.events, approvals }, today)
  const digest = await digestOf([form.output, candidate.revision, effect])
  if (fields.digest !== digest) {
    noteLook(c, 'staff.candidate-viewed', candidate.id)
    const isStale = fields.digest !== undefined
    const props = { candidate: person, given: form.output, typed, digest, effect, isStale, today }
    return render(c, <ApprovalPreviewPage chrome={staffChromeOf(c)} {...props} />)
  }
  const to = { candidateId: candidate.id, revision: candidate.revision, submission }
  // Somebody was faster: whoever confirms sees what it would change by now.
  if (!(await giveApproval(db, to, form.output, { staffId: staff.staffId, now })))
    return answer(c, id, { ...fields, digest: '' })
  await tryKeepAwardsOf(db, [candidate.id], today, now)
  return c.redirect(paths.staff.candidate(candidate.id), 303)
}

const Submission = v.object({ submission: v.pipe(v.string(), v.uuid()) })

/** What was typed, and the form's own key; a form without one gets one. */
function typedApproval(fields: FormFields): TypedApproval {
  const { submission } = v.is(Submission, fields) ? fields : { submission: crypto.randomUUID() }
  const text = (name: string) => typedText(fields, name)
  return { submission, approval: text('approval'), on: text('on'), note: text('note') }
}

async function requireApprovable(c: Context<StaffEnv>, id: string, submission: string) {
  const approvable = await findApprovable(c.var.db, id, submission)
  if (approvable === null || ('person' in approvable && approvable.person.erasedAt !== null))
    throw new HTTPException(404)
  return approvable
}

function todayOf({ var: { program, now } }: Context<StaffEnv>) {
  return calendarDateIn(program.settings.timeZone, now)
}

type Approvable = Extract<Awaited<ReturnType<typeof requireApprovable>>, { person: object }>

function renderForm(
  c: Context<StaffEnv>,
  { person, rules }: Approvable,
  typed: TypedApproval,
  errors?: FieldErrors,
) {
  noteLook(c, 'staff.candidate-viewed', person.id)
  const props = { candidate: person, approvals: approvalsOf(rules), typed, today: todayOf(c) }
  return render(
    c,
    <ApprovalPage chrome={staffChromeOf(c)} {...props} {...(errors && { errors })} />,
    errors ? 422 : 200,
  )
}
