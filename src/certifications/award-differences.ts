import type { CalendarDate } from '../core/calendar-date.ts'
import type { EvaluatedAward } from './evaluated-award.ts'

/** `before` is null for what is earned, and for what never expired; `after` is null for what never expires. */
export type AwardDifference = {
  certification: string
  before: CalendarDate | null
  after: CalendarDate | null
  isEarned: boolean
}

/** What is earned or lasts otherwise between two evaluations of one candidate; what is earned comes first. */
export function awardDifferences(
  before: readonly EvaluatedAward[],
  after: readonly EvaluatedAward[],
): AwardDifference[] {
  return after
    .flatMap((award): AwardDifference[] => {
      const old = before.find((one) => isSame(one, award))
      if (old && old.expiresOn === award.expiresOn) return []
      const { certification, expiresOn } = award
      return [{ certification, before: old?.expiresOn ?? null, after: expiresOn, isEarned: !old }]
    })
    .sort((a, b) => Number(b.isEarned) - Number(a.isEarned))
}

function isSame(one: EvaluatedAward, other: EvaluatedAward): boolean {
  return one.certification === other.certification && one.awardedOn === other.awardedOn
}
