import type { CalendarDate } from '../core/calendar-date.ts'
import { windowAround } from './ways-to-keep.ts'
import type { ExamStep, Keeping } from './what-keeps.ts'

export type QuickestRenewal = {
  exam: string
  seriesCodes: readonly string[]
  /** The first day on which it can be passed and keeps all of them, and the last. */
  from: CalendarDate
  by: CalendarDate
  renews: string[]
}

/**
 * The one exam that keeps most of what is wanted and, among those, most of everything held; of equals the one that
 * can be passed first, and then the one of the lowest level.
 */
export function quickestRenewal(
  keepings: readonly Keeping[],
  wanted: readonly string[],
): QuickestRenewal | null {
  let best: { keeping: Extract<Keeping, ExamStep>; worth: number[] } | null = null
  for (const keeping of keepings) {
    if (!('exam' in keeping)) continue
    const keeps = keeping.keeps.filter(({ certification }) => wanted.includes(certification)).length
    const worth = [keeps, keeping.keeps.length, -Date.parse(keeping.from)]
    if (keeps > 0 && (best === null || isMore(worth, best.worth))) best = { keeping, worth }
  }
  if (best === null) return null

  const renews = best.keeping.keeps.map(({ certification }) => certification)
  const { exam, seriesCodes, from, by } = windowAround(keepings, best.keeping, renews)
  return { exam, seriesCodes, from, by, renews }
}

/** By the first number that differs. */
function isMore(some: readonly number[], others: readonly number[]): boolean {
  const index = some.findIndex((number, place) => number !== others[place])
  return index !== -1 && some[index]! > others[index]!
}
