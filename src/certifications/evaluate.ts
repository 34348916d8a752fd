import { compareUpward, findExam, levelRank } from '../program/catalogue.ts'
import type { Program } from '../program/program.ts'
import { type Account, awardOn, type Day, renewOn } from './evaluate-day.ts'
import type { EvaluatedAward, Evaluation, Pass } from './evaluated-award.ts'

export function evaluateAwards(program: Program, passes: readonly Pass[]): EvaluatedAward[] {
  return evaluatePasses(program, passes).awards
}

/**
 * Everything a candidate has ever held, from the valid passes in any order.
 *
 * Only a pass can change anything, so the days with passes are lived through one after the other. Each day
 * first gives what is earned, then renews: a pass renews from its own date even while the certification
 * it belongs to waits for a prerequisite, since the rules speak of the exam, and earning one is a rule apart.
 */
export function evaluatePasses(program: Program, passes: readonly Pass[]): Evaluation {
  const account: Account = { holdings: new Map(), waiting: new Map(), awards: [] }
  for (const day of daysOf(program, passes)) {
    const earned = awardOn(program, account, day)
    renewOn(program, account, day, earned)
  }
  return {
    awards: account.awards.toSorted(byAwardDate(program)),
    waiting: [...account.waiting].map(([certification, pass]) => ({ certification, pass })),
  }
}

function daysOf(program: Program, passes: readonly Pass[]): Day[] {
  const rank = (pass: Pass) => levelRank(program, findExam(program, pass.exam)!)
  const known = passes
    .filter((pass) => findExam(program, pass.exam))
    .sort(
      (a, b) =>
        order(a.passedOn, b.passedOn) ||
        rank(a) - rank(b) ||
        order(a.exam, b.exam) ||
        a.resultId - b.resultId,
    )

  const days: Day[] = []
  for (const pass of known) {
    const last = days.at(-1)
    if (last?.on === pass.passedOn) last.passes.push(pass)
    else days.push({ on: pass.passedOn, passes: [pass] })
  }
  return days
}

function byAwardDate(program: Program) {
  return (a: EvaluatedAward, b: EvaluatedAward) =>
    order(a.awardedOn, b.awardedOn) || compareUpward(program, a.certification, b.certification)
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
