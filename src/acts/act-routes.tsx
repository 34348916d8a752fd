import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import { tryKeepAwardsOf } from '../certifications/keep-awards.ts'
import { type CalendarDate, calendarDateIn } from '../core/calendar-date.ts'
import { fieldErrors } from '../core/form-errors.ts'
import { type FormFields, readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { render } from '../core/render.ts'
import type { FieldErrors } from '../layout/form.tsx'
import { paths } from '../paths.ts'
import { noteLook } from '../staff/note-look.ts'
import { requirePermission, type StaffEnv, staffChromeOf } from '../staff/staff-viewer.ts'
import { type ActKind, actKinds, possibleActs } from './act.ts'
import { changesNothing, type Effect, effectOf, toldChanges, withActs } from './act-effect.ts'
import { actForm } from './act-form.ts'
import { ActFormPage, type TypedAct } from './act-form-views.tsx'
import { type ActedAward, storeAct } from './act-write-queries.ts'
import { type Acting, findActing } from './award-queries.ts'
import { AWARD } from './award-routes.tsx'
import { digestOf } from './effect-digest.ts'
import { ActPreviewPage } from './preview-views.tsx'

const ACT = `${AWARD}/:kind{revoke|suspend|reinstate|extend|correct}`

/** Acting on one award: a form, what it would change, and then, by a second form, that it does. */
export const actPages = new Hono<StaffEnv>()
  .get(ACT, requirePermission('awards.act'), async (c) => {
    const kind = kindOf(c.req.param('kind'))
    const acting = await requireActing(c, c.req.param('id'))
    const { award } = acting
    if (!canBe(acting, kind)) return c.redirect(`${paths.staff.award(award.id)}?late`, 303)
    const typed = {
      submission: crypto.randomUUID(),
      on: todayOf(c),
      toAwardedOn: award.awardedOn,
      toExpiresOn: award.expiresOn ?? '',
      reason: '',
    }
    return renderForm(c, acting, kind, typed)
  })

  .post(ACT, requirePermission('awards.act'), withinFormLimit, async (c) =>
    answer(c, c.req.param('id'), kindOf(c.req.param('kind')), await readFormFields(c)),
  )

const Submission = v.object({ submission: v.pipe(v.string(), v.uuid()) })

async function answer(
  c: Context<StaffEnv>,
  id: string,
  kind: ActKind,
  fields: FormFields,
): Promise<Response> {
  const { db, staff, now } = c.var
  const today = todayOf(c)
  const acting = await requireActing(c, id)
  const { award, acts, rules, candidate } = acting
  const typed = typedAct(fields)
  const { submission } = typed
  if (acts.some((act) => act.submission === submission)) return seeAward(c, award.id, `done=${kind}`)
  if (!canBe(acting, kind)) return seeAward(c, award.id, 'late')
  if (fields.edit !== undefined) return renderForm(c, acting, kind, typed)

  const others = candidate.kept.filter((one) => isOther(one, award))
  const form = v.safeParse(actForm(kind, award, others, today), fields)
  if (!form.success) return renderForm(c, acting, kind, typed, fieldErrors(form.issues))
  const kept = candidate.kept.find((one) => one.id === award.id)!
  const events = withActs(candidate.events, [{ ...kept, ...form.output }])
  const effect = effectOf(rules, candidate, events, today)
  if (changesNothing(effect)) return renderForm(c, acting, kind, typed, { on: ['acts.nothing'] })

  const digest = await digestOf([form.output, candidate.revision, effect])
  if (fields.digest !== digest) {
    noteLook(c, 'staff.candidate-viewed', award.candidateId)
    const { hasAddress } = candidate
    const isStale = fields.digest !== undefined
    const props = { award, act: form.output, typed, digest, hasAddress, effect, isStale, today }
    return render(c, <ActPreviewPage chrome={staffChromeOf(c)} {...props} />)
  }
  const by = { staffId: staff.staffId, now }
  // Somebody was faster: whoever confirms sees what it would change by now.
  if (!(await storeAct(db, form.output, actedAward(acting, effect, submission, today), by)))
    return answer(c, id, kind, { ...fields, digest: '' })
  await tryKeepAwardsOf(db, [award.candidateId], today, now)
  return seeAward(c, award.id, `done=${kind}`)
}

function actedAward(
  { award, candidate }: Acting,
  effect: Effect,
  submission: string,
  today: CalendarDate,
): ActedAward {
  const { id: candidateId, revision, hasAddress } = candidate
  const { id: awardId, certification, number } = award
  const besides = toldChanges(effect.awards, [number], today)
  return { awardId, candidateId, revision, hasAddress, certification, number, submission, besides }
}

function isOther(one: Acting['candidate']['kept'][number], award: Acting['award']): boolean {
  return one.id !== award.id && one.certification === award.certification && one.supersededBy === null
}

function canBe({ award }: Acting, kind: ActKind): boolean {
  return possibleActs(award).includes(kind)
}

async function requireActing(c: Context<StaffEnv>, id: string): Promise<Acting> {
  const acting = await findActing(c.var.db, Number(id))
  if (!acting) throw new HTTPException(404)
  return acting
}

function todayOf({ var: { program, now } }: Context<StaffEnv>) {
  return calendarDateIn(program.settings.timeZone, now)
}

function kindOf(text: string): ActKind {
  return actKinds.find((kind) => kind === text)!
}

/** What was typed, and the form's own key; a form without one gets one. */
function typedAct(fields: FormFields): TypedAct {
  const { submission } = v.is(Submission, fields) ? fields : { submission: crypto.randomUUID() }
  const text = (name: string) => typedText(fields, name)
  const [on, toAwardedOn, toExpiresOn] = [text('on'), text('toAwardedOn'), text('toExpiresOn')]
  return { submission, on, toAwardedOn, toExpiresOn, reason: text('reason') }
}

function seeAward(c: Context<StaffEnv>, id: number, what: string) {
  return c.redirect(`${paths.staff.award(id)}?${what}`, 303)
}

function renderForm(
  c: Context<StaffEnv>,
  { award }: Acting,
  kind: ActKind,
  typed: TypedAct,
  errors?: FieldErrors,
) {
  noteLook(c, 'staff.candidate-viewed', award.candidateId)
  const props = { award, kind, typed, today: todayOf(c) }
  return render(
    c,
    <ActFormPage chrome={staffChromeOf(c)} {...props} {...(errors && { errors })} />,
    errors ? 422 : 200,
  )
}
