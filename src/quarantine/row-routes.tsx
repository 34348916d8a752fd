import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import { fieldErrors } from '../core/form-errors.ts'
import { readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { render } from '../core/render.ts'
import type { RowAddress } from '../import/settle-queries.ts'
import { readRecords } from '../import/table-records.ts'
import type { FieldErrors } from '../layout/form.tsx'
import { paths } from '../paths.ts'
import type { TableHeading } from '../schema.ts'
import { requirePermission, type StaffEnv, staffChromeOf } from '../staff/staff-viewer.ts'
import { waysFor } from './reasons.ts'
import { findRow, loadRow, type ShownRow } from './row-queries.ts'
import { RowPage, type RowPageNotice } from './row-views.tsx'
import type { NamedCell } from './said-facts.ts'
import { settleRow } from './settle.ts'
import { SettleForm } from './settle-form.ts'

const ROW = '/staff/quarantine/:delivery{[A-Za-z0-9-]{1,64}}/:line{[0-9]{1,10}}'

/** One row: why it waits, whose it may be, and what to do about it. */
export const quarantinedRow = new Hono<StaffEnv>()
  .get(ROW, (c) => renderRow(c, addressOf(c), {}))

  .post(ROW, requirePermission('quarantine.decide'), withinFormLimit, async (c) => {
    const { db, staff, now } = c.var
    const address = addressOf(c)
    const row = await findRow(db, address)
    if (!row) throw new HTTPException(404)
    if (row.resolvedAt !== null)
      return seeRow(c, address, row.settledById === staff.staffId ? {} : { late: '' })

    const fields = await readFormFields(c)
    const form = v.safeParse(SettleForm, fields)
    const typed = { candidate: typedText(fields, 'candidate'), note: typedText(fields, 'note') }
    if (!form.success) return renderRow(c, address, { typed, errors: fieldErrors(form.issues) })
    if (!waysFor(row).includes(form.output.way)) throw new HTTPException(400)

    const settled = await settleRow(c.env, db, row, form.output, { staffId: staff.staffId, now })
    if (!settled.ok) {
      const { field, message } = settled.refusal
      return renderRow(c, address, { typed, errors: { [field]: [message] } })
    }
    const { state, also } = settled.value
    if (state === 'late') return seeRow(c, address, { late: '' })
    return seeRow(c, address, state === 'waits' ? { waits: '' } : { also: String(also) })
  })

function addressOf(c: Context<StaffEnv>): RowAddress {
  const { delivery, line } = c.req.param() as { delivery: string; line: string }
  return { deliveryId: delivery, line: Number(line), member: c.req.query('member') ?? '' }
}

function seeRow(
  c: Context<StaffEnv>,
  { deliveryId, line, member }: RowAddress,
  more: Record<string, string>,
) {
  const query = new URLSearchParams(more)
  const path = paths.staff.quarantinedRow(deliveryId, line, member)
  return c.redirect(query.size === 0 ? path : `${path}&${query}`, 303)
}

type Shown = { typed?: { candidate: string; note: string }; errors?: FieldErrors }

async function renderRow(c: Context<StaffEnv>, address: RowAddress, { typed, errors }: Shown) {
  const found = await loadRow(c.var.db, address)
  if (!found) throw new HTTPException(404)
  const readCells = cellReader(found.row)
  return render(
    c,
    <RowPage
      chrome={staffChromeOf(c)}
      {...found}
      cells={readCells(found.row)}
      siblings={found.siblings.map(({ line, raw }) => ({ line, cells: readCells({ line, raw }) }))}
      notice={noticeOf(c)}
      typed={typed ?? { candidate: '', note: '' }}
      {...(errors && { errors })}
    />,
    errors ? 422 : 200,
  )
}

function noticeOf(c: Context<StaffEnv>): RowPageNotice {
  const also = c.req.query('also')
  if (c.req.query('late') !== undefined) return { kind: 'late' }
  if (c.req.query('waits') !== undefined) return { kind: 'waits' }
  return also !== undefined && /^\d{1,5}$/.test(also) ? { kind: 'settled', also: Number(also) } : null
}

/** Reads rows of one table: their cells, beside the names of their columns. */
function cellReader(row: ShownRow) {
  const header = row.header === null ? null : (JSON.parse(row.header) as TableHeading)
  const delimiter = header?.delimiter ?? (row.raw.includes('\t') ? '\t' : ',')
  const width = header?.names.length ?? null
  return ({ line, raw }: { line: number; raw: string }): NamedCell[] => {
    const [record] = readRecords(raw, { delimiter, width, line, complete: true, limit: 1 }).records
    const cells = record?.cells ?? [raw]
    return cells.map((text, index) => ({ name: header?.names[index] ?? null, text: text.trim() }))
  }
}
