import type { CalendarDate } from '../core/calendar-date.ts'
import { certificationsAskingFor } from '../program/catalogue.ts'
import type { Account, Day } from './account.ts'
import type { Credit } from './evaluated-award.ts'

/** What a credit or a demand is about: a credit fulfils the demand of the same key. */
export function keyOf(credit: Credit): string {
  if ('pass' in credit) return `exam ${credit.pass.exam}`
  return 'completion' in credit
    ? `course ${credit.completion.course}`
    : `approval ${credit.approval.approval}`
}

export function creditedOn(credit: Credit): CalendarDate {
  if ('pass' in credit) return credit.pass.passedOn
  return 'completion' in credit ? credit.completion.completedOn : credit.approval.approvedOn
}

/**
 * Keeps what was done on a day for every certification that asks for it by that day's rules and is not held; the latest
 * counts, and of one day the first. What is held already can only be renewed.
 */
export function recordCredits(account: Account, day: Day, isHeld: (certification: string) => boolean) {
  for (const credit of creditsOf(day)) {
    const key = keyOf(credit)
    for (const code of certificationsAskingFor(day.program, key)) {
      if (isHeld(code)) continue
      const kept = account.credits.get(code) ?? new Map<string, Credit>()
      account.credits.set(code, kept)
      const before = kept.get(key)
      if (before === undefined || creditedOn(before) !== day.on) kept.set(key, credit)
    }
  }
}

function creditsOf({ passes, completions, approvals }: Day): Credit[] {
  return [
    ...passes.map((pass) => ({ pass })),
    ...completions.map((completion) => ({ completion })),
    ...approvals.map((approval) => ({ approval })),
  ]
}
