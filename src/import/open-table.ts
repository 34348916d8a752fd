import { ok, type Result, refuse } from '../core/result.ts'
import { type Layout, layoutOf } from './columns.ts'
import type { Delivery, Position } from './delivery-queries.ts'
import type { Feed } from './feeds.ts'
import { readRecords } from './table-records.ts'
import {
  byteLengthOf,
  decodeText,
  type Encoding,
  encodingDetector,
  startsWithBytes,
  UTF8_BOM_BYTES,
} from './table-text.ts'
import { inflateZipMember } from './zip-members.ts'

/** A table that is ready to be read from `start`, piece by piece. */
export type OpenTable = {
  /** Among the members of the delivery. */
  number: number
  member: string
  objectKey: string
  bytes: number
  encoding: Encoding
  delimiter: string
  layout: Layout
  start: Position
}

export type TableSource = { member: string; bytes: number; number: number; inZip: boolean }

/** A header is read from the first bytes; none is longer. */
const HEADER_BYTES = 65_536

/**
 * Brings a table out of its ZIP if it is in one, finds out how it is encoded and what its columns are. Null for
 * a table of no use to us; refuses what should be one and is not.
 */
export async function openTable(
  bucket: R2Bucket,
  feed: Feed,
  delivery: Delivery,
  source: TableSource,
): Promise<Result<OpenTable | null, string>> {
  const stored = source.inZip ? await unpack(bucket, delivery, source) : await inspect(bucket, delivery)
  if (!stored.ok) return stored

  const header = await headerOf(bucket, stored.value, source.bytes)
  if (!header.ok) return header

  const { names, delimiter, start } = header.value
  const layout = layoutOf(names, source.member, feed)
  if (!layout.ok) return refuse(layout.refusal.message)
  if (layout.value === null) return ok(null)
  return ok({
    number: source.number,
    member: source.member,
    ...stored.value,
    bytes: source.bytes,
    delimiter,
    layout: layout.value,
    start,
  })
}

/** Where a member of a ZIP lies once it is unpacked. */
export function memberKey(zipKey: string, number: number): string {
  return `${membersPrefix(zipKey)}${number}`
}

export function membersPrefix(zipKey: string): string {
  return `${zipKey}.members/`
}

export type StoredTable = { objectKey: string; encoding: Encoding }

/** Inflated twice: once to see that it is whole and how it is encoded, and then into a file of its own. */
async function unpack(
  bucket: R2Bucket,
  delivery: Delivery,
  { member, bytes, number }: TableSource,
): Promise<Result<StoredTable, string>> {
  const detector = encodingDetector()
  const look = new WritableStream<Uint8Array>({ write: (part) => detector.see(part) })
  const { objectKey: zipKey, bytes: zipBytes } = delivery
  const whole = await inflateZipMember(bucket, zipKey, zipBytes, member, look)
  if (!whole.ok) return whole

  const objectKey = memberKey(zipKey, number)
  const { readable, writable } = new FixedLengthStream(bytes)
  const [inflated] = await Promise.all([
    inflateZipMember(bucket, zipKey, zipBytes, member, writable),
    bucket.put(objectKey, readable),
  ])
  return inflated.ok ? ok({ objectKey, encoding: detector.encoding() }) : inflated
}

async function inspect(bucket: R2Bucket, { objectKey }: Delivery): Promise<Result<StoredTable, string>> {
  const object = await bucket.get(objectKey)
  if (!object) throw new Error(`${objectKey} is gone`)
  const detector = encodingDetector()
  for await (const part of object.body) detector.see(part)
  return ok({ objectKey, encoding: detector.encoding() })
}

/** The names of a stored table's columns, and where its rows begin. */
export async function headerOf(
  bucket: R2Bucket,
  { objectKey, encoding }: StoredTable,
  bytes: number,
): Promise<Result<TableHeader, string>> {
  const head = await bucket.get(objectKey, { range: { offset: 0, length: HEADER_BYTES } })
  if (!head) throw new Error(`${objectKey} is gone`)
  return readHeader(new Uint8Array(await head.arrayBuffer()), encoding, bytes)
}

export type TableHeader = { names: string[]; delimiter: string; start: Position }

function readHeader(head: Uint8Array, encoding: Encoding, size: number): Result<TableHeader, string> {
  if (size === 0) return refuse('is empty')
  if (startsWithBytes(head, [0xff, 0xfe]) || startsWithBytes(head, [0xfe, 0xff]))
    return refuse('is in UTF-16, which is not read; send UTF-8')
  if (head.includes(0)) return refuse('is neither a ZIP nor a table')

  const skipped = startsWithBytes(head, [0xef, 0xbb, 0xbf]) ? UTF8_BOM_BYTES : 0
  const complete = head.length >= size
  const text = decodeText(head.subarray(skipped), encoding, complete)
  const delimiter = text.slice(0, text.search(/[\r\n]|$/)).includes('\t') ? '\t' : ','
  const { records, end, nextLine } = readRecords(text, {
    delimiter,
    width: null,
    line: 1,
    complete,
    limit: 1,
  })
  const [record] = records
  if (!record) return refuse('has no header')
  return ok({
    names: record.cells,
    delimiter,
    start: { offset: skipped + byteLengthOf(text.slice(0, end), encoding), line: nextLine },
  })
}
