import type { CalendarDate } from '../core/calendar-date.ts'
import { placeEndsOn } from './account.ts'

/**
 * A holding of a certification, by the result that earned it. Those of one certification never overlap: one that was revoked
 * ends there.
 */
export type Holding = {
  certification: string
  awardedOn: CalendarDate
  expiresOn: CalendarDate | null
  passId: number | null
  revokedOn?: CalendarDate | null
}

/** A holding as it is stored. */
export type KeptAward = Holding & {
  id: number
  suspendedOn: CalendarDate | null
  revokedOn: CalendarDate | null
  supersededBy: number | null
}

/** What the rules say of a stored award: it stands for a holding, was merged into another's (`holding`), or lost its basis. */
export type Verdict<Held extends Holding, Kept extends KeptAward> =
  | { kept: Kept; fate: 'stands'; holding: Held }
  | { kept: Kept; fate: 'merged'; into: Kept; holding: Held }
  | { kept: Kept; fate: 'baseless' }

export type Matching<Held extends Holding, Kept extends KeptAward> = {
  verdicts: Verdict<Held, Kept>[]
  unkept: Held[]
}

/**
 * Finds for every holding the award that already stands for it, since numbers and codes are on paper: the one of
 * the same date, else of the same pass, else one that overlaps. One that was merged comes back when the two part
 * again. As long as a pass is valid (`isPassed`), its award is kept for what the candidate holds, whatever
 * arrived since. What was revoked never comes to stand for another holding that is not. Holdings without an award are new.
 */
export function matchAwards<Held extends Holding, Kept extends KeptAward>(
  holdings: readonly Held[],
  kept: readonly Kept[],
  isPassed: (passId: number) => boolean,
): Matching<Held, Kept> {
  const held = holdings.toSorted(byDate)
  const matched = new Map<Held, Kept>()
  const taken = new Set<Kept>()
  const live = kept.filter((award) => award.supersededBy === null).sort(byDate)
  const merged = kept.filter((award) => award.supersededBy !== null).sort(byDate)
  const hasPass = ({ passId }: Kept) => passId !== null && isPassed(passId)

  function match(awards: readonly Kept[], fits: (award: Kept, holding: Held) => boolean) {
    for (const award of awards) {
      if (taken.has(award)) continue
      const holding = held.find((one) => !matched.has(one) && isSame(award, one) && fits(award, one))
      if (!holding) continue
      matched.set(holding, award)
      taken.add(award)
    }
  }
  match(live, isOfSameDate)
  match(merged, isOfSameDate)
  match(live, isOfSamePass)
  match(merged, isOfSamePass)
  match(live, (award, holding) => isRevoked(award) === isRevoked(holding) && overlap(award, holding))
  match(live, (award, holding) => isRevoked(award) === isRevoked(holding) && hasPass(award))

  const stands = [...matched].map(([holding, award]) => ({ kept: award, fate: 'stands' as const, holding }))
  const unmatched = kept.filter((award) => !taken.has(award))
  return {
    verdicts: [...stands, ...unmatched.map((award) => verdictWithout(award, stands, hasPass(award)))],
    unkept: held.filter((holding) => !matched.has(holding)),
  }
}

type Stands<Held extends Holding, Kept extends KeptAward> = Extract<Verdict<Held, Kept>, { fate: 'stands' }>

/** An award for which no holding is left: the candidate holds the certification by another one, or not at all. */
function verdictWithout<Held extends Holding, Kept extends KeptAward>(
  award: Kept,
  stands: readonly Stands<Held, Kept>[],
  hasPass: boolean,
): Verdict<Held, Kept> {
  const others = stands
    .filter(({ holding }) => isSame(award, holding))
    .sort((a, b) => byDate(a.holding, b.holding))
  const before = others.findLast(({ holding }) => holding.awardedOn <= award.awardedOn)
  if (before && award.awardedOn <= lastDay(before.holding)) {
    return { kept: award, fate: 'merged', into: before.kept, holding: before.holding }
  }
  const nearest = before ?? others[0]
  if (nearest && hasPass) {
    return { kept: award, fate: 'merged', into: nearest.kept, holding: nearest.holding }
  }
  return { kept: award, fate: 'baseless' }
}

function isSame(one: Holding, other: Holding): boolean {
  return one.certification === other.certification
}

function isOfSameDate(one: Holding, other: Holding): boolean {
  return one.awardedOn === other.awardedOn
}

function isOfSamePass(one: Holding, other: Holding): boolean {
  return one.passId !== null && one.passId === other.passId
}

function isRevoked({ revokedOn }: Holding): boolean {
  return revokedOn != null
}

function overlap(one: Holding, other: Holding): boolean {
  return one.awardedOn <= lastDay(other) && other.awardedOn <= lastDay(one)
}

function lastDay({ awardedOn, expiresOn, revokedOn = null }: Holding): CalendarDate {
  return placeEndsOn({ awardedOn, expiresOn, revokedOn }) ?? '9999-12-31'
}

function byDate(one: Holding, other: Holding): number {
  return one.awardedOn < other.awardedOn ? -1 : one.awardedOn > other.awardedOn ? 1 : 0
}
