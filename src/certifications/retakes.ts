import { addDays, addMonths, type CalendarDate, latestOf } from '../core/calendar-date.ts'
import { addBusinessDays } from '../program/business-days.ts'
import { seriesCodesOn } from '../program/catalogue.ts'
import type { Exam, Program, Retakes } from '../program/program.ts'

/** An exam that was sat, whatever came of it: a pass or a fail that stands. */
export type Attempt = { exam: string; satOn: CalendarDate; isPass: boolean }

/**
 * The first day from `today` on when an exam may be sat, by the waits and limits of the program. A wait of so many days is
 * counted from the day after the fail; none means at any time.
 */
export function maySitFrom(
  program: Program,
  exam: Exam,
  attempts: readonly Attempt[],
  today: CalendarDate,
): CalendarDate {
  const retakes = retakesOf(program, exam)
  const sat = attempts
    .filter((attempt) => attempt.exam === exam.code && attempt.satOn <= today)
    .toSorted((a, b) => (a.satOn < b.satOn ? -1 : 1))
  const last = sat.at(-1)
  if (!retakes || !last) return today

  const until = last.isPass
    ? retakes.monthsAfterPass && addMonths(last.satOn, retakes.monthsAfterPass)
    : afterFail(retakes, last.satOn, failsInARow(sat))
  const limits = (retakes.limits ?? []).flatMap(({ attempts: most, months }) => {
    const first = sat.at(-most)
    return first ? [addMonths(first.satOn, months)] : []
  })
  return latestOf([today, ...(until ? [until] : []), ...limits])
}

/**
 * The first day from `today` on when an exam may be sat and can be booked; null where it is not offered then and no code
 * of it is known to begin later.
 */
export function bookableFrom(
  program: Program,
  exam: Exam,
  attempts: readonly Attempt[],
  today: CalendarDate,
): CalendarDate | null {
  const first = maySitFrom(program, exam, attempts, today)
  const begins = exam.codes.flatMap(({ from }) => (from !== undefined && from > first ? [from] : [])).sort()
  return [first, ...begins].find((on) => seriesCodesOn(exam, on).length > 0) ?? null
}

/**
 * The exams that were last failed and may not be sat again yet, with the day of that fail and the one from which they may;
 * without those that will not be offered any more by then.
 */
export function waitsAfterFail(program: Program, attempts: readonly Attempt[], today: CalendarDate) {
  const waits = new Map<string, { failedOn: CalendarDate; from: CalendarDate }>()
  for (const exam of program.exams) {
    const sat = attempts.filter((attempt) => attempt.exam === exam.code)
    const last = sat.toSorted((a, b) => (a.satOn < b.satOn ? -1 : 1)).at(-1)
    if (!last || last.isPass) continue
    const from = maySitFrom(program, exam, attempts, today)
    if (from > today && seriesCodesOn(exam, from).length > 0)
      waits.set(exam.code, { failedOn: last.satOn, from })
  }
  return waits
}

/**
 * The last day on which an exam can be sat and, were it failed, be sat again in time: when that result has come for certain
 * and the wait is over. Null when there is no such day.
 */
export function lastSafeDay(
  program: Program,
  exam: Exam,
  attempts: readonly Attempt[],
  { from, by }: { from: CalendarDate; by: CalendarDate },
): CalendarDate | null {
  for (let day = by; day >= from; day = addDays(day, -1)) {
    const failed = { exam: exam.code, satOn: day, isPass: false }
    const known = addBusinessDays(program.settings, day, program.settings.results.lateAfterBusinessDays)
    if (maySitFrom(program, exam, [...attempts, failed], known) <= by) return day
    // A wait of months leaves no day before it either.
    if (day < addDays(by, -MOST_DAYS_BACK)) return null
  }
  return null
}

const MOST_DAYS_BACK = 400

function retakesOf(program: Program, exam: Exam): Retakes | null {
  return exam.retakes ?? program.retakes?.[exam.kind] ?? null
}

function afterFail({ daysAfterFail }: Retakes, failedOn: CalendarDate, fails: number): CalendarDate | null {
  const days = daysAfterFail[Math.min(fails, daysAfterFail.length) - 1] ?? 0
  return days === 0 ? null : addDays(failedOn, days + 1)
}

function failsInARow(sat: readonly Attempt[]): number {
  return sat.length - 1 - sat.findLastIndex(({ isPass }) => isPass)
}
