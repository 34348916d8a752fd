import type { Delivery } from '../delivery-queries.ts'
import type { Feed } from '../feeds.ts'

/** Tables of events are written by us, whatever formats the vendor's own files have, and whatever their columns are. */
export function inOurFormat(feed: Feed): Feed {
  return { ...feed, encoding: 'utf-8', maps: [], dateFormats: ['YYYY-MM-DD'], decimalSign: '.' }
}

/** The feed as this delivery of it is read. Bundles are known by their sender: a vendor may name files as it likes. */
export function feedOfDelivery(feed: Feed, { sender }: Pick<Delivery, 'sender'>): Feed {
  return sender === 'events' ? inOurFormat(feed) : feed
}
