import { addDays, type CalendarDate, daysBetween } from '../core/calendar-date.ts'
import { reminderKinds } from '../schema.ts'

export type ReminderKind = (typeof reminderKinds)[number]

/**
 * How many days are left, from and to, for as long as a kind is the one to send: whoever was not reminded in time gets
 * the newest and none before it. That something has expired is told for two weeks: later it is no news.
 */
const LEFT: Record<ReminderKind, readonly [from: number, to: number]> = {
  expired: [-14, -1],
  '7': [0, 7],
  '30': [8, 30],
  '60': [31, 60],
  '90': [61, 90],
}

/** Which reminder an award that expires on a date is due on a day; an award is valid through its expiry date. */
export function reminderKind(today: CalendarDate, expiresOn: CalendarDate): ReminderKind | null {
  const left = daysBetween(today, expiresOn)
  return reminderKinds.find((kind) => LEFT[kind][0] <= left && left <= LEFT[kind][1]) ?? null
}

/** The expiry dates of each kind on a day, the earliest first, one kind beginning where the other ends. */
export function reminderWindows(today: CalendarDate) {
  return reminderKinds.map((kind) => ({
    kind,
    from: addDays(today, LEFT[kind][0]),
    to: addDays(today, LEFT[kind][1]),
  }))
}
