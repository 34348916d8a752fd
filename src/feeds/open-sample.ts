import { layoutOf, loadingOrder } from '../import/columns.ts'
import type { Feed } from '../import/feeds.ts'
import { openDelivery } from '../import/open-delivery.ts'
import { type HeadedTable, type OpenTable, openHeader, type TableSource } from '../import/open-table.ts'
import type { Sample } from './samples.ts'

/** Of a ZIP so many members are opened, and none that is larger: a sample shows how files look, not all that is in them. */
const MOST_MEMBERS = 20
const LARGEST_MEMBER_BYTES = 20 * 1024 * 1024

/** What a member of a sample was taken for. `fault`: why a delivery with it would not be imported. */
export type SampleMember = { name: string; bytes: number } & (
  | { is: 'table'; table: OpenTable; names: readonly string[]; fault: null }
  | { is: 'other'; names: readonly string[]; fault: string | null }
  | { is: 'refused'; fault: string }
  | { is: 'left-out'; fault: null }
)

export type OpenedSample = { fault: string | null; members: SampleMember[] }

/** Looks into a sample as an import of this feed would. */
export async function openSample(bucket: R2Bucket, feed: Feed, sample: Sample): Promise<OpenedSample> {
  const opened = await openDelivery(bucket, sample)
  if (!opened.ok) return { fault: opened.refusal, members: [] }
  const { sources, refused } = opened.value
  const members: SampleMember[] = refused.map(({ member, bytes, message }) => ({
    name: member,
    bytes,
    is: 'refused',
    fault: message,
  }))
  for (const [index, source] of sources.entries())
    members.push(
      isLeftOut(source, index)
        ? { name: source.member, bytes: source.bytes, is: 'left-out', fault: null }
        : await openMember(bucket, feed, sample, source),
    )
  return { fault: null, members }
}

/** The tables of a sample in the order in which they would be loaded. */
export function tablesOf({ members }: OpenedSample): OpenTable[] {
  return members
    .flatMap((member) => (member.is === 'table' ? [member.table] : []))
    .toSorted((one, other) => loadingOrder(one.layout.kind) - loadingOrder(other.layout.kind))
}

/** The headers of the tables of a sample, whatever they are about. */
export async function openHeaders(bucket: R2Bucket, feed: Feed, sample: Sample): Promise<HeadedTable[]> {
  const opened = await openDelivery(bucket, sample)
  if (!opened.ok) return []
  const headed: HeadedTable[] = []
  for (const [index, source] of opened.value.sources.entries()) {
    if (isLeftOut(source, index)) continue
    const table = await openHeader(bucket, feed, sample, source)
    if (table.ok) headed.push(table.value)
  }
  return headed
}

function isLeftOut({ bytes, inZip }: TableSource, index: number): boolean {
  return inZip && (index >= MOST_MEMBERS || bytes > LARGEST_MEMBER_BYTES)
}

async function openMember(
  bucket: R2Bucket,
  feed: Feed,
  sample: Sample,
  source: TableSource,
): Promise<SampleMember> {
  const about = { name: source.member, bytes: source.bytes }
  if (source.bytes === 0 && layoutOf([], source.member, feed).ok)
    return { ...about, is: 'other', names: [], fault: null }
  const headed = await openHeader(bucket, feed, sample, source)
  if (!headed.ok) return { ...about, is: 'refused', fault: headed.refusal }
  const { names, ...table } = headed.value
  const layout = layoutOf(names, source.member, feed)
  if (!layout.ok) return { ...about, is: 'other', names, fault: layout.refusal.message }
  if (layout.value)
    return { ...about, is: 'table', names, fault: null, table: { ...table, names, layout: layout.value } }
  return {
    ...about,
    is: 'other',
    names,
    fault: source.inZip ? null : 'is neither a ZIP nor a table that we know',
  }
}
