import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import { fieldErrors } from '../../core/form-errors.ts'
import { paragraphs, requiredLine } from '../../core/plain-text.ts'
import { readFormFields, typedText, withinFormLimit } from '../../core/posted-form.ts'
import { render } from '../../core/render.ts'
import type { FieldErrors } from '../../layout/form.tsx'
import { paths } from '../../paths.ts'
import {
  loadStaff,
  requirePermission,
  requireStaff,
  type StaffEnv,
  staffChromeOf,
} from '../../staff/staff-viewer.ts'
import {
  changeCannedAnswer,
  findCannedAnswer,
  makeCannedAnswer,
  removeCannedAnswer,
  selectCannedAnswers,
} from './canned-queries.ts'
import {
  BODY_LIMIT,
  CannedAnswerPage,
  CannedAnswersPage,
  RemoveCannedAnswerPage,
  TITLE_LIMIT,
} from './canned-views.tsx'

const ONE = '/staff/canned-answers/:id{[1-9][0-9]{0,14}}'

const CannedForm = v.object({
  title: requiredLine(TITLE_LIMIT, 'desk.canned.name.missing', 'desk.canned.name.refused'),
  body: v.pipe(
    paragraphs(BODY_LIMIT, 'desk.canned.body.refused', 'desk.canned.body.long'),
    v.nonEmpty('desk.canned.body.missing'),
  ),
})

type CannedContext = Context<StaffEnv>
const idOf = (c: CannedContext) => Number(c.req.param('id'))

/** Console › Requests › Canned answers. */
export const cannedAnswers = new Hono<StaffEnv>()
  .use('/staff/canned-answers/*', loadStaff, requireStaff, requirePermission('canned-answers.change'))

  .get(paths.staff.cannedAnswers, (c) => showAll(c, { title: '', body: '' }))

  .post(paths.staff.cannedAnswers, withinFormLimit, async (c) => {
    const { db, staff, now } = c.var
    const fields = await readFormFields(c)
    const typed = { title: typedText(fields, 'title'), body: typedText(fields, 'body') }
    const form = v.safeParse(CannedForm, fields)
    if (!form.success) return showAll(c, typed, fieldErrors(form.issues))
    const isKept = await makeCannedAnswer(db, { ...form.output, staffId: staff.staffId }, now)
    if (!isKept) return showAll(c, typed, { title: ['desk.canned.name.taken'] })
    return c.redirect(paths.staff.cannedAnswers, 303)
  })

  .get(ONE, async (c) => showOne(c, await found(c)))

  .post(ONE, withinFormLimit, async (c) => {
    const { db, staff, now } = c.var
    const { id } = await found(c)
    const fields = await readFormFields(c)
    const typed = { id, title: typedText(fields, 'title'), body: typedText(fields, 'body') }
    const form = v.safeParse(CannedForm, fields)
    if (!form.success) return showOne(c, typed, fieldErrors(form.issues))
    const isKept = await changeCannedAnswer(db, { id, ...form.output, staffId: staff.staffId }, now)
    if (!isKept) return showOne(c, typed, { title: ['desk.canned.name.taken'] })
    return c.redirect(paths.staff.cannedAnswers, 303)
  })

  .post(`${ONE}/removal`, withinFormLimit, async (c) => {
    const { db, staff, now } = c.var
    await removeCannedAnswer(db, { id: idOf(c), staffId: staff.staffId }, now)
    return c.redirect(paths.staff.cannedAnswers, 303)
  })

  .get(`${ONE}/removal`, async (c) =>
    render(c, <RemoveCannedAnswerPage chrome={staffChromeOf(c)} answer={await found(c)} />),
  )

async function found(c: CannedContext) {
  const answer = await findCannedAnswer(c.var.db, idOf(c))
  if (!answer) throw new HTTPException(404)
  return answer
}

async function showAll(c: CannedContext, typed: { title: string; body: string }, errors?: FieldErrors) {
  const answers = await selectCannedAnswers(c.var.db)
  const props = { chrome: staffChromeOf(c), answers, typed, ...(errors && { errors }) }
  return render(c, <CannedAnswersPage {...props} />, errors ? 422 : 200)
}

function showOne(
  c: CannedContext,
  answer: { id: number; title: string; body: string },
  errors?: FieldErrors,
) {
  const props = { chrome: staffChromeOf(c), answer, ...(errors && { errors }) }
  return render(c, <CannedAnswerPage {...props} />, errors ? 422 : 200)
}
