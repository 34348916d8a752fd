import { type CalendarDate, daysBetween } from '../core/calendar-date.ts'
import { type HeldAward, isActive } from './certification-status.ts'

export type BarKind = 'past' | 'left' | 'soon' | 'gone'
export type TimelineBar = { kind: BarKind; x: number; width: number }
export type TimelineRow = { certification: string; nameY: number; barY: number; bars: TimelineBar[] }

export type TimelineLayout = {
  width: number
  height: number
  plotTop: number
  plotBottom: number
  years: { year: number; x: number }[]
  todayX: number
  rows: TimelineRow[]
}

/** `beside`: names in a column of their own. `above`: names over the bars and only recent years, for a phone. */
export type TimelineShape = 'beside' | 'above'

const SHAPES = {
  beside: { width: 980, left: 200, right: 22, rowHeight: 30, nameBaseline: 17, barTop: 4, yearsBack: null },
  above: { width: 360, left: 18, right: 18, rowHeight: 44, nameBaseline: 13, barTop: 19, yearsBack: 3 },
} as const
const PLOT_TOP = 24
const PLOT_GAP = 8
const FOOT = 22
export const BAR_HEIGHT = 18
const YEAR_LABEL_WIDTH = 46
/** What lies further off is drawn to the edge: a picture of centuries shows nothing. */
const MOST_YEARS_OFF = 50

type Drawn = Pick<HeldAward, 'certification' | 'awardedOn' | 'expiresOn' | 'standing'>

/** Where everything of the picture stands. One row per certification, with a bar for each time it was held. */
export function timelineLayout(
  awards: readonly Drawn[],
  today: CalendarDate,
  shape: TimelineShape,
): TimelineLayout {
  const { width, left, right, rowHeight, nameBaseline, barTop, yearsBack } = SHAPES[shape]
  const { firstYear, lastYear } = yearsOf(awards, today, yearsBack)
  const begin = `${firstYear}-01-01`
  const end = `${lastYear}-01-01`
  const perDay = (width - left - right) / daysBetween(begin, end)
  const xOf = (date: CalendarDate) => left + clamp(daysBetween(begin, date) * perDay, width - left - right)

  const rows = [...Map.groupBy(awards, ({ certification }) => certification)]
    .map(([certification, held]) => ({
      certification,
      bars: held.flatMap((award) => barsOf(award, today, end, xOf)),
    }))
    .filter(({ bars }) => bars.length > 0)
    .map(({ certification, bars }, index) => {
      const top = PLOT_TOP + PLOT_GAP + index * rowHeight
      return { certification, bars, nameY: top + nameBaseline, barY: top + barTop }
    })

  const plotBottom = PLOT_TOP + PLOT_GAP + rows.length * rowHeight + PLOT_GAP
  const step = Math.ceil((lastYear - firstYear) / Math.floor((width - left - right) / YEAR_LABEL_WIDTH))
  const years = []
  for (let year = firstYear; year <= lastYear; year += step) years.push({ year, x: xOf(`${year}-01-01`) })
  return {
    width,
    height: plotBottom + FOOT,
    plotTop: PLOT_TOP,
    plotBottom,
    years,
    todayX: xOf(today),
    rows,
  }
}

function yearsOf(awards: readonly Drawn[], today: CalendarDate, yearsBack: number | null) {
  const thisYear = yearOf(today)
  const first = Math.min(thisYear, ...awards.map(({ awardedOn }) => yearOf(awardedOn)))
  const last = Math.max(thisYear, ...awards.map(({ expiresOn }) => yearOf(expiresOn ?? today)))
  return {
    firstYear: Math.max(first, thisYear - (yearsBack ?? MOST_YEARS_OFF)),
    lastYear: Math.min(last, thisYear + MOST_YEARS_OFF) + 1,
  }
}

function barsOf(
  award: Drawn,
  today: CalendarDate,
  end: CalendarDate,
  xOf: (date: CalendarDate) => number,
): TimelineBar[] {
  const until = award.expiresOn ?? end
  const bar = (kind: BarKind, from: CalendarDate, to: CalendarDate): TimelineBar[] => {
    const x = xOf(from)
    const width = xOf(to) - x
    return width > 0 ? [{ kind, x: round(x), width: round(width) }] : []
  }
  if (!isActive(award)) return bar('gone', award.awardedOn, until)
  const left = award.standing === 'expiring' ? 'soon' : 'left'
  // One that was awarded ahead of today's date on the program's clock has no past yet.
  const border = award.awardedOn > today ? award.awardedOn : today
  return [...bar('past', award.awardedOn, border), ...bar(left, border, until)]
}

function clamp(value: number, max: number): number {
  return round(Math.min(Math.max(value, 0), max))
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

function yearOf(date: CalendarDate): number {
  return Number(date.slice(0, 4))
}
