import { isCalendarDate } from '../core/calendar-date.ts'
import type { DateFormat } from './cells.ts'
import type { Outcome } from './sitting.ts'

/** A configured source of deliveries: everything about a vendor's files that is not in the files. */
export type Feed = {
  id: string
  /** Tried in order. `03/04/2026` is only read by a feed that says which comes first. */
  dateFormats: readonly DateFormat[]
  /** The vendor's grades, in lower case, as what happened and how it was graded. */
  grades: Readonly<Record<string, Outcome>>
  /** Sittings whose title matches are not exams (a review of an earlier paper). */
  notAnExam: RegExp
  /** Whether a person whom we do not know becomes a candidate. */
  createsCandidates: boolean
  /** This vendor's own column names, by how we call them; the known ones need no entry. */
  columns: Readonly<Record<string, string>>
}

const pearson: Feed = {
  id: 'pearson',
  dateFormats: ['YYYY/MM/DD', 'MM/DD/YYYY', 'YYYY-MM-DD'],
  grades: {
    pass: { delivery: 'delivered', grade: 'pass' },
    fail: { delivery: 'delivered', grade: 'fail' },
    taken: { delivery: 'delivered', grade: 'pending' },
    refused: { delivery: 'nda_refused', grade: 'none' },
    incomplete: { delivery: 'incomplete', grade: 'none' },
    unfinished: { delivery: 'incomplete', grade: 'none' },
  },
  notAnExam: /\breview\b/i,
  createsCandidates: true,
  columns: {},
}

const feeds = new Map([pearson].map((feed) => [feed.id, feed]))

export const feedIds: readonly string[] = [...feeds.keys()]

export function findFeed(id: string): Feed | null {
  return feeds.get(id) ?? null
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
