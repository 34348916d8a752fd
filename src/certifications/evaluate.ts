import { compareUpward, findCourse, findExam, levelRank } from '../program/catalogue.ts'
import type { Program } from '../program/program.ts'
import { type Account, awardOn, type Day, renewOn } from './evaluate-day.ts'
import type { Completion, EvaluatedAward, Evaluation, Pass } from './evaluated-award.ts'

export function evaluateAwards(
  program: Program,
  passes: readonly Pass[],
  completions: readonly Completion[] = [],
): EvaluatedAward[] {
  return evaluatePasses(program, passes, completions).awards
}

/**
 * Everything a candidate has ever held, from the valid passes and the completed courses, each in any order.
 *
 * Only these can change anything, so the days that have any are lived through one after the other. Each day
 * first gives what is earned, then renews: a pass renews from its own date even while the certification
 * it belongs to waits for a prerequisite, since the rules speak of the exam, and earning one is a rule apart.
 */
export function evaluatePasses(
  program: Program,
  passes: readonly Pass[],
  completions: readonly Completion[] = [],
): Evaluation {
  const account: Account = { holdings: new Map(), waiting: new Map(), awards: [] }
  for (const day of daysOf(program, passes, completions)) {
    const earned = awardOn(program, account, day)
    renewOn(program, account, day, earned)
  }
  return {
    awards: account.awards.toSorted(byAwardDate(program)),
    waiting: [...account.waiting].map(([certification, pass]) => ({ certification, pass })),
  }
}

function daysOf(program: Program, passes: readonly Pass[], completions: readonly Completion[]): Day[] {
  const days = new Map<string, Day>()
  const dayOf = (on: string): Day => {
    const day: Day = days.get(on) ?? { on, passes: [], completions: [] }
    days.set(on, day)
    return day
  }
  for (const pass of ordered(program, passes)) dayOf(pass.passedOn).passes.push(pass)
  for (const completion of completions.toSorted((a, b) => order(a.course, b.course) || a.id - b.id))
    if (findCourse(program, completion.course)) dayOf(completion.completedOn).completions.push(completion)
  return [...days.values()].sort((a, b) => order(a.on, b.on))
}

/** What a program does not know any more counts for nothing. */
function ordered(program: Program, passes: readonly Pass[]): Pass[] {
  const rank = (pass: Pass) => levelRank(program, findExam(program, pass.exam)!)
  return passes
    .filter((pass) => findExam(program, pass.exam))
    .sort(
      (a, b) =>
        order(a.passedOn, b.passedOn) ||
        rank(a) - rank(b) ||
        order(a.exam, b.exam) ||
        a.resultId - b.resultId,
    )
}

function byAwardDate(program: Program) {
  return (a: EvaluatedAward, b: EvaluatedAward) =>
    order(a.awardedOn, b.awardedOn) || compareUpward(program, a.certification, b.certification)
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
