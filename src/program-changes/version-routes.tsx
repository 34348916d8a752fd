import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { calendarDateIn } from '../core/calendar-date.ts'
import { withinFormLimit } from '../core/posted-form.ts'
import { render } from '../core/render.ts'
import { paths } from '../paths.ts'
import { requirePermission, type StaffEnv, staffChromeOf } from '../staff/staff-viewer.ts'
import { whoOf } from './change-path.ts'
import { startRuns } from './start-runs.ts'
import { findVersion, withdrawVersion } from './version-queries.ts'
import { WithdrawalPage } from './withdrawal-views.tsx'

const VERSION = '/staff/program/versions/:version{[1-9][0-9]{0,8}}'

/** A version's document, and taking back one that has not begun. */
export const versionPages = new Hono<StaffEnv>()
  .get('/staff/program/versions/:version{[1-9][0-9]{0,8}\\.json}', async (c) => {
    const { version, document } = await requireVersion(c)
    return c.body(JSON.stringify(JSON.parse(document), null, 2), 200, {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="program-version-${version}.json"`,
      'cache-control': 'private, no-store',
    })
  })

  .get(`${VERSION}/withdrawal`, requirePermission('program.change'), async (c) => {
    const { version, effectiveOn, state } = await requireVersion(c)
    if (state !== 'ahead' || effectiveOn === null) throw new HTTPException(404)
    return render(c, <WithdrawalPage chrome={staffChromeOf(c)} version={version} effectiveOn={effectiveOn} />)
  })

  .post(`${VERSION}/withdrawal`, requirePermission('program.change'), withinFormLimit, async (c) => {
    const { db, program, now } = c.var
    const { version } = await requireVersion(c)
    const today = calendarDateIn(program.settings.timeZone, now)
    const isDone = await withdrawVersion(db, version, { ...whoOf(c), today })
    if (isDone) await startRuns(c.env, now)
    return c.redirect(`${paths.staff.program}?withdrawn=${version}`, 303)
  })

async function requireVersion(c: Context<StaffEnv>) {
  const version = Number.parseInt(c.req.param('version') ?? '', 10)
  const found = await findVersion(c.var.db, version)
  if (!found) throw new HTTPException(404)
  return { version, ...found }
}
