import { addDays, type CalendarDate, calendarDateIn } from '../core/calendar-date.ts'

export const PICTURE_DAYS = 30

/** Rows of deliveries that were received within one quarter of an hour. */
export type QuarterHour = { at: number; fresh: number; known: number; waiting: number; deliveries: number }

export const layers = ['fresh', 'known', 'waiting'] as const
export type Layer = (typeof layers)[number]

export type ImportDay = Record<Layer, number> & { date: CalendarDate; deliveries: number }

/** Rows by the program's own days, the last one today; days without any are there, too. */
export function importDays(
  quarters: readonly QuarterHour[],
  today: CalendarDate,
  timeZone: string,
): ImportDay[] {
  const days = new Map<CalendarDate, ImportDay>()
  for (let ago = PICTURE_DAYS - 1; ago >= 0; ago -= 1) {
    const date = addDays(today, -ago)
    days.set(date, { date, fresh: 0, known: 0, waiting: 0, deliveries: 0 })
  }
  for (const quarter of quarters) {
    const day = days.get(calendarDateIn(timeZone, new Date(quarter.at)))
    if (!day) continue
    for (const key of [...layers, 'deliveries'] as const) day[key] += quarter[key]
  }
  return [...days.values()]
}

export type PictureShape = { width: number; height: number; dates: number }
export type PictureBar = { layer: Layer; x: number; y: number; width: number; height: number }

const ABOVE = 22
const BELOW = 22

/** Bars of a day, stacked in the order of `layers` from the ground; what is there at all is never invisible. */
export function pictureLayout(days: readonly ImportDay[], { width, height, dates }: PictureShape) {
  const most = Math.max(1, ...days.map((day) => day.fresh + day.known + day.waiting))
  const ground = height - BELOW
  const step = width / days.length
  const bars = days.flatMap((day, index) => {
    let top = ground
    return layers.flatMap((layer): PictureBar[] => {
      if (day[layer] <= 0) return []
      const tall = Math.max(2, (day[layer] / most) * (ground - ABOVE))
      top -= tall
      return [
        {
          layer,
          x: round(index * step + step * 0.12),
          y: round(top),
          width: round(step * 0.76),
          height: round(tall),
        },
      ]
    })
  })
  // Some dates under the bars, today always among them.
  const every = Math.ceil(days.length / dates)
  const labels = days.flatMap(({ date }, index) =>
    (days.length - 1 - index) % every === 0 ? [{ date, x: round((index + 0.5) * step) }] : [],
  )
  return { bars, labels, most, ground, top: ABOVE }
}

function round(length: number): number {
  return Math.round(length * 10) / 10
}
