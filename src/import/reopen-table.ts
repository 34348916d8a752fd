import { type Layout, layoutOf } from './columns.ts'
import type { Delivery } from './delivery-queries.ts'
import type { Feed } from './feeds.ts'
import { headerOf, memberKey, openTable, type TableHeader } from './open-table.ts'
import type { Encoding } from './table-text.ts'

/** A member of a delivery as its last run found it. */
export type KnownMember = { number: number; name: string; bytes: number; encoding: string | null }

/** How the records of a table are to be read. */
export type RecordShape = { layout: Layout; delimiter: string }

/** The header of a table, where its bytes lie in the bucket as they are: not in a ZIP, or already unpacked. */
export async function findHeader(
  bucket: R2Bucket,
  delivery: Pick<Delivery, 'name' | 'objectKey'>,
  { number, name, bytes, encoding }: KnownMember,
): Promise<TableHeader | null> {
  if (encoding === null) return null
  const objectKey = name === delivery.name ? delivery.objectKey : memberKey(delivery.objectKey, number)
  if (!(await bucket.head(objectKey))) return null
  const header = await headerOf(bucket, { objectKey, encoding: encoding as Encoding }, bytes)
  return header.ok ? header.value : null
}

/** Reads a table's header once more, by the feed as it is set now; null where its bytes are gone, or are no table. */
export async function reopenTable(
  bucket: R2Bucket,
  feed: Feed,
  delivery: Delivery,
  member: KnownMember,
): Promise<RecordShape | null> {
  const header = await findHeader(bucket, delivery, member)
  if (header) {
    const layout = layoutOf(header.names, member.name, feed)
    return layout.ok && layout.value ? { layout: layout.value, delimiter: header.delimiter } : null
  }
  if (delivery.rawDeletedAt !== null || !(await bucket.head(delivery.objectKey))) return null
  const { number, name, bytes } = member
  const source = { member: name, bytes, number, inZip: name !== delivery.name }
  const opened = await openTable(bucket, feed, delivery, source)
  return opened.ok ? opened.value : null
}
