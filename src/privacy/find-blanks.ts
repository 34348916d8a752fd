import type { Position } from '../import/delivery-queries.ts'
import { type ReadableTable, readPiece } from '../import/read-piece.ts'
import type { TableRecord } from '../import/table-records.ts'
import { byteLengthOf } from '../import/table-text.ts'
import type { Blank } from './blanked-stream.ts'

/** As large as a piece of an import. */
const PIECE_BYTES = 524_288
const encoder = new TextEncoder()

/** Of some records, those to be blanked. */
export type Choose = (records: readonly TableRecord[]) => Promise<ReadonlySet<TableRecord>>

/**
 * Finds the bytes of the chosen records. Their line ends stay, so that every other record keeps the number of its
 * line, by which results and awards say where they come from; blank lines are no records. In memory at a time: one
 * piece of the table, and the places of what was found.
 */
export async function findBlanks(
  bucket: R2Bucket,
  table: ReadableTable,
  start: Position,
  choose: Choose,
): Promise<Blank[]> {
  const blanks: Blank[] = []
  let position = start
  while (position.offset < table.bytes) {
    const { records, next, text } = await readPiece(bucket, table, position, PIECE_BYTES)
    const chosen = await choose(records)
    let end = 0
    let counted = { character: 0, byte: position.offset }
    for (const record of chosen.size === 0 ? [] : records) {
      const begin = text.indexOf(record.raw, end)
      end = begin + record.raw.length
      if (!chosen.has(record)) continue
      const from = counted.byte + byteLengthOf(text.slice(counted.character, begin), table.encoding)
      const to = from + byteLengthOf(record.raw, table.encoding)
      blanks.push({ from, to, kept: encoder.encode(record.raw.replace(/[^\r\n]/g, '')) })
      counted = { character: end, byte: to }
    }
    position = next
  }
  return blanks
}
