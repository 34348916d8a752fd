import type { CalendarDate } from '../core/calendar-date.ts'
import type { HeldAward } from './certification-status.ts'
import type { RenewalOption } from './renewal-options.ts'

export type QuickestRenewal = {
  exam: string
  seriesCodes: readonly string[]
  /** The last day on which it still keeps all of them. */
  by: CalendarDate
  renews: string[]
}

/**
 * The one exam that keeps most of the awards about to expire and, among those, most of everything held;
 * of equals the one of the lowest level.
 */
export function quickestRenewal(expiring: readonly HeldAward[]): QuickestRenewal | null {
  const codes = expiring.map(({ certification }) => certification)
  let best: { option: RenewalOption; renews: string[]; keeps: number } | null = null
  for (const { certification, options } of expiring) {
    for (const option of options) {
      const renews = [certification, ...option.alsoRenews]
      const keeps = renews.filter((code) => codes.includes(code)).length
      const isBetter =
        best === null || keeps > best.keeps || (keeps === best.keeps && renews.length > best.renews.length)
      if (isBetter) best = { option, renews, keeps }
    }
  }
  if (best === null) return null

  const { option, renews } = best
  const by = expiring
    .filter(({ certification }) => renews.includes(certification))
    .flatMap(({ expiresOn }) => expiresOn ?? [])
    .sort()[0]!
  return { exam: option.exam, seriesCodes: option.seriesCodes, by, renews }
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
