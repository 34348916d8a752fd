import { type CalendarDate, daysBetween } from '../core/calendar-date.ts'

export type Standing = 'active' | 'expired' | 'suspended' | 'revoked' | 'emeritus'

type Dated = {
  expiresOn: CalendarDate | null
  suspendedOn?: CalendarDate | null
  revokedOn?: CalendarDate | null
  emeritusOn: CalendarDate | null
}

/**
 * An award is valid through its expiry date. What the program has decided against it outranks
 * the calendar, so that waiting for an expiry never hides a revocation or a suspension. One that is emeritus is so for good,
 * and while it is active, active.
 */
export function standingOn(
  today: CalendarDate,
  { expiresOn, suspendedOn, revokedOn, emeritusOn }: Dated,
): Standing {
  if (revokedOn && revokedOn <= today) return 'revoked'
  if (suspendedOn && suspendedOn <= today) return 'suspended'
  if (expiresOn !== null && expiresOn < today)
    return isEmeritusOn(today, { emeritusOn }) ? 'emeritus' : 'expired'
  return 'active'
}

/** True of an award that is emeritus, beside whatever else it is. */
export function isEmeritusOn(today: CalendarDate, { emeritusOn }: Pick<Dated, 'emeritusOn'>): boolean {
  return emeritusOn !== null && emeritusOn <= today
}

/** True of an active award that has at most `days` left; one that expires today has none. */
export function isExpiringSoon(today: CalendarDate, award: Dated, days: number): boolean {
  if (award.expiresOn === null || standingOn(today, award) !== 'active') return false
  return daysBetween(today, award.expiresOn) <= days
}
