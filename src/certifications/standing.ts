import { type CalendarDate, daysBetween } from '../core/calendar-date.ts'

export type Standing = 'active' | 'expired' | 'suspended' | 'revoked'

type Dated = {
  expiresOn: CalendarDate | null
  suspendedOn?: CalendarDate | null
  revokedOn?: CalendarDate | null
}

/**
 * An award is valid through its expiry date. What the program has decided against it outranks
 * the calendar, so that waiting for an expiry never hides a revocation or a suspension.
 */
export function standingOn(today: CalendarDate, { expiresOn, suspendedOn, revokedOn }: Dated): Standing {
  if (revokedOn && revokedOn <= today) return 'revoked'
  if (suspendedOn && suspendedOn <= today) return 'suspended'
  if (expiresOn !== null && expiresOn < today) return 'expired'
  return 'active'
}

/** True of an active award that has at most `days` left; one that expires today has none. */
export function isExpiringSoon(today: CalendarDate, award: Dated, days: number): boolean {
  if (award.expiresOn === null || standingOn(today, award) !== 'active') return false
  return daysBetween(today, award.expiresOn) <= days
}
