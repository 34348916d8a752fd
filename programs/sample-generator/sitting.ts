import { addDays, type CalendarDate, weekdayOf } from '../../src/core/calendar-date.ts'
import type { Exam } from '../../src/program/program.ts'
import type { deliveryOutcomes, grades, validities } from '../../src/schema.ts'
import type { Random } from './random.ts'

export type Outcome = { delivery: (typeof deliveryOutcomes)[number]; grade: (typeof grades)[number] }

/** What becomes of a result after the exam is over. `lost`: it never arrives. */
export type Story =
  | 'plain'
  | 'graded_later'
  | 'rescored'
  | 'corrected_to_pass'
  | 'corrected_to_fail'
  | 'held'
  | 'released'
  | 'revoked'
  | 'reinstated'
  | 'lost'

/** One booked sitting, with what is true of it in the end. */
export type Sitting = Outcome & {
  registrationId: string
  candidateId: string
  exam: Exam
  seriesCode: string
  bookedOn: CalendarDate
  on: CalendarDate
  time: string
  timeZone: string
  site: string
  attempt: number
  score: number | null
  correct: number | null
  rescheduled: boolean
  hasSections: boolean
  story: Story
}

/** What a sitting says at one time: the same sitting, told differently in different deliveries. */
export type SittingVersion = {
  knownOn: CalendarDate
  /** Told by the vendor's exam file, or in our neutral format, which has words for everything. */
  by: 'exam' | 'results'
  sitting: Sitting
  validity: (typeof validities)[number]
}

export const PASSING_SCORE = 700
export const TOP_SCORE = 1000

export const plainPass: Outcome = { delivery: 'delivered', grade: 'pass' }

/** Centres are closed at the weekend. */
export function openDay(date: CalendarDate): CalendarDate {
  const weekday = weekdayOf(date)
  return weekday <= 5 ? date : addDays(date, 8 - weekday)
}

/** Where an exam has had several codes, the one it went by on a date; undated changes are spread over the history. */
export function seriesCodeOn(
  exam: Exam,
  date: CalendarDate,
  history: readonly [CalendarDate, CalendarDate],
): string {
  const [begin, end] = history.map((day) => Date.parse(day)) as [number, number]
  const dated = exam.codes.findIndex(({ until }) => until !== undefined && date <= until)
  if (dated !== -1) return exam.codes[dated]!.code
  const undated = exam.codes.filter(({ until }) => until === undefined)
  const share = (Date.parse(date) - begin) / (end - begin)
  const place = Math.min(undated.length - 1, Math.max(0, Math.floor(share * undated.length)))
  return undated[place]!.code
}

export function scoreFor({ grade }: Outcome, random: Random): number | null {
  if (grade === 'pass') return random.between(PASSING_SCORE, 985)
  if (grade === 'fail') return random.chance(0.03) ? 0 : random.between(380, PASSING_SCORE - 1)
  return null
}
