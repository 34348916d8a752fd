import { Hono } from 'hono'
import { staffActor } from '../audit/actions.ts'
import { writeAudit } from '../audit/audit-queries.ts'
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
import { readAfter, readSearch, TYPED_LIMIT } from './candidate-search.ts'
import { searchCandidates } from './search-queries.ts'
import { hitsPage } from './search-results.ts'
import { SearchPage } from './search-views.tsx'

const PAGE_SIZE = 25

export const candidateSearch = new Hono<StaffEnv>()
  .use(paths.staff.candidates, loadStaff, requireStaff, requirePermission('candidates.search'))

  .get(paths.staff.candidates, async (c) => {
    const { db, now, program, staff } = c.var
    const typed = (c.req.query('q') ?? '').slice(0, 2 * TYPED_LIMIT)
    const search = readSearch(typed, program)
    if (search === null)
      return render(c, <SearchPage chrome={staffChromeOf(c)} typed={typed} results={null} />)

    const after = readAfter(c.req.query('after'))
    const results = hitsPage(await searchCandidates(db, search, after, PAGE_SIZE + 1), after, PAGE_SIZE)
    // A GET that writes, as nothing else of this site: that somebody looked must stand in the log. How much was found
    // and what kind of text it was, and never the text.
    const details = { kind: search.kind, hits: results.hits.length, more: results.next !== null }
    const event = { action: 'staff.candidates-searched', actor: staffActor(staff.staffId), details } as const
    afterAnswer(c, { name: 'audit a search', done: writeAudit(openDatabase(c.env.DB), event, now) })
    return render(c, <SearchPage chrome={staffChromeOf(c)} typed={typed} results={results} />)
  })
