import { addDays, type CalendarDate } from '../../src/core/calendar-date.ts'
import type { DeliveryPlan } from './delivery-plan.ts'
import { compact } from './delivery-plan.ts'
import type { Peculiar } from './expectations.ts'
import type { Sitting, SittingVersion } from './sitting.ts'
import type { Spool } from './spool.ts'
import { examTableA, resultTable } from './tables.ts'

/**
 * A bare table from between two deliveries, older by its name than the one that has the last word on its rows.
 * Whoever receives it late must keep what it says and not apply it.
 */
export function addLateFile(
  spool: Spool,
  plan: DeliveryPlan,
  sittings: readonly Sitting[],
  on: CalendarDate,
): string {
  const name = `exam-${on}a.dat`
  for (const sitting of sittings) {
    const provisional = (sitting.score ?? 0) > 850 ? -15 : 15
    const score = (sitting.score ?? 0) + provisional
    const version = versionOf({ ...sitting, score, correct: null })
    spool.add(name, name, examTableA, { version, plan })
  }
  return name
}

/** A bare `results.csv` with a late correction, an old truth under an old clock, and one thing said twice. */
export function addCorrections(spool: Spool, today: CalendarDate, settled: readonly Sitting[]): Peculiar[] {
  const on = addDays(today, -6)
  const name = `results-${compact(on)}-150000.csv`
  const [first, second, third] = settled as [Sitting, Sitting, Sitting]
  const add = (sitting: Sitting, modifiedAt: string) =>
    spool.add(name, name, resultTable, { version: versionOf(sitting), modifiedAt })

  add({ ...first, score: (first.score ?? 0) + 6 }, `${on}T14:05:00Z`)
  const line = add({ ...second, score: (second.score ?? 0) + 1 }, `${second.on}T20:00:00Z`)
  add({ ...third, score: (third.score ?? 0) + 2 }, `${on}T14:05:00Z`)
  add({ ...third, score: (third.score ?? 0) + 2 }, `${on}T14:05:00Z`)
  return [{ delivery: name, member: name, line, outcome: 'superseded', reason: 'superseded' }]
}

function versionOf(sitting: Sitting): SittingVersion {
  return { sitting, knownOn: sitting.on, by: 'results', validity: 'valid' }
}
