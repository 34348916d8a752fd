import type { RequestKind } from '../../mail/outbox.ts'
import { paths } from '../../paths.ts'

export const tabs = ['open', 'waiting', 'ended'] as const
export type Tab = (typeof tabs)[number]

export const whose = ['mine', 'nobody'] as const

/** What of the requests is listed, as the page's address says it. */
export type QueueFilter = {
  state: Tab
  kind: RequestKind | null
  /** Whose they are to see to; null: anybody's. */
  who: (typeof whose)[number] | null
  isOverdue: boolean
}

/** Where a page ends: its last row's instant, in UTC milliseconds, and id. */
export type Cursor = { at: number; id: number }

/** Reads the page's address. What it does not know counts as not said. */
export function readFilter(
  query: (name: string) => string | undefined,
  kinds: readonly RequestKind[],
): QueueFilter {
  const state = tabs.find((tab) => tab === query('state')) ?? 'open'
  return {
    state,
    kind: kinds.find((kind) => kind === query('kind')) ?? null,
    who: whose.find((who) => who === query('who')) ?? null,
    isOverdue: state === 'open' && query('overdue') !== undefined,
  }
}

/** The same state with nothing left out. */
export function unfiltered({ state }: QueueFilter): QueueFilter {
  return { state, kind: null, who: null, isOverdue: false }
}

/** Whether some requests of the state are left out. */
export function isFiltered({ kind, who, isOverdue }: QueueFilter): boolean {
  return kind !== null || who !== null || isOverdue
}

export function queuePath({ state, kind, who, isOverdue }: QueueFilter, after?: string): string {
  const query = new URLSearchParams({
    ...(state !== 'open' && { state }),
    ...(kind && { kind }),
    ...(who && { who }),
    ...(isOverdue && { overdue: '' }),
    ...(after !== undefined && { after }),
  })
  return query.size === 0 ? paths.staff.requests : `${paths.staff.requests}?${query}`
}

/** Anything else begins at the first page. */
export function readCursor(text: string | undefined): Cursor | null {
  const [, at, id] = /^(\d{1,15})\.(\d{1,15})$/.exec(text ?? '') ?? []
  return at !== undefined && id !== undefined ? { at: Number(at), id: Number(id) } : null
}

/** How long requests have waited for staff, the shortest first: each step up to so many days, the last for the rest. */
export const AGE_STEPS = [
  ['day', 1],
  ['three', 3],
  ['week', 7],
  ['more', null],
] as const
