import type { CalendarDate } from '../core/calendar-date.ts'

/** A holding as the rules see it: of one certification they never overlap. */
export type Holding = { certification: string; awardedOn: CalendarDate; expiresOn: CalendarDate | null }

/** A holding as it is stored. */
export type KeptAward = Holding & {
  id: number
  suspendedOn: CalendarDate | null
  revokedOn: CalendarDate | null
  supersededBy: number | null
}

/** What the rules say of a stored award: it stands for a holding, was merged into another's, or lost its basis. */
export type Verdict<Held extends Holding, Kept extends KeptAward> =
  | { kept: Kept; fate: 'stands'; holding: Held }
  | { kept: Kept; fate: 'merged'; into: Kept }
  | { kept: Kept; fate: 'baseless' }

export type Matching<Held extends Holding, Kept extends KeptAward> = {
  verdicts: Verdict<Held, Kept>[]
  unkept: Held[]
}

/**
 * Finds for every holding the award that already stands for it, since numbers and codes are on paper: the one of
 * the same date, else one that overlaps. One that was merged comes back when the two part again. Holdings
 * without an award are new.
 */
export function matchAwards<Held extends Holding, Kept extends KeptAward>(
  holdings: readonly Held[],
  kept: readonly Kept[],
): Matching<Held, Kept> {
  const held = holdings.toSorted(byDate)
  const matched = new Map<Held, Kept>()
  const taken = new Set<Kept>()
  const live = kept.filter((award) => award.supersededBy === null).sort(byDate)
  const merged = kept.filter((award) => award.supersededBy !== null).sort(byDate)

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
  match(live, overlap)

  const unmatched = kept.filter((award) => !taken.has(award))
  return {
    verdicts: [
      ...[...matched].map(([holding, award]) => ({ kept: award, fate: 'stands' as const, holding })),
      ...unmatched.map((award) => verdictWithout(award, matched)),
    ],
    unkept: held.filter((holding) => !matched.has(holding)),
  }
}

/** An award of which nothing stands: on its date the candidate holds the certification by another one, or not at all. */
function verdictWithout<Held extends Holding, Kept extends KeptAward>(
  award: Kept,
  matched: ReadonlyMap<Held, Kept>,
): Verdict<Held, Kept> {
  for (const [holding, into] of matched) {
    if (!isSame(award, holding)) continue
    if (holding.awardedOn <= award.awardedOn && award.awardedOn <= lastDay(holding)) {
      return { kept: award, fate: 'merged', into }
    }
  }
  return { kept: award, fate: 'baseless' }
}

function isSame(one: Holding, other: Holding): boolean {
  return one.certification === other.certification
}

function isOfSameDate(one: Holding, other: Holding): boolean {
  return one.awardedOn === other.awardedOn
}

function overlap(one: Holding, other: Holding): boolean {
  return one.awardedOn <= lastDay(other) && other.awardedOn <= lastDay(one)
}

function lastDay({ expiresOn }: Holding): CalendarDate {
  return expiresOn ?? '9999-12-31'
}

function byDate(one: Holding, other: Holding): number {
  return one.awardedOn < other.awardedOn ? -1 : one.awardedOn > other.awardedOn ? 1 : 0
}
