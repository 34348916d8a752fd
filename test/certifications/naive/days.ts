import type {
  AwardAct,
  Completion,
  Credit,
  Events,
  GivenApproval,
  Pass,
} from '../../../src/certifications/evaluated-award.ts'
import type { CalendarDate } from '../../../src/core/calendar-date.ts'
import type { Certification, Extension, Program } from '../../../src/program/program.ts'
import type { ProgramVersion, Rules } from '../../../src/program/versions.ts'
import type { NaiveAward } from './record.ts'

/** A day that is looked at: what happened on it, in the order that counts, and the version that judges it. */
export type Day = {
  on: CalendarDate
  rules: Rules
  program: Program
  passes: Pass[]
  completions: Completion[]
  /** Courses that were sent in today, and had ended before. */
  sentIn: Completion[]
  approvals: GivenApproval[]
  /** Those that count from this day or an earlier one. */
  acts: AwardAct[]
  extensions: Extension[]
  /** A version begins that another was before. */
  begins: boolean
}

export function versionsIn(rules: Rules): readonly ProgramVersion[] {
  return 'settings' in rules ? [{ effectiveOn: null, program: rules }] : rules
}

export function programOfDay(rules: Rules, on: CalendarDate): Program {
  const begun = versionsIn(rules).filter(({ effectiveOn }) => effectiveOn === null || effectiveOn <= on)
  return (begun.at(-1) ?? versionsIn(rules)[0]!).program
}

export function daysOf(rules: Rules, events: Events, today: CalendarDate): Day[] {
  const beginnings = versionsIn(rules)
    .slice(1)
    .map(({ effectiveOn }) => effectiveOn!)
    .filter((on) => on <= today)
  const decreed = versionsIn(rules).flatMap(({ program }) => program.renewal.extensions.map(({ on }) => on))
  const dates = [
    ...events.passes.map(({ passedOn }) => passedOn),
    ...events.completions.flatMap(({ completedOn, submittedOn }) => [
      completedOn,
      submittedOn ?? completedOn,
    ]),
    ...events.approvals.map(({ approvedOn }) => approvedOn),
    ...events.acts.map(({ on }) => on),
    ...decreed,
    ...beginnings,
  ]
  return [...new Set(dates)]
    .sort()
    .map((on) => ({ ...dayOf(rules, events, on), begins: beginnings.includes(on) }))
    .filter(hasSomething)
}

function dayOf(
  rules: Rules,
  { passes, completions, approvals, acts }: Events,
  on: CalendarDate,
): Omit<Day, 'begins'> {
  const program = programOfDay(rules, on)
  return {
    on,
    rules,
    program,
    passes: passes
      .filter((pass) => pass.passedOn === on && examOf(program, pass))
      .toSorted(
        by(
          (pass) => rankOf(program, examOf(program, pass)!.level),
          ({ exam }) => exam,
          ({ resultId }) => resultId,
        ),
      ),
    completions: completions
      .filter(({ completedOn, course }) => completedOn === on && courseOf(program, course))
      .toSorted(byCourse),
    sentIn: completions
      .filter(({ submittedOn, completedOn }) => submittedOn === on && completedOn < on)
      .filter(({ course, completedOn }) => courseOf(programOfDay(rules, completedOn), course))
      .filter(({ course }) => courseOf(program, course))
      .toSorted(byCourse),
    approvals: approvals
      .filter(({ approvedOn, approval }) => approvedOn === on && approvalOf(program, approval))
      .toSorted(
        by(
          ({ approval }) => approval,
          ({ id }) => id,
        ),
      ),
    acts: acts
      .filter((act) => act.on <= on)
      .toSorted(
        by(
          (act) => act.on,
          ({ id }) => id,
        ),
      ),
    extensions: program.renewal.extensions.filter((extension) => extension.on === on),
  }
}

function hasSomething({
  on,
  passes,
  completions,
  sentIn,
  approvals,
  acts,
  extensions,
  begins,
}: Day): boolean {
  const counts = [passes, completions, sentIn, approvals, acts.filter((act) => act.on === on), extensions]
  return begins || counts.some((things) => things.length > 0)
}

export function examOf(program: Program, { exam }: { exam: string }) {
  return program.exams.find(({ code }) => code === exam)
}

export function courseOf(program: Program, course: string) {
  return program.courses.find(({ code }) => code === course)
}

function approvalOf(program: Program, approval: string) {
  return program.approvals.find(({ code }) => code === approval)
}

/** As today's version describes it, or, where that has it no more, the version of the day on which it was last given. */
export function describedOn(day: Day, { certification, givenOn }: NaiveAward): Certification {
  const findIn = (program: Program) => program.certifications.find(({ code }) => code === certification)
  return (findIn(day.program) ?? findIn(programOfDay(day.rules, givenOn)))!
}

export function rankOf(program: Program, level: string): number {
  return program.levels.find(({ code }) => code === level)!.rank
}

export function lowestFirst(program: Program, certifications: Certification[]): Certification[] {
  return certifications.toSorted(
    by(
      ({ level }) => rankOf(program, level),
      ({ code }) => code,
    ),
  )
}

export function dayOfCredit(credit: Credit): CalendarDate {
  if ('pass' in credit) return credit.pass.passedOn
  return 'completion' in credit ? credit.completion.completedOn : credit.approval.approvedOn
}

const byCourse = by<Completion>(
  ({ course }) => course,
  ({ id }) => id,
)

function by<One>(...keys: ((one: One) => string | number)[]): (a: One, b: One) => number {
  return (a, b) => {
    const key = keys.find((key) => key(a) !== key(b))
    if (!key) return 0
    return key(a) < key(b) ? -1 : 1
  }
}
