import type { CalendarDate } from '../core/calendar-date.ts'
import { type HeldAward, isActive } from './certification-status.ts'
import type { AwardRecord } from './status-queries.ts'
import { type Keeping, whatKeeps } from './what-keeps.ts'

/** True of what expires and is active, or can still be renewed; nothing of what the program suspended or revoked. */
export function canBeKept(award: HeldAward): boolean {
  return lastDayOf(award) !== null
}

/**
 * What can be done until the last of some awards has ended to keep what is held, each thing with the days on which it does.
 * Nothing where none of the awards can be kept.
 */
export function keepingsFor(
  record: Pick<AwardRecord, 'rules' | 'events' | 'attempts'>,
  held: readonly HeldAward[],
  today: CalendarDate,
  wanted: readonly HeldAward[] = held,
): Keeping[] {
  const until = wanted
    .flatMap((award) => lastDayOf(award) ?? [])
    .sort()
    .at(-1)
  if (until === undefined) return []
  const codes = held.filter(canBeKept).map(({ certification }) => certification)
  const { rules, events, attempts } = record
  return whatKeeps(rules, events, { held: codes, today, until, attempts })
}

function lastDayOf(award: HeldAward): CalendarDate | null {
  return isActive(award) ? award.expiresOn : award.graceUntil
}

/** Which certifications the program has suspended or revoked, by the last award of each. */
export function heldBack(awards: readonly HeldAward[]): (certification: string) => boolean {
  const last = new Map<string, HeldAward>()
  for (const award of awards.toSorted((a, b) => (a.awardedOn < b.awardedOn ? -1 : 1)))
    last.set(award.certification, award)
  return (certification) => {
    const standing = last.get(certification)?.standing
    return standing === 'suspended' || standing === 'revoked'
  }
}
