import { ok, type Result, refuse } from '../core/result.ts'
import { type Layout, layoutOf } from './columns.ts'
import type { Delivery, Position } from './delivery-queries.ts'
import type { Feed } from './feeds.ts'
import { byteInspector, type Inspection } from './inspect-bytes.ts'
import { readRecords } from './table-records.ts'
import { byteLengthOf, decodeText, type Encoding, startsWithBytes, UTF8_BOM_BYTES } from './table-text.ts'
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
  /** What its columns are called. */
  names: string[]
  layout: Layout
  start: Position
  /** Lines that are not blank, the header among them. */
  lines: number
  sha256: string | null
}

/** A file as it was delivered, or only lent to be looked at. */
export type StoredFile = Pick<Delivery, 'name' | 'bytes' | 'objectKey'>

export type TableSource = { member: string; bytes: number; number: number; inZip: boolean }

/** A header is read from the first bytes; none is longer. */
const HEADER_BYTES = 65_536

/** `table` is null for a file of no use to us, and a refusal where it is one that should be of use. */
export type OpenedFile = { table: Result<OpenTable | null, string>; inspection: Inspection }

/**
 * Brings a table out of its ZIP if it is in one, finds out how it is encoded and what its columns are. Null for
 * a table of no use to us; refuses what should be one and is not.
 */
export async function openTable(
  bucket: R2Bucket,
  feed: Feed,
  delivery: StoredFile,
  source: TableSource,
): Promise<Result<OpenTable | null, string>> {
  const opened = await openFile(bucket, feed, delivery, source, false)
  return opened.ok ? opened.value.table : opened
}

/** As openTable, and says what was seen of the bytes, also of a file that is no table. */
export async function openFile(
  bucket: R2Bucket,
  feed: Feed,
  delivery: StoredFile,
  source: TableSource,
  withDigest: boolean,
): Promise<Result<OpenedFile, string>> {
  const stored = source.inZip
    ? await unpack(bucket, delivery, source, withDigest)
    : await inspect(bucket, delivery, withDigest)
  if (!stored.ok) return stored
  const { objectKey, ...inspection } = stored.value
  return ok({ table: await tableIn(bucket, feed, source, stored.value), inspection })
}

async function tableIn(
  bucket: R2Bucket,
  feed: Feed,
  source: TableSource,
  stored: Stored,
): Promise<Result<OpenTable | null, string>> {
  if (source.bytes === 0 && layoutOf([], source.member, feed).ok) return ok(null)
  const headed = await readHead(bucket, feed, source, stored)
  if (!headed.ok) return headed

  const table = headed.value
  const layout = layoutOf(table.names, source.member, feed)
  if (!layout.ok) return refuse(layout.refusal.message)
  return ok(layout.value && { ...table, layout: layout.value })
}

/** A table of which only its header was read, whatever it is about. */
export type HeadedTable = Omit<OpenTable, 'layout'>

/** Brings a table out of its ZIP if it is in one, finds out how it is encoded, and reads its header. */
export async function openHeader(
  bucket: R2Bucket,
  feed: Feed,
  delivery: StoredFile,
  source: TableSource,
): Promise<Result<HeadedTable, string>> {
  const stored = source.inZip
    ? await unpack(bucket, delivery, source, false)
    : await inspect(bucket, delivery, false)
  return stored.ok ? readHead(bucket, feed, source, stored.value) : stored
}

async function readHead(
  bucket: R2Bucket,
  feed: Feed,
  { number, member, bytes }: TableSource,
  stored: Stored,
): Promise<Result<HeadedTable, string>> {
  // The bucket has no first bytes of an object without any.
  if (bytes === 0) return refuse('is empty')
  const head = await bucket.get(stored.objectKey, { range: { offset: 0, length: HEADER_BYTES } })
  if (!head) throw new Error(`${stored.objectKey} is gone`)
  const encoding = feed.encoding === 'detect' ? stored.encoding : feed.encoding
  const header = readHeader(new Uint8Array(await head.arrayBuffer()), stored.encoding, encoding, bytes)
  return header.ok ? ok({ number, member, ...stored, encoding, bytes, ...header.value }) : header
}

/** Where a member of a ZIP lies once it is unpacked. */
export function memberKey(zipKey: string, number: number): string {
  return `${membersPrefix(zipKey)}${number}`
}

export function membersPrefix(zipKey: string): string {
  return `${zipKey}.members/`
}

type Stored = Inspection & { objectKey: string }

/** Inflated twice: once to see that it is whole and how it is encoded, and then into a file of its own. */
async function unpack(
  bucket: R2Bucket,
  delivery: StoredFile,
  { member, bytes, number }: TableSource,
  withDigest: boolean,
): Promise<Result<Stored, string>> {
  const inspector = byteInspector(withDigest)
  const look = new WritableStream<Uint8Array>({ write: (part) => inspector.see(part) })
  const { objectKey: zipKey, bytes: zipBytes } = delivery
  const whole = await inflateZipMember(bucket, zipKey, zipBytes, member, look)
  if (!whole.ok) return whole

  const objectKey = memberKey(zipKey, number)
  const { readable, writable } = new FixedLengthStream(bytes)
  const [inflated] = await Promise.all([
    inflateZipMember(bucket, zipKey, zipBytes, member, writable),
    bucket.put(objectKey, readable),
  ])
  return inflated.ok ? ok({ objectKey, ...inspector.inspection() }) : inflated
}

async function inspect(
  bucket: R2Bucket,
  { objectKey }: StoredFile,
  withDigest: boolean,
): Promise<Result<Stored, string>> {
  const object = await bucket.get(objectKey)
  if (!object) throw new Error(`${objectKey} is gone`)
  const inspector = byteInspector(withDigest)
  for await (const part of object.body) inspector.see(part)
  return ok({ objectKey, ...inspector.inspection() })
}

type TableHeader = { names: string[]; delimiter: string; start: Position }

function readHeader(
  head: Uint8Array,
  found: Encoding,
  encoding: Encoding,
  size: number,
): Result<TableHeader, string> {
  if (startsWithBytes(head, [0xff, 0xfe]) || startsWithBytes(head, [0xfe, 0xff]))
    return refuse('is in UTF-16, which is not read; send UTF-8')
  if (head.includes(0)) return refuse('is neither a ZIP nor a table')

  if (encoding === 'utf-8' && found !== 'utf-8') return refuse('is not in UTF-8, as the feed says that it is')

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
