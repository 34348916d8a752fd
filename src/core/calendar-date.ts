/** A calendar date `YYYY-MM-DD` without a time or a zone. Compares correctly as text. */
export type CalendarDate = string & { readonly __calendarDate?: never }

const DAY_MS = 86_400_000

/** The last date of four digits. No sum of dates and months is later: it could be neither compared nor kept. */
const LAST_DATE = '9999-12-31'

/** The date's midnight as UTC milliseconds; only for arithmetic on dates, never shown. */
function toUtc(date: CalendarDate): number {
  return Date.parse(`${date}T00:00:00Z`)
}

function fromUtc(milliseconds: number): CalendarDate {
  if (milliseconds >= toUtc(LAST_DATE)) return LAST_DATE
  return new Date(milliseconds).toISOString().slice(0, 10)
}

/** True for a date that exists: `2026-02-29` does not. */
export function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const milliseconds = toUtc(text)
  return Number.isFinite(milliseconds) && fromUtc(milliseconds) === text
}

/** True of a date that somebody may mean; one in the year 20206 or 9999 is a slip that would outlive every rule. */
export function isLikelyDate(date: CalendarDate): boolean {
  return date >= '1900-01-01' && date <= '2200-12-31'
}

export function addDays(date: CalendarDate, days: number): CalendarDate {
  return fromUtc(toUtc(date) + days * DAY_MS)
}

/** The same day of the month `months` later, or that month's last day where there is none (31 → 30, 29 Feb → 28). */
export function addMonths(date: CalendarDate, months: number): CalendarDate {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number]
  const first = new Date(Date.UTC(year, month - 1 + months, 1))
  const lastDay = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  return fromUtc(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(day, lastDay)))
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Math.round((toUtc(to) - toUtc(from)) / DAY_MS)
}

/** The calendar date that a clock on the wall in `timeZone` (IANA name) shows at `instant`. */
export function calendarDateIn(timeZone: string, instant: Date): CalendarDate {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(instant)
}

/** 1 = Monday to 7 = Sunday, as in ISO 8601. */
export function weekdayOf(date: CalendarDate): number {
  return new Date(toUtc(date)).getUTCDay() || 7
}

export function latestOf(dates: readonly CalendarDate[]): CalendarDate {
  return dates.toSorted().at(-1)!
}
