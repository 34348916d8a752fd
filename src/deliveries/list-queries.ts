import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import type { Counts } from '../import/row.ts'
import { askTogether } from '../import/row-queries.ts'
import type { Brake } from '../schema.ts'
import { COUNT_COLUMNS, SENDER_NAME } from './count-columns-queries.ts'
import type { FeedName, ListCursor, ListedDelivery, ListFilter, Tab } from './delivery-list.ts'
import type { QuarterHour } from './import-picture.ts'
import { selectPicture } from './picture-queries.ts'

type Asked = ListFilter & { after: ListCursor | null; limit: number; pictureSince: Date }
type ListedRow = Omit<ListedDelivery, 'brakes' | 'vendorTime' | 'receivedAt' | 'counts'> &
  Counts & { brakes: string | null; vendorTime: number; receivedAt: number }

/** Each in the words of its partial index, or it would not be used. */
const TAB_CONDITIONS: Record<Tab, SQL> = {
  all: sql.raw('true'),
  attention: sql.raw("state IN ('needs_review', 'failed') AND set_aside_by IS NULL"),
  'under-way': sql.raw("state IN ('received', 'importing')"),
  imported: sql.raw("state = 'imported'"),
}

/** One page of deliveries, the newest first, all feeds by name, and what the picture shows: one round trip. */
export async function listDeliveries(db: Database, asked: Asked) {
  const [rows, feeds, picture] = await askTogether<[ListedRow, FeedName, QuarterHour]>(db, [
    selectPage(asked),
    sql`SELECT id, name FROM feeds ORDER BY name, id`,
    selectPicture(asked.pictureSince),
  ])
  return { found: rows.map(listedOf), feeds, picture }
}

function selectPage({ tab, feed, after, limit }: Asked): SQL {
  const ofFeed = feed === null ? sql`true` : sql`feed = ${feed}`
  const behind = after === null ? sql`true` : sql`(received_at, id) < (${after.at}, ${after.id})`
  return sql`
    SELECT delivery.id, coalesce((SELECT feeds.name FROM feeds WHERE feeds.id = delivery.feed), delivery.feed) AS feedName,
      delivery.name, delivery.state, delivery.brakes, delivery.set_aside_by AS setAsideBy,
      delivery.vendor_time AS vendorTime, delivery.received_at AS receivedAt, delivery.received_by AS receivedBy,
      delivery.sender, ${SENDER_NAME} AS senderName, ${COUNT_COLUMNS}
    FROM (
      SELECT * FROM deliveries WHERE ${TAB_CONDITIONS[tab]} AND ${ofFeed} AND ${behind}
      ORDER BY received_at DESC, id DESC LIMIT ${limit}
    ) AS delivery
    LEFT JOIN delivery_chunks AS chunk ON chunk.delivery_id = delivery.id AND chunk.run = delivery.run
    GROUP BY delivery.id
    ORDER BY delivery.received_at DESC, delivery.id DESC`
}

function listedOf(row: ListedRow): ListedDelivery {
  return {
    ...row,
    brakes: row.brakes === null ? null : (JSON.parse(row.brakes) as Brake[]),
    vendorTime: new Date(row.vendorTime),
    receivedAt: new Date(row.receivedAt),
    counts: row,
  }
}
