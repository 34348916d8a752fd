import { type CalendarDate, daysBetween } from '../core/calendar-date.ts'
import type { Translate } from '../i18n/messages.ts'

const MONTH_DAYS = 30.44
const YEAR_DAYS = 365.25

/** A calendar date as the language writes it: `18 March 2025`. */
export function formatDate(t: Translate, date: CalendarDate): string {
  return new Intl.DateTimeFormat(t.locale === 'en' ? 'en-GB' : t.locale, {
    dateStyle: 'long',
    timeZone: 'UTC',
  }).format(new Date(`${date}T00:00:00Z`))
}

/** How far off a date is: `in 84 days`, `2 years ago`. Rounded down, so that time left is never overstated. */
export function formatDistance(t: Translate, today: CalendarDate, date: CalendarDate): string {
  const days = daysBetween(today, date)
  const format = new Intl.RelativeTimeFormat(t.locale, { numeric: 'auto' })
  if (Math.abs(days) < 120) return format.format(days, 'day')
  if (Math.abs(days) < 2 * YEAR_DAYS) return format.format(Math.trunc(days / MONTH_DAYS), 'month')
  return format.format(Math.trunc(days / YEAR_DAYS), 'year')
}

/** An instant, to the minute, in UTC and saying so. */
export function formatInstant(t: Translate, instant: Date): string {
  const text = new Intl.DateTimeFormat(t.locale === 'en' ? 'en-GB' : t.locale, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'UTC',
  }).format(instant)
  return `${text} UTC`
}

/** A calendar date and how far off it is. */
export function DateWithDistance({
  t,
  date,
  today,
}: {
  t: Translate
  date: CalendarDate
  today: CalendarDate
}) {
  return (
    <>
      <time datetime={date}>{formatDate(t, date)}</time>{' '}
      <span class="distance">({formatDistance(t, today, date)})</span>
    </>
  )
}

export function DateOnly({ t, date }: { t: Translate; date: CalendarDate }) {
  return <time datetime={date}>{formatDate(t, date)}</time>
}

export function Instant({ t, at }: { t: Translate; at: Date }) {
  return <time datetime={at.toISOString()}>{formatInstant(t, at)}</time>
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** How long ago an instant was: `this minute`, `4 minutes ago`, `3 days ago`. Rounded down. */
export function formatAge(t: Translate, at: Date, now: Date): string {
  const age = Math.max(0, now.getTime() - at.getTime())
  const format = new Intl.RelativeTimeFormat(t.locale, { numeric: 'auto' })
  if (age < 2 * HOUR_MS) return format.format(-Math.floor(age / MINUTE_MS), 'minute')
  if (age < 2 * DAY_MS) return format.format(-Math.floor(age / HOUR_MS), 'hour')
  return format.format(-Math.floor(age / DAY_MS), 'day')
}

/** An instant and how long ago it was. */
export function InstantWithAge({ t, at, now }: { t: Translate; at: Date; now: Date }) {
  return (
    <>
      <Instant t={t} at={at} /> <span class="distance">({formatAge(t, at, now)})</span>
    </>
  )
}
