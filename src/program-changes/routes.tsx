import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { render } from '../core/render.ts'
import { paths } from '../paths.ts'
import {
  loadStaff,
  requirePermission,
  requireStaff,
  type StaffEnv,
  staffChromeOf,
} from '../staff/staff-viewer.ts'
import { findVersion, loadProgramPage } from './change-queries.ts'
import { changePages } from './change-routes.tsx'
import { decisionPages } from './decision-routes.ts'
import { ProgramPage } from './program-views.tsx'
import { runPages } from './run-routes.tsx'

/** How the program is changed: written, tried on everybody, put in force by a second person. */
export const programConsole = new Hono<StaffEnv>()
  .use('/staff/program/*', loadStaff, requireStaff, requirePermission('program.view'))

  .get(paths.staff.program, async (c) =>
    render(c, <ProgramPage chrome={staffChromeOf(c)} {...(await loadProgramPage(c.var.db))} />),
  )

  .get('/staff/program/versions/:version{[1-9][0-9]{0,8}\\.json}', async (c) => {
    const version = Number.parseInt(c.req.param('version'), 10)
    const found = await findVersion(c.var.db, version)
    if (!found) throw new HTTPException(404)
    return c.body(JSON.stringify(JSON.parse(found.document), null, 2), 200, {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="program-version-${version}.json"`,
      'cache-control': 'private, no-store',
    })
  })

  .route('/', changePages)
  .route('/', decisionPages)
  .route('/', runPages)
