import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import * as v from 'valibot'
import { calendarDateIn } from '../core/calendar-date.ts'
import { fieldErrors } from '../core/form-errors.ts'
import { readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { render } from '../core/render.ts'
import type { FieldErrors } from '../layout/form.tsx'
import { paths } from '../paths.ts'
import { requirePermission, type StaffEnv, staffChromeOf } from '../staff/staff-viewer.ts'
import { CloseForm } from './review-form.ts'
import { ReviewsPage, reviewsPath } from './review-list-views.tsx'
import {
  closeReview,
  findClosing,
  findReview,
  type ListedReview,
  listReviews,
  type ReviewCursor,
  type ReviewTab,
} from './review-queries.ts'
import { ReviewPage } from './review-views.tsx'

const PAGE_SIZE = 50
const REVIEW = '/staff/reviews/:id{[1-9][0-9]{0,14}}'

/** Results that changed for the worse: what somebody has to look at, and has looked at. */
export const reviews = new Hono<StaffEnv>()
  .get(paths.staff.reviews, async (c) => {
    const { db, program, now } = c.var
    const tab: ReviewTab = c.req.query('tab') === 'closed' ? 'closed' : 'open'
    const after = readCursor(c.req.query('after'))
    // One more than is shown tells whether there is a next page.
    const found = await listReviews(db, { tab, after, limit: PAGE_SIZE + 1 })
    const shown = found.slice(0, PAGE_SIZE)
    const last = found.length > PAGE_SIZE ? shown.at(-1) : undefined
    const next = last ? reviewsPath(tab, cursorOf(tab, last)) : null
    const today = calendarDateIn(program.settings.timeZone, now)
    return render(c, <ReviewsPage chrome={staffChromeOf(c)} {...{ tab, reviews: shown, next, today }} />)
  })

  .get(REVIEW, (c) => renderReview(c, {}))

  .post(REVIEW, requirePermission('quarantine.decide'), withinFormLimit, async (c) => {
    const { db, staff, now } = c.var
    const id = Number(c.req.param('id'))
    const fields = await readFormFields(c)
    const form = v.safeParse(CloseForm, fields)
    const before = await findClosing(db, id)
    if (!before) throw new HTTPException(404)
    if (before.closedById === null && !form.success)
      return renderReview(c, { typedNote: typedText(fields, 'note'), errors: fieldErrors(form.issues) })

    if (form.success) await closeReview(db, id, form.output.note, { staffId: staff.staffId, now })
    const closing = await findClosing(db, id)
    const isOwn = closing?.closedById === staff.staffId && form.success && closing.note === form.output.note
    return c.redirect(`${paths.staff.review(id)}?${isOwn ? 'done' : 'late'}`, 303)
  })

type Shown = { typedNote?: string; errors?: FieldErrors }

async function renderReview(c: Context<StaffEnv>, { typedNote = '', errors }: Shown) {
  const { db, program, now } = c.var
  const found = await findReview(db, Number(c.req.param('id')))
  if (!found) throw new HTTPException(404)
  const notice =
    c.req.query('late') !== undefined ? 'late' : c.req.query('done') !== undefined ? 'done' : null
  const today = calendarDateIn(program.settings.timeZone, now)
  const props = { ...found, notice, today, typedNote } as const
  return render(
    c,
    <ReviewPage chrome={staffChromeOf(c)} {...props} {...(errors && { errors })} />,
    errors ? 422 : 200,
  )
}

function cursorOf(tab: ReviewTab, { id, openedAt, closedAt }: ListedReview): string {
  return `${tab === 'open' ? openedAt : closedAt}.${id}`
}

/** Anything else begins at the first page. */
function readCursor(text: string | undefined): ReviewCursor | null {
  const [, at, id] = /^(\d{1,15})\.(\d{1,15})$/.exec(text ?? '') ?? []
  return at !== undefined && id !== undefined ? { at: Number(at), id: Number(id) } : null
}
