import type { Counts } from '../import/row.ts'
import { paths } from '../paths.ts'
import type { Sender } from '../schema.ts'
import type { StoredState } from './delivery-standing.ts'

export const tabs = ['all', 'attention', 'under-way', 'imported'] as const
export type Tab = (typeof tabs)[number]

export type ListFilter = { tab: Tab; feed: string | null }

/** Where a page begins: behind the delivery that was received at this instant and has this id. */
export type ListCursor = { at: number; id: string }

export type SentBy = { sender: Sender; receivedBy: 'api' | 'inbox'; senderName: string | null }

export type ListedDelivery = StoredState &
  SentBy & {
    id: string
    feedName: string
    name: string
    vendorTime: Date
    receivedAt: Date
    counts: Counts
  }

export type FeedName = { id: string; name: string }

export function listPath({ tab, feed }: ListFilter, after?: string): string {
  const query = new URLSearchParams({
    ...(tab !== 'all' && { state: tab }),
    ...(feed !== null && { feed }),
    ...(after !== undefined && { after }),
  })
  return query.size === 0 ? paths.staff.deliveries : `${paths.staff.deliveries}?${query}`
}

export function readTab(text: string | undefined): Tab {
  return tabs.find((tab) => tab === text) ?? 'all'
}

export function listCursorOf({ receivedAt, id }: Pick<ListedDelivery, 'receivedAt' | 'id'>): string {
  return `${receivedAt.getTime()}.${id}`
}

/** Anything else begins at the first page. */
export function readListCursor(text: string | undefined): ListCursor | null {
  const [, at, id] = /^(\d{1,15})\.([0-9a-f-]{1,40})$/.exec(text ?? '') ?? []
  return at !== undefined && id !== undefined ? { at: Number(at), id } : null
}
