import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { type CsvCell, csvHeaders, csvStream, MOST_EXPORTED_ROWS } from '../import/csv-export.ts'
import { mayRole } from '../staff/permissions.ts'
import { requirePermission, type StaffEnv } from '../staff/staff-viewer.ts'
import type { LineCursor } from './delivery-detail.ts'
import { DELIVERY } from './delivery-routes.tsx'
import { type ExportedRow, findFile, listExportedRows, takeNoted } from './file-queries.ts'

/** A file that somebody sent runs nothing, loads nothing and is framed by nobody, whatever is in it. */
const SANDBOX = "default-src 'none'; sandbox; base-uri 'none'; frame-ancestors 'none'"

/** So many rows of at most 20,000 characters lie in memory at a time. */
const ROWS_AT_ONCE = 500

/** What leaves the console as a file. Each stands in the audit log before it is handed over. */
export const deliveryFiles = new Hono<StaffEnv>()
  .get(`${DELIVERY}/file`, requirePermission('deliveries.download'), async (c) => {
    const { db, staff, now } = c.var
    const id = c.req.param('id')
    const isLook = c.req.method === 'HEAD'
    const delivery = isLook
      ? await findFile(db, id)
      : await takeNoted(db, id, 'delivery.downloaded', staff.staffId, now)
    if (!delivery || delivery.rawDeletedAt !== null) throw new HTTPException(404)

    const { objectKey, name } = delivery
    const object = await c.env.BUCKET.get(objectKey)
    if (!object) throw new Error('a delivery that is kept is not in the bucket')
    return c.body(object.body, 200, {
      'content-type': 'application/octet-stream',
      'content-length': String(object.size),
      'content-disposition': `attachment; ${fileNameOf(name)}`,
      'content-security-policy': SANDBOX,
      'cache-control': 'private, no-store',
    })
  })

  .get(`${DELIVERY}/problems.csv`, async (c) => {
    const { db, staff, now, t } = c.var
    const id = c.req.param('id')
    const isLook = c.req.method === 'HEAD'
    const delivery = isLook
      ? await findFile(db, id)
      : await takeNoted(db, id, 'rows.exported', staff.staffId, now)
    if (!delivery) throw new HTTPException(404)

    // The row itself may hold a person's whole address: it is for those who may have the file.
    const withRaw = mayRole(staff.role, 'deliveries.download')
    const columns = [...COLUMNS, ...(withRaw ? ['row'] : [])]
    const most = new Intl.NumberFormat(t.locale).format(MOST_EXPORTED_ROWS)
    let after: LineCursor | null = null
    const nextPage = async () => {
      const rows = await listExportedRows(db, id, after, ROWS_AT_ONCE)
      after = rows.at(-1) ?? null
      const cells = rows.map((row) => [...cellsOf(row), ...(withRaw ? [row.raw] : [])])
      return { rows: cells, isLast: rows.length < ROWS_AT_ONCE }
    }
    const table = csvStream(columns, nextPage, t('deliveries.export.cut', { most }))
    return c.body(table, 200, csvHeaders(`problems-${id.slice(0, 8)}.csv`))
  })

const COLUMNS = ['member', 'line', 'kind', 'state', 'reason', 'message', 'candidate_id', 'exam_code']

function cellsOf(row: ExportedRow): CsvCell[] {
  const { member, line, kind, state, reason, message, candidateId, examCode } = row
  return [member, line, kind, state, reason, message, candidateId, examCode]
}

/** The name twice: in letters that every client knows, and as it is (RFC 6266). */
function fileNameOf(name: string): string {
  const plain = name.replace(/[^\p{L}\p{M}\p{N} ._()+-]/gu, '_').slice(0, 200)
  const ascii = plain.replace(/[^\x20-\x7e]/g, '_')
  return `filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(plain).replace(/[()]/g, percentCode)}`
}

function percentCode(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}
