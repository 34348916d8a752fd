import type { Position } from './delivery-queries.ts'
import type { OpenTable } from './open-table.ts'
import { readRecords, type TableRecord } from './table-records.ts'
import { byteLengthOf, decodeText } from './table-text.ts'

/** A line without an end is cut here and set aside, rather than read into memory whole. */
const LONGEST_LINE_BYTES = 4_194_304

/** What must be known of a table to read its records. `width`: see readRecords. */
export type ReadableTable = Pick<OpenTable, 'objectKey' | 'bytes' | 'encoding' | 'delimiter'> & {
  layout: { width: number | null }
}

/** Reads more and more until there is at least one complete record. `text` begins at `from`. */
export async function readPiece(
  bucket: R2Bucket,
  table: ReadableTable,
  from: Position,
  length: number,
): Promise<{ records: TableRecord[]; next: Position; text: string }> {
  const object = await bucket.get(table.objectKey, { range: { offset: from.offset, length } })
  if (!object) throw new Error(`${table.objectKey} is gone`)
  const bytes = new Uint8Array(await object.arrayBuffer())
  const isLast = from.offset + bytes.length >= table.bytes
  const text = decodeText(bytes, table.encoding, isLast)
  const { records, end, nextLine } = readRecords(text, {
    delimiter: table.delimiter,
    width: table.layout.width,
    line: from.line,
    complete: isLast || length >= LONGEST_LINE_BYTES,
  })
  if (end === 0 && !isLast) return readPiece(bucket, table, from, length * 2)
  const read = end === text.length && isLast ? bytes.length : byteLengthOf(text.slice(0, end), table.encoding)
  return { records, next: { offset: from.offset + read, line: nextLine }, text }
}
