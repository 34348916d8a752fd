import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import { fieldErrors } from '../core/form-errors.ts'
import { type FormFields, readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { render } from '../core/render.ts'
import type { RowAddress } from '../import/settle-queries.ts'
import type { FieldErrors } from '../layout/form.tsx'
import { paths } from '../paths.ts'
import { findExam } from '../program/catalogue.ts'
import { requirePermission, type StaffEnv, staffChromeOf } from '../staff/staff-viewer.ts'
import { type SelectedRows, type Selection, selectRows, settleRows } from './bulk.ts'
import { BulkPage } from './bulk-views.tsx'
import { listPath, readFilter } from './list-filter.ts'
import { SettleForm } from './settle-form.ts'

/** As many as a page of the list shows. */
const MOST_TICKED = 50

/** Many rows at once: what would happen to how many, and then, by a second form, that it happens. */
export const bulk = new Hono<StaffEnv>().post(
  paths.staff.quarantineBulk,
  requirePermission('quarantine.decide'),
  withinFormLimit,
  async (c) => {
    const { db, staff, now, program } = c.var
    const fields = await readFormFields(c)
    const selection = readSelection(fields)
    const selected = await selectRows(db, selection)
    if (fields.way === undefined) return renderPreview(c, selection, selected, {})

    const form = v.safeParse(SettleForm, fields)
    const typedNote = typedText(fields, 'note')
    if (!form.success)
      return renderPreview(c, selection, selected, { typedNote, errors: fieldErrors(form.issues) })
    const decision = form.output
    // Somebody else may have settled them all, or some, so that this way is none any more.
    if (selected.rows.length === 0) return seeList(c, selection, 0)
    if (decision.way === 'link' || !selected.ways.includes(decision.way)) throw new HTTPException(400)
    if (decision.way === 'map' && !findExam(program, decision.exam))
      return renderPreview(c, selection, selected, { errors: { exam: ['quarantine.exam.missing'] } })

    const decider = { staffId: staff.staffId, now }
    return seeList(c, selection, await settleRows(c.env, db, selected, selection, decision, decider))
  },
)

function readSelection(fields: FormFields): Selection {
  const filter = readFilter((name) => typedText(fields, name))
  if (fields.scope === 'all' && filter.reason !== null) return { filter }
  return { rows: [fields.row ?? []].flat().slice(0, MOST_TICKED).flatMap(readAddress) }
}

/** `delivery/line/member`; a member may have slashes of its own. */
function readAddress(text: unknown): RowAddress[] {
  const [, deliveryId, line, member] = /^([A-Za-z0-9-]{1,64})\/(\d{1,10})\/(.+)$/s.exec(String(text)) ?? []
  return deliveryId && line && member ? [{ deliveryId, line: Number(line), member }] : []
}

function seeList(c: Context<StaffEnv>, selection: Selection, done: number) {
  const filter = 'filter' in selection ? selection.filter : readFilter(() => undefined)
  return c.redirect(listPath(filter, { done: String(done) }), 303)
}

type Shown = { typedNote?: string; errors?: FieldErrors }

function renderPreview(
  c: Context<StaffEnv>,
  selection: Selection,
  selected: SelectedRows,
  { typedNote = '', errors }: Shown,
) {
  return render(
    c,
    <BulkPage
      chrome={staffChromeOf(c)}
      selection={selection}
      selected={selected}
      typedNote={typedNote}
      {...(errors && { errors })}
    />,
    errors ? 422 : 200,
  )
}
