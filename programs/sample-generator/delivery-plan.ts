import { addDays, addMonths, type CalendarDate, weekdayOf } from '../../src/core/calendar-date.ts'

/** One night's delivery of the vendor, with the ways it has changed over the years. */
export type DeliveryPlan = {
  on: CalendarDate
  name: string
  layout: 'A' | 'B'
  dates: 'YYYY/MM/DD' | 'MM/DD/YYYY'
  /** In earlier years no-shows came in a ZIP of their own, a day later. */
  noShows: { name: string; member: string } | null
  /** Whether people whose rows fit windows-1252 stand in a second table in that encoding. */
  splitsEncodings: boolean
  /** Whether bookings are told. */
  bookings: boolean
}

const YEARS_BACK = 6
export const YEARS_OF_BOOKINGS = 2

export function historyBegin(today: CalendarDate): CalendarDate {
  return `${Number(today.slice(0, 4)) - YEARS_BACK}-01-02`
}

/** A delivery each year for what is long past, then more and more often up to the last days. */
export function planDeliveries(today: CalendarDate, prefix: string): DeliveryPlan[] {
  const year = Number(today.slice(0, 4))
  const yearly = Array.from({ length: YEARS_BACK }, (_, back) => `${year - YEARS_BACK + 1 + back}-01-02`)
  const monthStart = `${today.slice(0, 8)}01`
  const firstTold = addMonths(today, -YEARS_OF_BOOKINGS * 12)
  const dates = [
    ...yearly,
    `${year - 1}-07-01`,
    `${year}-04-01`,
    `${year}-07-01`,
    `${year}-10-01`,
    monthStart,
    addDays(today, -7),
    addDays(today, -4),
    addDays(today, -3),
    today,
  ].map(businessDay)

  return [...new Set(dates)]
    .filter((date) => date <= today)
    .sort()
    .map((on, place) => ({
      on,
      name: `${prefix}-${compact(on)}-060000.zip`,
      layout: place === 1 || place === 3 || place === 7 ? 'B' : 'A',
      dates: place === 3 ? 'MM/DD/YYYY' : 'YYYY/MM/DD',
      noShows: place < YEARS_BACK - 1 ? noShowsOf(addDays(on, 1), prefix) : null,
      splitsEncodings: place === 3,
      bookings: on > firstTold,
    }))
}

function noShowsOf(on: CalendarDate, prefix: string) {
  return { name: `${prefix}-NS-${compact(on)}a.zip`, member: `exam-${on}a-ns.dat` }
}

/** The place of the first delivery after a date; null when it is still to come. */
export function deliveryAfter(plans: readonly DeliveryPlan[], date: CalendarDate): number | null {
  const place = plans.findIndex(({ on }) => on > date)
  return place === -1 ? null : place
}

export function examMemberOf({ on, layout }: DeliveryPlan): string {
  return layout === 'A' ? `exam-${on}a.dat` : `examABE-${on}-a.dat`
}

export function compact(date: CalendarDate): string {
  return date.replaceAll('-', '')
}

function businessDay(date: CalendarDate): CalendarDate {
  return weekdayOf(date) <= 5 ? date : addDays(date, 8 - weekdayOf(date))
}
