import { addDays, type CalendarDate } from '../core/calendar-date.ts'
import type { Window } from './kept-from.ts'
import type { Keep, Keeping, KeepingStep } from './what-keeps.ts'

/** A step that keeps a certification, from its first day to its last, and by what right. */
export type RenewalOption = KeepingStep & Window & Keep

/** The days around those of a keeping on which the same step keeps all of these; to be booked as on the first of them. */
export function windowAround<Step extends Keeping>(
  keepings: readonly Keeping[],
  one: Step,
  certifications: readonly string[],
): Step {
  const fits = keepings.filter((other) => nameOf(other) === nameOf(one) && keepsAll(other, certifications))
  const window = { ...one }
  for (const { from, by } of fits) if (from === addDays(window.by, 1)) window.by = by
  for (const { keeps, by, ...begin } of fits.toReversed())
    if (addDays(by, 1) === window.from) Object.assign(window, begin)
  return window
}

/** What keeps a certification, each step once with its last days. */
export function optionsFor(keepings: readonly Keeping[], certification: string): RenewalOption[] {
  const options = new Map<string, RenewalOption>()
  for (const one of keepings) {
    const keep = one.keeps.find((kept) => kept.certification === certification)
    const before = options.get(nameOf(one))
    if (!keep) continue
    if (before && before.by >= one.by) continue
    const { keeps, ...step } = windowAround(keepings, one, [certification])
    options.set(nameOf(one), { ...step, ...keep })
  }
  return [...options.values()]
}

/** The last day on which something keeps it; null where nothing does. */
export function lastDayFor(options: readonly Window[]): CalendarDate | null {
  return (
    options
      .map(({ by }) => by)
      .sort()
      .at(-1) ?? null
  )
}

export type WayToKeep = { rule: string; cascadeFrom: string | null; options: RenewalOption[] }

/** The options by the right they give: each rule that names the certification, then each one it hangs on. */
export function waysToKeep(options: readonly RenewalOption[]): WayToKeep[] {
  const ways = new Map<string, WayToKeep>()
  for (const option of options) {
    const key = option.cascadeFrom === null ? `rule ${option.rule}` : `with ${option.cascadeFrom}`
    const way = ways.get(key)
    if (way) way.options.push(option)
    else ways.set(key, { rule: option.rule, cascadeFrom: option.cascadeFrom, options: [option] })
  }
  return [...ways.values()].sort((a, b) => Number(a.cascadeFrom !== null) - Number(b.cascadeFrom !== null))
}

export function keepsAll({ keeps }: Keeping, certifications: readonly string[]): boolean {
  return certifications.every((code) => keeps.some(({ certification }) => certification === code))
}

function nameOf(step: KeepingStep): string {
  return 'exam' in step ? `exam ${step.exam}` : `course ${step.course}`
}
