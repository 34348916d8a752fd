import { base64url } from 'jose'
import * as v from 'valibot'
import { paths } from '../paths.ts'
import { isWaitingReason, type WaitingReason } from './reasons.ts'

/** Which of the waiting rows somebody wants to see. `code`: the vendor's code of an exam that nobody knows. */
export type Filter = {
  reason: WaitingReason | null
  feed: string | null
  delivery: string | null
  code: string | null
}

const LONGEST_PART = 200

/** From the query of an address or the fields of a form; what makes no sense is left out. */
export function readFilter(field: (name: string) => string | undefined): Filter {
  const text = (name: string) => {
    const value = field(name)?.trim() ?? ''
    return value === '' || value.length > LONGEST_PART ? null : value
  }
  const reason = text('reason')
  const code = text('code')
  return {
    // Codes of exams that are known are nothing that a row waits for.
    reason: code !== null ? 'unknown_exam' : reason !== null && isWaitingReason(reason) ? reason : null,
    feed: text('feed'),
    delivery: text('delivery'),
    code: code?.toUpperCase() ?? null,
  }
}

export function filterQuery({ reason, feed, delivery, code }: Filter): Record<string, string> {
  return {
    ...(reason !== null && { reason }),
    ...(feed !== null && { feed }),
    ...(delivery !== null && { delivery }),
    ...(code !== null && { code }),
  }
}

export function listPath(filter: Filter, more: Record<string, string> = {}): string {
  const query = new URLSearchParams({ ...filterQuery(filter), ...more })
  return query.size === 0 ? paths.staff.quarantine : `${paths.staff.quarantine}?${query}`
}

const Cursor = v.tuple([v.string(), v.number(), v.string(), v.string(), v.number()])

/** Where a page of the list ends: the reason, the instant, the delivery, the member and the line of its last row. */
export type Cursor = v.InferOutput<typeof Cursor>

export function writeCursor(cursor: Cursor): string {
  return base64url.encode(JSON.stringify(cursor))
}

/** Null for what we have not written, which then is the first page. */
export function readCursor(text: string | undefined): Cursor | null {
  if (text === undefined || text.length > 2000) return null
  try {
    const parsed = v.safeParse(Cursor, JSON.parse(new TextDecoder().decode(base64url.decode(text))))
    return parsed.success ? parsed.output : null
  } catch {
    return null
  }
}
