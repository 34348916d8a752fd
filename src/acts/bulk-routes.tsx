import { type Context, Hono } from 'hono'
import * as v from 'valibot'
import { calendarDateIn } from '../core/calendar-date.ts'
import { fieldErrors } from '../core/form-errors.ts'
import { type FormFields, readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { render } from '../core/render.ts'
import type { FieldErrors } from '../layout/form.tsx'
import { paths } from '../paths.ts'
import { noteListLook } from '../staff/note-look.ts'
import { requirePermission, type StaffEnv, staffChromeOf } from '../staff/staff-viewer.ts'
import { actedRows, bulkEffect } from './bulk-effect.ts'
import { bulkForm } from './bulk-form.ts'
import { BulkFormPage, type TypedBulk } from './bulk-form-views.tsx'
import { meantAwards } from './bulk-lines.ts'
import { BulkPreviewPage } from './bulk-preview-views.tsx'
import { insertProposal, loadMeant } from './proposal-queries.ts'

const Submission = v.object({ submission: v.pipe(v.string(), v.uuid()) })

/** Acting on many awards begins here: a list, what it would change, and a proposal to a second person. */
export const bulkActs = new Hono<StaffEnv>()
  .get(paths.staff.newActs, requirePermission('awards.act'), (c) => {
    const on = calendarDateIn(c.var.program.settings.timeZone, c.var.now)
    const typed = { submission: crypto.randomUUID(), kind: '', on, toExpiresOn: '', reason: '', lines: '' }
    return renderForm(c, typed)
  })

  .post(paths.staff.newActs, requirePermission('awards.act'), withinFormLimit, async (c) => {
    const { db, program, staff, now } = c.var
    const today = calendarDateIn(program.settings.timeZone, now)
    const fields = await readFormFields(c)
    const typed = typedBulk(fields)
    if (fields.edit !== undefined) return renderForm(c, typed)
    const form = v.safeParse(bulkForm(program, today), fields)
    if (!form.success) return renderForm(c, typed, fieldErrors(form.issues))

    const { act, lines } = form.output
    const { numbered, rules, candidates } = await loadMeant(db, lines)
    const read = meantAwards(lines, numbered)
    const effect = bulkEffect(rules, candidates, read.awardIds, act, today)
    const awardIds = actedRows(effect).map(({ award }) => award.id)
    if (fields.propose === undefined || awardIds.length === 0) {
      noteListLook(c, 'acts.viewed', { awards: read.awardIds.length })
      return render(c, <BulkPreviewPage chrome={staffChromeOf(c)} {...{ act, typed, read, effect, today }} />)
    }

    const { submission } = typed
    const by = { staffId: staff.staffId, now }
    const id = await insertProposal(db, act, { awardIds, submission }, by)
    return c.redirect(paths.staff.proposal(id), 303)
  })

function typedBulk(fields: FormFields): TypedBulk {
  const { submission } = v.is(Submission, fields) ? fields : { submission: crypto.randomUUID() }
  const text = (name: string) => typedText(fields, name)
  const [kind, on, toExpiresOn] = [text('kind'), text('on'), text('toExpiresOn')]
  return { submission, kind, on, toExpiresOn, reason: text('reason'), lines: text('lines') }
}

function renderForm(c: Context<StaffEnv>, typed: TypedBulk, errors?: FieldErrors) {
  return render(
    c,
    <BulkFormPage chrome={staffChromeOf(c)} typed={typed} {...(errors && { errors })} />,
    errors ? 422 : 200,
  )
}
