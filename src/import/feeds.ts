import * as v from 'valibot'
import { isCalendarDate } from '../core/calendar-date.ts'
import { FeedSettings } from './feed-settings.ts'
import { instantOfWallClock } from './wall-clock.ts'

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
  /(?<date>\d{4}([-.]?)\d{2}\2\d{2})(?:[-_.T ]?(?<time>\d{2}[-.:]?\d{2}(?:[-.:]?\d{2})?)|(?<hour>\d{2})(?=_))?(?:-?(?<letter>[a-z])(?![a-z]))?(?!\d)/i

/**
 * The vendor's clock in the file's name, in milliseconds; when there is none, the time of receipt. Only its order
 * matters. A letter after the day (`…-2026-03-01b.dat`) numbers the files of that day. The feed may say how its names
 * are made, and in which zone its clock stands.
 */
export function vendorTimeOf(
  name: string,
  receivedAt: Date,
  { fileName, fileNameZone }: Pick<Feed, 'fileName' | 'fileNameZone'> = {
    fileName: null,
    fileNameZone: 'UTC',
  },
): number {
  const pattern = fileName === null ? TIME_IN_NAME : patternOf(fileName)
  const groups = pattern.exec(name)?.groups
  if (!groups) return receivedAt.getTime()

  const [year, month, day] = digitsOf(groups.date, [4, 2, 2])
  const [hour = '00', minute = '00', second = '00'] = digitsOf(groups.time ?? groups.hour, [2, 2, 2])
  const date = `${year}-${month}-${day}`
  const time = Date.parse(`${date}T${hour}:${minute}:${second}Z`)
  if (!isCalendarDate(date) || Number.isNaN(time)) return receivedAt.getTime()
  const { letter } = groups
  return instantOfWallClock(time, fileNameZone) + (letter ? letter.toLowerCase().charCodeAt(0) - 96 : 0)
}

const PARTS: Record<string, string> = {
  '{date}': String.raw`(?<date>\d{4}(?<between>[-._]?)\d{2}\k<between>\d{2})`,
  '{time}': String.raw`(?<time>\d{2}(?:[-._: ]?\d{2}(?:[-._: ]?\d{2})?)?)`,
  '{letter}': '(?<letter>[a-z])',
  '*': '.*?',
}

/** Of a part that stands in the pattern twice, the first says it. */
function patternOf(fileName: string): RegExp {
  const seen = new Set<string>()
  const parts = fileName.split(/(\{date\}|\{time\}|\{letter\}|\*+)/).map((piece) => {
    const part = piece.startsWith('*') ? '*' : piece
    const pattern = PARTS[part]
    if (pattern === undefined) return piece.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')
    if (part !== '*' && seen.has(part)) return '.*?'
    seen.add(part)
    return pattern
  })
  return new RegExp(`^${parts.join('')}$`, 'iu')
}

/** Digits in groups of these lengths, as far as there are any. */
function digitsOf(text: string | undefined, lengths: readonly number[]): string[] {
  const digits = (text ?? '').replace(/\D/g, '')
  const groups: string[] = []
  let at = 0
  for (const length of lengths) {
    if (at < digits.length) groups.push(digits.slice(at, at + length))
    at += length
  }
  return groups
}
