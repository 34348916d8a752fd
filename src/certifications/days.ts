import type { CalendarDate } from '../core/calendar-date.ts'
import { findCourse, findExam, levelRank } from '../program/catalogue.ts'
import { programOn, programsOf, type Rules, versionsOf } from '../program/versions.ts'
import type { Day } from './account.ts'
import type { Events, Pass } from './evaluated-award.ts'
import { sentInAfter } from './late-courses.ts'

/**
 * The days on which something happened or was decreed, or a version began, up to `today`; the first first. What the program
 * did not know on the day counts for nothing, and makes no day.
 */
export function daysOf(
  rules: Rules,
  { passes, completions, approvals, acts }: Events,
  today: CalendarDate,
): Day[] {
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

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
