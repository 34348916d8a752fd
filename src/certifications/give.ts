import type { CalendarDate } from '../core/calendar-date.ts'
import type { Certification } from '../program/program.ts'
import type { Rules } from '../program/versions.ts'
import type { Account, Holding } from './account.ts'
import { emeritusFrom } from './emeritus.ts'
import { type AwardReason, type EvaluatedAward, REACTIVATION } from './evaluated-award.ts'

/** The date that an award bears, and its end. */
export type Term = { awardedOn: CalendarDate; expiresOn: CalendarDate | null }

export function awarded(
  account: Account,
  certification: Certification,
  reason: AwardReason,
  term: Term,
): Holding {
  const award: EvaluatedAward = {
    certification: certification.code,
    ...term,
    suspendedOn: null,
    revokedOn: null,
    emeritusOn: null,
    reason,
    renewals: [],
  }
  const holding = { certification, award }
  account.holdings.set(certification.code, holding)
  account.awards.push(award)
  return holding
}

export function isEmeritus(rules: Rules, { award }: Holding, on: CalendarDate): boolean {
  const from = award.revokedOn === null ? emeritusFrom(rules, award) : null
  return from !== null && from <= on
}

/** Whoever is emeritus and earns the certification again goes on with the same award, its first date and its number. */
export function reactivated(
  { holdings }: Account,
  award: EvaluatedAward,
  certification: Certification,
  { completedBy }: AwardReason,
  { awardedOn, expiresOn }: Term,
): Holding {
  const holding = { certification, award }
  holdings.set(certification.code, holding)
  if (award.expiresOn === null) return holding
  // What never expires now was not renewed: it has nothing to renew any more.
  if (expiresOn === null) {
    award.expiresOn = null
    return holding
  }
  if (expiresOn <= award.expiresOn) return holding
  award.renewals.push({
    renewedOn: awardedOn,
    rule: REACTIVATION,
    pass: completedBy,
    earned: award.certification,
    cascade: null,
    cascadeFrom: null,
    previousExpiresOn: award.expiresOn,
    expiresOn,
  })
  award.expiresOn = expiresOn
  return holding
}
