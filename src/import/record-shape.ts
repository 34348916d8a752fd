import type { TableHeading } from '../schema.ts'
import { type Layout, layoutOf } from './columns.ts'
import type { Feed } from './feeds.ts'

/** How the records of a table are to be read. */
export type RecordShape = { layout: Layout; delimiter: string }

/** By the heading that a table had when it was read, and its feed as it is set now; null where it is no table now. */
export function shapeOf(
  feed: Feed,
  { name, header }: { name: string; header: TableHeading | null },
): RecordShape | null {
  if (header === null) return null
  const layout = layoutOf(header.names, name, feed)
  return layout.ok && layout.value ? { layout: layout.value, delimiter: header.delimiter } : null
}
