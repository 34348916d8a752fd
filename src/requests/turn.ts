import { addDays, type CalendarDate, calendarDateIn } from '../core/calendar-date.ts'
import type { RequestKind } from '../mail/outbox.ts'
import { addBusinessDays } from '../program/business-days.ts'
import type { Settings } from '../program/program.ts'
import { isLive, isQuestionKind, type RequestState } from './request.ts'

const DUE_BUSINESS_DAYS = 3
const REOPEN_DAYS = 14
const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
/** No clock on earth is further from UTC. */
const FURTHEST_ZONE_MS = 15 * 3_600_000

type Calendar = Pick<Settings, 'businessDays' | 'holidays' | 'timeZone' | 'requests'>

/** By when staff owe the next word on a request that has been theirs since then. */
export function dueOn(calendar: Calendar, turnSince: Date): CalendarDate {
  return dueAfter(calendar, calendarDateIn(calendar.timeZone, turnSince))
}

function dueAfter(calendar: Calendar, day: CalendarDate): CalendarDate {
  return addBusinessDays(calendar, day, calendar.requests?.dueBusinessDays ?? DUE_BUSINESS_DAYS)
}

/** What has been the turn of staff since before this instant is overdue today. */
export function overdueBefore(calendar: Calendar, today: CalendarDate): Date {
  let day = today
  while (dueAfter(calendar, day) >= today) day = addDays(day, -1)
  return startOfDay(calendar.timeZone, addDays(day, 1))
}

/** The first minute of a day in a time zone. */
function startOfDay(timeZone: string, day: CalendarDate): Date {
  const utc = Date.parse(`${day}T00:00:00Z`)
  let [before, after] = [utc - FURTHEST_ZONE_MS, utc + FURTHEST_ZONE_MS]
  while (after - before > MINUTE_MS) {
    const between = before + Math.floor((after - before) / 2 / MINUTE_MS) * MINUTE_MS
    if (calendarDateIn(timeZone, new Date(between)) < day) before = between
    else after = between
  }
  return new Date(after)
}

/** Questions that were answered since then are open again once their candidate writes. */
export function reopenableSince({ requests }: Pick<Settings, 'requests'>, now: Date): Date {
  return new Date(now.getTime() - (requests?.reopenDays ?? REOPEN_DAYS) * DAY_MS)
}

type Standing = { kind: RequestKind; state: RequestState; decidedAt: Date | null }

/** Whether the candidate may write, and whether that opens a question again which staff have answered. */
export function candidateMay(
  { kind, state, decidedAt }: Standing,
  settings: Pick<Settings, 'requests'>,
  now: Date,
): 'write' | 'reopen' | 'nothing' {
  if (isLive(state)) return 'write'
  if (state !== 'answered' || !isQuestionKind(kind) || decidedAt === null) return 'nothing'
  return decidedAt > reopenableSince(settings, now) ? 'reopen' : 'nothing'
}
