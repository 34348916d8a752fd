import { Hono } from 'hono'
import { render } from '../core/render.ts'
import { paths } from '../paths.ts'
import {
  loadStaff,
  requirePermission,
  requireStaff,
  type StaffEnv,
  staffChromeOf,
} from '../staff/staff-viewer.ts'
import { changePages } from './change-routes.tsx'
import { decisionPages } from './decision-routes.ts'
import { ProgramPage } from './program-views.tsx'
import { runPages } from './run-routes.tsx'
import { loadProgramPage } from './version-queries.ts'
import { versionPages } from './version-routes.tsx'

/** How the program is changed: written, tried on everybody, put in force by a second person. */
export const programConsole = new Hono<StaffEnv>()
  .use('/staff/program/*', loadStaff, requireStaff, requirePermission('program.view'))

  .get(paths.staff.program, async (c) => {
    const asked = c.req.query('withdrawn') ?? ''
    const withdrawn = /^[1-9]\d{0,8}$/.test(asked) ? Number(asked) : null
    return render(
      c,
      <ProgramPage chrome={staffChromeOf(c)} withdrawn={withdrawn} {...(await loadProgramPage(c.var.db))} />,
    )
  })

  .route('/', versionPages)
  .route('/', changePages)
  .route('/', decisionPages)
  .route('/', runPages)
