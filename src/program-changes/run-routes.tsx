import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { readFormFields, typedText, withinFormLimit } from '../core/posted-form.ts'
import { render } from '../core/render.ts'
import { paths } from '../paths.ts'
import { mayRole } from '../staff/permissions.ts'
import { requirePermission, type StaffEnv, staffChromeOf } from '../staff/staff-viewer.ts'
import { whoOf } from './change-path.ts'
import { isMoving, progressText, shareOf } from './effect-views.tsx'
import { effectKinds } from './effects.ts'
import { decideMails, deleteDiscardedMails, releaseHeldMails } from './mail-queries.ts'
import { findRun, loadRunPage } from './run-page-queries.ts'
import { oweRunAgain } from './run-queries.ts'
import { RunPage } from './run-views.tsx'
import { startRuns } from './start-runs.ts'

const RUN = '/staff/program/runs/:id{[1-9][0-9]{0,14}}'
const MOST_PAGES = 1000
/** Let go, or deleted, at once; the scheduler does the rest. */
const MAILS_AT_ONCE = 500

/** What a run did, whose it is, and its mails. */
export const runPages = new Hono<StaffEnv>()
  .get(RUN, async (c) => {
    const { db, staff } = c.var
    const kind = effectKinds.find((one) => one === c.req.query('kind')) ?? null
    const page = Math.min(MOST_PAGES, Math.max(1, Number.parseInt(c.req.query('page') ?? '1', 10) || 1))
    const found = await loadRunPage(db, Number(c.req.param('id')), kind, page)
    if (!found) throw new HTTPException(404)
    const shown = { ...found, kind, page, may: mayRole(staff.role, 'program.change') }
    return render(c, <RunPage chrome={staffChromeOf(c)} {...shown} />)
  })

  .get(`${RUN}/progress`, async (c) => {
    const run = await requireRun(c)
    const stage = isMoving(run) ? 'running' : 'ended'
    const said = { stage, share: shareOf(run), text: progressText(c.var.t, run) }
    return c.json(said, 200, { 'cache-control': 'private, no-store' })
  })

  .post(`${RUN}/again`, requirePermission('program.change'), withinFormLimit, async (c) => {
    const run = await requireRun(c)
    await oweRunAgain(c.var.db, run.id, whoOf(c))
    await startRuns(c.env, c.var.now)
    return c.redirect(paths.staff.programRun(run.id), 303)
  })

  .post(`${RUN}/mails`, requirePermission('program.change'), withinFormLimit, async (c) => {
    const run = await requireRun(c)
    const to = typedText(await readFormFields(c), 'to')
    if (to !== 'released' && to !== 'discarded') throw new HTTPException(400)
    const isDecided = await decideMails(c.var.db, run.id, to, whoOf(c))
    if (isDecided && to === 'released') await releaseHeldMails(c.var.db, MAILS_AT_ONCE, c.var.now)
    if (isDecided && to === 'discarded') await deleteDiscardedMails(c.var.db, MAILS_AT_ONCE)
    return c.redirect(paths.staff.programRun(run.id), 303)
  })

async function requireRun(c: Context<StaffEnv>) {
  const run = await findRun(c.var.db, Number(c.req.param('id')))
  if (!run) throw new HTTPException(404)
  return run
}
