import type { KeptHolding } from '../certifications/award-changes.ts'
import type { CandidateChanges } from '../certifications/award-writes.ts'
import { standingOn } from '../certifications/standing.ts'
import type { CalendarDate } from '../core/calendar-date.ts'
import { effectKinds } from '../schema.ts'

export { effectKinds }

export type EffectKind = (typeof effectKinds)[number]

/** A list of effects is for people to look through; beyond so many of a kind they are only counted. */
export const MOST_LISTED_OF_A_KIND = 10_000

/**
 * What a run does to one award: the date that changes, expiry or award date, before and after; null where there is none.
 * Of one that is lost: the day on which it has expired, null where it is suspended or revoked.
 */
export type Effect = {
  certification: string
  kind: EffectKind
  beforeOn: CalendarDate | null
  afterOn: CalendarDate | null
  /** The award's own date from now on, by which it is found again. */
  awardedOn: CalendarDate
}

type Dated = CandidateChanges['changed'][number]

/**
 * What changes for a candidate: certifications that begin or stop to be active, and the dates of those that are active and
 * stay so. Whatever is over and stays so, reasons that are only told otherwise, and dates that nobody sees are no effects.
 */
export function effectsOf(
  kept: readonly KeptHolding[],
  { changed, created }: CandidateChanges,
  today: CalendarDate,
): Effect[] {
  const before = new Map(kept.map((award) => [award.id, award]))
  return [
    ...created
      .filter(({ suspendedOn, revokedOn }) => suspendedOn === null && revokedOn === null)
      .map(({ certification, awardedOn, expiresOn }) => ({
        certification,
        kind: 'earned' as const,
        beforeOn: null,
        afterOn: expiresOn,
        awardedOn,
      })),
    ...changed.flatMap((after) => {
      const award = before.get(after.id)
      return award ? (effectOn(award, after, today) ?? []) : []
    }),
  ]
}

function effectOn(before: KeptHolding, after: Dated, today: CalendarDate): Effect | null {
  const { certification } = before
  const { awardedOn } = after
  const expiries = { certification, beforeOn: before.expiresOn, afterOn: after.expiresOn, awardedOn }
  const wasActive = isActive(before, today)
  if (after.supersededBy !== null) return wasActive ? { ...expiries, kind: 'merged', afterOn: null } : null
  if (!isActive(after, today)) {
    if (!wasActive) return null
    const hasExpired = after.suspendedOn === null && after.revokedOn === null
    return { ...expiries, kind: 'lost', afterOn: hasExpired ? after.expiresOn : null }
  }
  if (!wasActive) return { ...expiries, kind: 'restored' }
  if (before.expiresOn !== after.expiresOn)
    return { ...expiries, kind: isLater(after.expiresOn, before.expiresOn) ? 'extended' : 'shortened' }
  if (before.awardedOn !== awardedOn)
    return { certification, kind: 'redated', beforeOn: before.awardedOn, afterOn: awardedOn, awardedOn }
  return null
}

function isActive(award: Dated, today: CalendarDate): boolean {
  return award.supersededBy === null && standingOn(today, award) === 'active'
}

function isLater(one: CalendarDate | null, other: CalendarDate | null): boolean {
  return one === null || (other !== null && one > other)
}

export function countByKind(effects: readonly Effect[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { kind } of effects) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}

type Changed = { candidateId: string; revision: number; effects: Effect[] }

/** Those that still go onto the list of a run which has counted so many of each kind before. */
export function listedOf(
  changed: readonly Changed[],
  counted: Readonly<Record<string, number>>,
  most = MOST_LISTED_OF_A_KIND,
): Changed[] {
  const listed: Record<string, number> = { ...counted }
  return changed.flatMap((one) => {
    const effects = one.effects.filter(({ kind }) => {
      listed[kind] = (listed[kind] ?? 0) + 1
      return listed[kind] <= most
    })
    return effects.length > 0 ? [{ ...one, effects }] : []
  })
}
