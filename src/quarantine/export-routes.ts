import { Hono } from 'hono'
import { staffActor } from '../audit/actions.ts'
import { writeAudit } from '../audit/audit-queries.ts'
import { openDatabase } from '../core/database.ts'
import { type CsvCell, csvHeaders, csvStream } from '../import/csv-export.ts'
import { paths } from '../paths.ts'
import { mayRole } from '../staff/permissions.ts'
import type { StaffEnv } from '../staff/staff-viewer.ts'
import { type Cursor, readFilter } from './list-filter.ts'
import { type ListedRow, listForExport } from './list-queries.ts'
import { namesCandidates } from './reasons.ts'

const ROWS_AT_ONCE = 500

/** The waiting rows of a filter as a table to keep; who may not look at candidates gets it without them. */
export const quarantineExport = new Hono<StaffEnv>().get(paths.staff.quarantineExport, async (c) => {
  const { db, staff, now, t } = c.var
  const filter = readFilter((name) => c.req.query(name))
  const sees: Sees = {
    people: mayRole(staff.role, 'candidates.view'),
    rows: mayRole(staff.role, 'deliveries.download'),
  }
  const details = { kind: 'quarantine', ...partsToLog(filter) }
  const event = { action: 'rows.exported', actor: staffActor(staff.staffId), details } as const
  if (c.req.method !== 'HEAD') await writeAudit(db, event, now)
  // The answer outlives the request's own session of the database.
  const reading = openDatabase(c.env.DB)
  let after: Cursor | null = null
  const nextPage = async () => {
    const rows: (ListedRow & { raw: string })[] = await listForExport(reading, filter, after, ROWS_AT_ONCE)
    const last = rows.at(-1)
    if (last) after = [last.reason, last.quarantinedAt, last.deliveryId, last.member, last.line]
    return { rows: rows.map((row) => cellsOf(row, sees)), isLast: rows.length < ROWS_AT_ONCE }
  }
  return c.body(
    csvStream(columnsFor(sees), nextPage, t('quarantine.export.cut')),
    200,
    csvHeaders('quarantine.csv'),
  )
})

const COLUMNS = ['delivery', 'member', 'line', 'feed', 'kind', 'reason', 'message', 'exam_code', 'since']

/** Whose rows they are is for those who look at candidates, and the rows themselves for those who may have the file. */
type Sees = { people: boolean; rows: boolean }

function columnsFor({ people, rows }: Sees): string[] {
  return [...COLUMNS, ...(people ? ['registration_id', 'candidate_id'] : []), ...(rows ? ['row'] : [])]
}

function cellsOf(row: ListedRow & { raw: string }, sees: Sees): CsvCell[] {
  return [
    row.delivery,
    row.member,
    row.line,
    row.feed,
    row.kind,
    row.reason,
    sees.people || !namesCandidates(row.reason) ? row.message : '',
    row.examCode,
    new Date(row.quarantinedAt).toISOString(),
    ...(sees.people ? [row.registrationId, row.candidateId] : []),
    ...(sees.rows ? [row.raw] : []),
  ]
}

/** What the log may know of it: nothing that anybody typed. */
function partsToLog({ reason, delivery }: ReturnType<typeof readFilter>) {
  return { reason, deliveryId: delivery !== null && /^[0-9a-f-]{36}$/.test(delivery) ? delivery : null }
}
