import { Hono } from 'hono'
import { openDatabase } from '../core/database.ts'
import { afterAnswer } from '../core/failure.ts'
import { render } from '../core/render.ts'
import { paths } from '../paths.ts'
import {
  loadStaff,
  requirePermission,
  requireStaff,
  type StaffEnv,
  staffChromeOf,
} from '../staff/staff-viewer.ts'
import { staffActor } from './actions.ts'
import { readLogFilter, readLogQuestion } from './log-filter.ts'
import { noteLogViewed, searchLog } from './log-queries.ts'
import { AuditLogPage } from './views.tsx'

const PAGE_SIZE = 50

/** The log of everything that staff did and that bears on security. */
export const auditPages = new Hono<StaffEnv>()
  .use(paths.staff.audit, loadStaff, requireStaff, requirePermission('audit.view'))

  .get(paths.staff.audit, async (c) => {
    const { db, now, staff } = c.var
    const filter = readLogFilter((name) => c.req.query(name))
    const { question, refusals } = readLogQuestion(filter, c.req.query('before'))
    const { entries, colleagues } = await searchLog(db, question, PAGE_SIZE + 1)
    // A GET that writes, as do the others by which staff look at what is not theirs.
    const actor = staffActor(staff.staffId)
    afterAnswer(c, { name: 'audit a look', done: noteLogViewed(openDatabase(c.env.DB), actor, now) })

    const isRefused = Object.keys(refusals).length > 0
    return render(
      c,
      <AuditLogPage
        chrome={staffChromeOf(c)}
        filter={filter}
        errors={isRefused ? refusals : undefined}
        colleagues={colleagues}
        entries={isRefused ? [] : entries.slice(0, PAGE_SIZE)}
        older={!isRefused && entries.length > PAGE_SIZE ? entries[PAGE_SIZE - 1]!.seq : null}
      />,
      isRefused ? 422 : 200,
    )
  })
