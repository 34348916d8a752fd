import type { CalendarDate } from '../core/calendar-date.ts'
import { compareUpward } from '../program/catalogue.ts'
import { programsOf, type Rules } from '../program/versions.ts'
import { type Account, type Day, isActiveOn, openAccount } from './account.ts'
import { applyActs } from './acts.ts'
import { recordCredits } from './credits.ts'
import { daysOf } from './days.ts'
import { earnOn } from './earn.ts'
import { emeritusFrom } from './emeritus.ts'
import type { EvaluatedAward, Evaluation, Events } from './evaluated-award.ts'
import { extendOn } from './extend.ts'
import { lateCourses } from './late-courses.ts'
import { reachMilestones } from './milestones.ts'
import { renewedInGrace, renewOn } from './renew.ts'

/**
 * Everything a candidate has ever held and reached, from what they did and what the staff did, each in any order.
 *
 * Only these can change anything, and the program's own decrees and versions, so the days that have any are lived through one
 * after the other, each by the program that was in force. `today`: the last day on which a version may have begun; what it
 * asks for less than the one before is given on its first day, whatever else happens to a candidate.
 */
export function evaluate(rules: Rules, events: Events, today: CalendarDate): Evaluation {
  const account = openAccount(events.acts)
  for (const day of daysOf(rules, events, today)) liveThrough(rules, account, day)
  return evaluationOf(rules, account)
}

/**
 * A day first does what the staff did and the program decreed, then gives what is earned, then renews: a pass renews from
 * its own date even while the certification it belongs to waits for a prerequisite, since the rules speak of the exam, and
 * earning one is a rule apart.
 */
export function liveThrough(rules: Rules, account: Account, day: Day) {
  applyActs(account, day.on)
  extendOn(account, day)
  const kept = renewedInGrace(account, day)
  recordCredits(account, day, (code) => kept.has(code) || isActiveOn(account.holdings.get(code), day.on))
  const earned = earnOn(rules, account, day)
  renewOn(account, day, earned)
  reachMilestones(account, day)
}

/** What an account comes to, once all of its days are lived through. */
export function evaluationOf(rules: Rules, account: Account): Evaluation {
  for (const award of account.awards) award.emeritusOn = emeritusFrom(rules, award)
  return {
    awards: account.awards.toSorted(byAwardDate(rules)),
    waiting: [...account.credits].map(([certification, credits]) => ({
      certification,
      credits: [...credits.values()],
    })),
    milestones: account.milestones,
    lateCourses: lateCourses(account),
  }
}

function byAwardDate(rules: Rules) {
  const newest = programsOf(rules).at(-1)!
  return (a: EvaluatedAward, b: EvaluatedAward) =>
    order(a.awardedOn, b.awardedOn) ||
    compareUpward(newest, a.certification, b.certification) ||
    order(a.certification, b.certification)
}

function order(a: CalendarDate, b: CalendarDate): number {
  return a < b ? -1 : a > b ? 1 : 0
}
