import type { Delivery, Position } from '../import/delivery-queries.ts'
import type { Feed } from '../import/feeds.ts'
import { memberKey, openTable, type TableSource } from '../import/open-table.ts'
import type { ReadableTable } from '../import/read-piece.ts'
import { encodingDetector, startsWithBytes, UTF8_BOM_BYTES } from '../import/table-text.ts'
import type { KnownLayout } from './closed-records.ts'

export type FoundTable = { table: ReadableTable; start: Position; layout: KnownLayout }

const HEAD_BYTES = 65_536

/**
 * A table of a delivery, unpacked where it lies in a ZIP. One that the import has no use for is read all the same:
 * it may name people, too. Null for what is no text that we read.
 */
export async function findTable(
  bucket: R2Bucket,
  feed: Feed,
  delivery: Delivery,
  source: TableSource,
): Promise<FoundTable | null> {
  const opened = await openTable(bucket, feed, delivery, source)
  if (opened.ok && opened.value)
    return { table: opened.value, start: opened.value.start, layout: opened.value.layout }

  const objectKey = source.inZip ? memberKey(delivery.objectKey, source.number) : delivery.objectKey
  const object = await bucket.get(objectKey)
  if (!object || object.size === 0) return null
  const detector = encodingDetector()
  let head = new Uint8Array()
  for await (const part of object.body) {
    if (head.length < HEAD_BYTES) head = joined(head, part)
    detector.see(part)
  }
  const isWide = startsWithBytes(head, [0xff, 0xfe]) || startsWithBytes(head, [0xfe, 0xff])
  if (isWide || head.includes(0)) return null

  const offset = startsWithBytes(head, [0xef, 0xbb, 0xbf]) ? UTF8_BOM_BYTES : 0
  const firstLine = new TextDecoder('latin1').decode(head).split(/[\r\n]/)[0]!
  const delimiter = firstLine.includes('\t') ? '\t' : firstLine.includes(';') ? ';' : ','
  const table = { objectKey, bytes: object.size, encoding: detector.encoding(), delimiter }
  return { table: { ...table, layout: { width: null } }, start: { offset, line: 1 }, layout: null }
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length)
  both.set(one)
  both.set(other, one.length)
  return both
}
