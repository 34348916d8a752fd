import { refuse } from '../core/result.ts'
import { readRow } from './apply-rows.ts'
import type { Feed } from './feeds.ts'
import type { OpenTable } from './open-table.ts'
import type { Fault, RowReading } from './row.ts'
import { LONGEST_RECORD, type TableRecord } from './table-records.ts'

/** What a record of a table says as a row of its kind, or why it says nothing. */
export function readRecord(
  feed: Feed,
  { layout }: Pick<OpenTable, 'layout'>,
  record: TableRecord,
): RowReading<object> {
  if (record.cells.length !== layout.width) {
    const message = `has ${record.cells.length} cells, and the header has ${layout.width}`
    return refuse({ reason: 'bad_columns', message })
  }
  if (record.raw.length > LONGEST_RECORD)
    return refuse({ reason: 'bad_columns', message: `is longer than ${LONGEST_RECORD} characters` })
  const reading = readRow(layout, record, feed)
  if (reading.ok && record.isLiteral) reading.value.remarks.push(QUOTES)
  return reading
}

const QUOTES: Fault = {
  reason: 'bad_quotes',
  message: 'has a quote that is not closed; the line was read as it stands',
}
