import * as v from 'valibot'
import { ok, type Result, refuse } from '../../core/result.ts'
import type { FeedEvent } from './event-row.ts'
import { fromOurEvent, OurEvent } from './our-event.ts'
import { fromPsiEvent, PsiEvent } from './psi-event.ts'
import { TOLERANCE_MS } from './signature.ts'

export const MOST_EVENTS = 100
const MOST_ERRORS = 50

/** An event as it was sent, beside what was understood of it. */
export type ReadEvent = { sent: string; event: FeedEvent }

/** What is wrong with a body, and where: `3.occurredAt` is in the fourth event of an array. */
export type EventError = { path: string; message: string }

/** Reads one event or an array of them. With one that is malformed none is taken: the sender is to send all again. */
export function readEvents(body: Uint8Array, sentAt: number): Result<ReadEvent[], EventError[]> {
  const json = parse(body)
  if (!json.ok) return refuse([{ path: '', message: json.refusal }])
  const sent = Array.isArray(json.value) ? (json.value as unknown[]) : [json.value]
  if (sent.length > MOST_EVENTS)
    return refuse([{ path: '', message: `has ${sent.length} events, and at most ${MOST_EVENTS} are taken` }])

  const errors: EventError[] = []
  const events: ReadEvent[] = []
  for (const [index, each] of sent.entries()) {
    const read = readEvent(each, sentAt)
    const prefix = Array.isArray(json.value) ? String(index) : ''
    if (read.ok) events.push({ sent: JSON.stringify(each), event: read.value })
    else errors.push(...read.refusal.map((error) => ({ ...error, path: joined(prefix, error.path) })))
  }
  return errors.length > 0 ? refuse(errors.slice(0, MOST_ERRORS)) : ok(events)
}

function parse(body: Uint8Array): Result<unknown, string> {
  try {
    return ok(JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(body)) as unknown)
  } catch {
    return refuse('is not JSON in UTF-8')
  }
}

function readEvent(sent: unknown, sentAt: number): Result<FeedEvent, EventError[]> {
  const isPsi = typeof sent === 'object' && sent !== null && 'change_reason' in sent
  const read = isPsi
    ? understood(v.safeParse(PsiEvent, sent), (event) => fromPsiEvent(event, sentAt))
    : understood(v.safeParse(OurEvent, sent), fromOurEvent)
  // An event of next year would outdate everything that is said until then.
  if (read.ok && read.value.happenedAt > sentAt + TOLERANCE_MS)
    return refuse([{ path: isPsi ? 'effective_date' : 'occurredAt', message: 'has not come yet' }])
  return read
}

function understood<Schema extends v.GenericSchema>(
  read: v.SafeParseResult<Schema>,
  take: (event: v.InferOutput<Schema>) => FeedEvent,
): Result<FeedEvent, EventError[]> {
  if (read.success) return ok(take(read.output))
  return refuse(read.issues.map((issue) => ({ path: v.getDotPath(issue) ?? '', message: issue.message })))
}

function joined(prefix: string, path: string): string {
  return [prefix, path].filter((part) => part !== '').join('.')
}
