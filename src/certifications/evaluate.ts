import type { CalendarDate } from '../core/calendar-date.ts'
import { compareUpward, findCourse, findExam, levelRank } from '../program/catalogue.ts'
import { programOn, programsOf, type Rules, versionsOf } from '../program/versions.ts'
import { type Account, type Day, isActiveOn } from './account.ts'
import { applyActs } from './acts.ts'
import { recordCredits } from './credits.ts'
import { earnOn } from './earn.ts'
import { emeritusFrom } from './emeritus.ts'
import type { EvaluatedAward, Evaluation, Events, Pass } from './evaluated-award.ts'
import { extendOn } from './extend.ts'
import { lateCourses, sentInAfter } from './late-courses.ts'
import { reachMilestones } from './milestones.ts'
import { renewedInGrace, renewOn } from './renew.ts'

/**
 * Everything a candidate has ever held and reached, from what they did and what the staff did, each in any order.
 *
 * Only these can change anything, and the program's own decrees and versions, so the days that have any are lived through one
 * after the other, each by the program that was in force. `today`: the last day on which a version may have begun; what it
 * asks for less than the one before is given on its first day, whatever else happens to a candidate. A day first does what the staff did and the program decreed, then gives what
 * is earned, then renews: a pass renews from its own date even while the certification it belongs to waits for a
 * prerequisite, since the rules speak of the exam, and earning one is a rule apart.
 */
export function evaluate(rules: Rules, events: Events, today: CalendarDate): Evaluation {
  const account: Account = {
    holdings: new Map(),
    credits: new Map(),
    awards: [],
    milestones: [],
    acts: events.acts.toSorted((a, b) => order(a.on, b.on) || a.id - b.id),
    late: new Map(),
  }
  for (const day of daysOf(rules, events, today)) {
    applyActs(account, day.on)
    extendOn(account, day)
    const kept = renewedInGrace(account, day)
    recordCredits(account, day, (code) => kept.has(code) || isActiveOn(account.holdings.get(code), day.on))
    const earned = earnOn(rules, account, day)
    renewOn(account, day, earned)
    reachMilestones(account, day)
  }
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

/** What the program did not know on the day counts for nothing, and makes no day. */
function daysOf(rules: Rules, { passes, completions, approvals, acts }: Events, today: CalendarDate): Day[] {
  const days = new Map<CalendarDate, Day>()
  const dayOf = (on: CalendarDate): Day => {
    const day = days.get(on) ?? {
      on,
      program: programOn(rules, on),
      passes: [],
      completions: [],
      sentIn: [],
      approvals: [],
    }
    days.set(on, day)
    return day
  }
  for (const { on } of acts) dayOf(on)
  // What comes before the first version is judged by the first: only the others begin.
  for (const { effectiveOn } of versionsOf(rules).slice(1)) {
    if (effectiveOn !== null && effectiveOn <= today) dayOf(effectiveOn)
  }
  for (const program of programsOf(rules)) {
    for (const { on } of program.renewal.extensions) if (programOn(rules, on) === program) dayOf(on)
  }
  for (const pass of passes) {
    if (findExam(programOn(rules, pass.passedOn), pass.exam)) dayOf(pass.passedOn).passes.push(pass)
  }
  for (const completion of completions) {
    const { course, completedOn } = completion
    if (!findCourse(programOn(rules, completedOn), course)) continue
    dayOf(completedOn).completions.push(completion)
    const sentOn = sentInAfter(completion)
    if (sentOn && findCourse(programOn(rules, sentOn), course)) dayOf(sentOn).sentIn.push(completion)
  }
  for (const given of approvals) {
    const known = programOn(rules, given.approvedOn).approvals.some(({ code }) => code === given.approval)
    if (known) dayOf(given.approvedOn).approvals.push(given)
  }
  for (const day of days.values()) sortDay(day)
  return [...days.values()].sort((a, b) => order(a.on, b.on))
}

function sortDay({ program, passes, completions, sentIn, approvals }: Day) {
  const rank = (pass: Pass) => levelRank(program, findExam(program, pass.exam)!)
  passes.sort((a, b) => rank(a) - rank(b) || order(a.exam, b.exam) || a.resultId - b.resultId)
  for (const courses of [completions, sentIn])
    courses.sort((a, b) => order(a.course, b.course) || a.id - b.id)
  approvals.sort((a, b) => order(a.approval, b.approval) || a.id - b.id)
}

function byAwardDate(rules: Rules) {
  const newest = programsOf(rules).at(-1)!
  return (a: EvaluatedAward, b: EvaluatedAward) =>
    order(a.awardedOn, b.awardedOn) ||
    compareUpward(newest, a.certification, b.certification) ||
    order(a.certification, b.certification)
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
