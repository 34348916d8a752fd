import type { KeptHolding } from '../certifications/award-changes.ts'
import type { CandidateChanges } from '../certifications/award-writes.ts'
import type { CalendarDate } from '../core/calendar-date.ts'
import { effectKinds } from '../schema.ts'

export { effectKinds }

export type EffectKind = (typeof effectKinds)[number]

/** What a run does to one award: the date that changes, expiry or award date, before and after; null where there is none. */
export type Effect = {
  certification: string
  kind: EffectKind
  beforeOn: CalendarDate | null
  afterOn: CalendarDate | null
}

/** What changes for a candidate. Reasons that are only told otherwise, and dates that nobody sees, are no effects. */
export function effectsOf(kept: readonly KeptHolding[], { changed, created }: CandidateChanges): Effect[] {
  const before = new Map(kept.map((award) => [award.id, award]))
  return [
    ...created.map(({ certification, expiresOn }) => ({
      certification,
      kind: 'earned' as const,
      beforeOn: null,
      afterOn: expiresOn,
    })),
    ...changed.flatMap((after) => {
      const award = before.get(after.id)
      return award ? (effectOn(award, after) ?? []) : []
    }),
  ]
}

function effectOn(before: KeptHolding, after: CandidateChanges['changed'][number]): Effect | null {
  const { certification } = before
  const expiries = { certification, beforeOn: before.expiresOn, afterOn: after.expiresOn }
  const counted = before.suspendedOn === null && before.supersededBy === null
  if (counted && after.supersededBy !== null) return { ...expiries, kind: 'merged', afterOn: null }
  if (counted && after.suspendedOn !== null) return { ...expiries, kind: 'lost', afterOn: null }
  if (!counted && after.suspendedOn === null && after.supersededBy === null)
    return { ...expiries, kind: 'restored' }
  if (before.expiresOn !== after.expiresOn)
    return { ...expiries, kind: isLater(after.expiresOn, before.expiresOn) ? 'extended' : 'shortened' }
  if (before.awardedOn !== after.awardedOn)
    return { certification, kind: 'redated', beforeOn: before.awardedOn, afterOn: after.awardedOn }
  return null
}

function isLater(one: CalendarDate | null, other: CalendarDate | null): boolean {
  return one === null || (other !== null && one > other)
}

export function countByKind(effects: readonly Effect[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { kind } of effects) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}
