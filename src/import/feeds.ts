import * as v from 'valibot'
import { isCalendarDate } from '../core/calendar-date.ts'
import { FeedSettings } from './feed-settings.ts'

/** A configured source of deliveries. */
export type Feed = FeedSettings & { id: string; name: string; isStopped: boolean; notAnExam: RegExp | null }

/** A feed as it works, from what is stored of it; settings that were left out have their defaults. */
export function feedOf({
  id,
  name,
  settings,
  stoppedAt,
}: {
  id: string
  name: string
  settings: unknown
  stoppedAt: Date | null
}): Feed {
  const complete = v.parse(FeedSettings, settings)
  return { ...complete, id, name, isStopped: stoppedAt !== null, notAnExam: anyWordOf(complete.notExamWords) }
}

function anyWordOf(words: readonly string[]): RegExp | null {
  if (words.length === 0) return null
  const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join('|')})(?![\\p{L}\\p{N}])`, 'iu')
}

const TIME_IN_NAME =
  /(\d{4})([-.]?)(\d{2})\2(\d{2})(?:[-_.T ]?(\d{2})[-.:]?(\d{2})(?:[-.:]?(\d{2}))?|(\d{2})(?=_))?(?:-?([a-z])(?![a-z]))?(?!\d)/i

/**
 * The vendor's clock in the file's name, taken as UTC, in milliseconds; when there is none, the time of receipt.
 * Only its order matters. A letter after the day (`…-2026-03-01b.dat`) numbers the files of that day.
 */
export function vendorTimeOf(name: string, receivedAt: Date): number {
  const match = TIME_IN_NAME.exec(name)
  if (!match) return receivedAt.getTime()

  const [, year, , month, day, hour, minute, second, hourAlone, letter] = match
  const date = `${year}-${month}-${day}`
  const clock = `${hour ?? hourAlone ?? '00'}:${minute ?? '00'}:${second ?? '00'}`
  const time = Date.parse(`${date}T${clock}Z`)
  if (!isCalendarDate(date) || Number.isNaN(time)) return receivedAt.getTime()
  return time + (letter ? letter.toLowerCase().charCodeAt(0) - 96 : 0)
}
