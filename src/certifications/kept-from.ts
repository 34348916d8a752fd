import { addDays, type CalendarDate, daysBetween } from '../core/calendar-date.ts'
import type { Keep } from './what-keeps.ts'

/** An award that a step keeps on a day: it expired on `base`, and then does on `expiresOn`. */
export type Kept = Keep & { base: CalendarDate; expiresOn: CalendarDate | null }

/** The days from one to another, both included. */
export type Window = { from: CalendarDate; by: CalendarDate }

/** Between two turning days an award may be kept from a later day on only: before it, its expiry would not move. */
export function partsOf(
  kept: readonly Kept[],
  { from, by }: Window,
  keptOn: (on: CalendarDate) => readonly Kept[],
): (Window & { keeps: Keep[] })[] {
  const tried = new Map<CalendarDate, readonly Kept[]>()
  const keptThen = (on: CalendarDate) => {
    const then = tried.get(on) ?? keptOn(on)
    tried.set(on, then)
    return then
  }
  const firsts = kept.map((one) => {
    const isKept = (on: CalendarDate) =>
      keptThen(on).some(({ certification }) => certification === one.certification)
    return { one, first: movesFrom(one, from, by) ? from : firstDay(from, by, isKept) }
  })
  const begins = [...new Set(firsts.map(({ first }) => first))].sort()
  return begins.map((begin, index) => ({
    from: begin,
    by: begins[index + 1] === undefined ? by : addDays(begins[index + 1]!, -1),
    keeps: firsts
      .filter(({ first }) => first <= begin)
      .map(({ one: { certification, rule, cascade, cascadeFrom } }) => ({
        certification,
        rule,
        cascade,
        cascadeFrom,
      })),
  }))
}

/** A month may be three days shorter than another. */
const UNEVEN_DAYS = 3

/** Whether the new expiry would lie after the old one even if the step were done as much earlier as can be. */
function movesFrom({ base, expiresOn }: Kept, from: CalendarDate, by: CalendarDate): boolean {
  return expiresOn === null || daysBetween(base, expiresOn) > daysBetween(from, by) + UNEVEN_DAYS
}

/** The first day on which it holds, given that it does on the last and, once it does, goes on. */
function firstDay(from: CalendarDate, by: CalendarDate, holds: (on: CalendarDate) => boolean): CalendarDate {
  if (holds(from)) return from
  let [no, yes] = [0, daysBetween(from, by)]
  while (yes - no > 1) {
    const middle = Math.floor((no + yes) / 2)
    if (holds(addDays(from, middle))) yes = middle
    else no = middle
  }
  return addDays(from, yes)
}
