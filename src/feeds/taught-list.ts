import { paths } from '../paths.ts'

/** How many IDs, and how many codes, stand on a page. */
export const TAUGHT_ON_PAGE = 50

type Taught = { taughtBy: string; taughtAt: number }

/** An ID that a feed says, and whose it is. */
export type TaughtLink = Taught & { said: string; candidateId: string; fullName: string }

/** What a feed calls an exam of the program. */
export type TaughtCode = Taught & { code: string; exam: string }

/** A link with what hangs on it. */
export type LinkToForget = TaughtLink & {
  /** Whether somebody has the ID by now, beside the one whom the feed means. */
  isSomebodys: boolean
  /** How many results of the candidate are this feed's, up to one more than MOST_RESULTS. */
  results: number
  /** How many of the vendor's own numbers were learned for the candidate since then. */
  numbers: number
}

export const MOST_RESULTS = 100

/** Where a page of either list begins: behind the entry of this instant and this ID or code. */
export type TaughtCursor = { at: number; what: string }
export type TaughtAfter = { ids: TaughtCursor | null; codes: TaughtCursor | null }

export function taughtPath(feed: string, { ids, codes }: TaughtAfter): string {
  const query = new URLSearchParams({
    ...(ids !== null && { ids: cursorText(ids) }),
    ...(codes !== null && { codes: cursorText(codes) }),
  })
  return query.size === 0 ? paths.staff.feedTaught(feed) : `${paths.staff.feedTaught(feed)}?${query}`
}

function cursorText({ at, what }: TaughtCursor): string {
  return `${at}.${what}`
}

/** Anything else begins at the first page. */
export function readTaughtCursor(text: string | undefined): TaughtCursor | null {
  const [, at, what] = /^(\d{1,15})\.(.{1,500})$/s.exec(text ?? '') ?? []
  return at !== undefined && what !== undefined ? { at: Number(at), what } : null
}
