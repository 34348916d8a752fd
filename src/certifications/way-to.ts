import { type CalendarDate, latestOf } from '../core/calendar-date.ts'
import { findCertification, findCourse, findExam, levelRank, seriesCodesOn } from '../program/catalogue.ts'
import type { Certification, Program } from '../program/program.ts'
import type { Requirement } from '../program/program-document.ts'
import { type Demand, keyOfDemand } from '../program/requirement.ts'
import { programOn, type Rules } from '../program/versions.ts'
import { lastDayOf } from './account.ts'
import { keyOf } from './credits.ts'
import type { EvaluatedAward, Events } from './evaluated-award.ts'
import { foresee } from './foresight.ts'
import type { PlannedStep } from './planned-step.ts'
import { type Attempt, bookableFrom } from './retakes.ts'

/** One thing to do on the way and what for, from the day on which it can be done; an exam with its codes then. */
export type Step = { for: string; from: CalendarDate } & (
  | { exam: string; seriesCodes: string[] }
  | { course: string }
  | { approval: string }
)

/**
 * `isHeld`: nothing is left to do. `isCertain`: the rules say that these steps, each done on its first day, bring it, and
 * none is for the program to do. No steps and not held: nothing that can be done today leads there.
 */
export type Way = { certification: string; isHeld: boolean; steps: Step[]; isCertain: boolean }

/** As many ways to one certification are looked at, the shortest first. */
const MOST_WAYS = 64

/**
 * The fewest things to do that reach a certification from what is held today and what already waits: of all alternatives
 * that can be done, the first of the shortest that the evaluator confirms. Null where the program has no such certification.
 */
export function wayTo(
  rules: Rules,
  events: Events,
  goal: string,
  today: CalendarDate,
  attempts: readonly Attempt[] = [],
): Way | null {
  const program = programOn(rules, today)
  if (!findCertification(program, goal)) return null
  const foresight = foresee(rules, events, today)
  const { awards, waiting } = foresight.before
  const active = new Set(
    awards.filter((award) => countsOn(award, today)).map(({ certification }) => certification),
  )
  if (active.has(goal)) return { certification: goal, isHeld: true, steps: [], isCertain: true }

  const ever = new Set(
    awards.filter(({ revokedOn }) => revokedOn === null).map(({ certification }) => certification),
  )
  const done = new Set(
    waiting.flatMap(({ certification, credits }) => credits.map((one) => `${certification} ${keyOf(one)}`)),
  )
  const ways = waysTo({ program, active, ever, done, attempts, today }, goal, [])
  const isReached = (steps: readonly Step[]) => {
    const last = latestOf([today, ...steps.map(({ from }) => from)])
    return foresight
      .after(steps.map(planned))
      .some((award) => award.certification === goal && countsOn(award, last))
  }
  const confirmed = ways.find(isReached)
  const steps = inOrder(program, confirmed ?? ways[0] ?? [])
  const isCertain = confirmed !== undefined && !steps.some((step) => 'approval' in step)
  return { certification: goal, isHeld: false, steps, isCertain }
}

function countsOn(award: EvaluatedAward, on: CalendarDate): boolean {
  const last = lastDayOf(award)
  return last === null || last >= on
}

function planned(step: Step): PlannedStep {
  const on = step.from
  if ('exam' in step) return { exam: step.exam, on }
  return 'course' in step ? { course: step.course, on } : { approval: step.approval, on }
}

type Situation = {
  program: Program
  active: ReadonlySet<string>
  ever: ReadonlySet<string>
  done: ReadonlySet<string>
  attempts: readonly Attempt[]
  today: CalendarDate
}

/** Every way to a certification that is not held: none that leads through what cannot be done. */
function waysTo(situation: Situation, code: string, trail: readonly string[]): Step[][] {
  const certification = findCertification(situation.program, code)
  if (!certification || trail.includes(code)) return []
  return waysToMeet(situation, certification, certification.requires, [...trail, code])
}

function waysToMeet(
  situation: Situation,
  certification: Certification,
  requirement: Requirement,
  trail: readonly string[],
): Step[][] {
  const { all, any, certification: needed, held } = requirement
  const meet = (part: Requirement) => waysToMeet(situation, certification, part, trail)
  if (all)
    return all.reduce<Step[][]>(
      (ways, part) => {
        const further = meet(part)
        return shortest(ways.flatMap((way) => further.map((more) => distinct([...way, ...more]))))
      },
      [[]],
    )
  if (any) return shortest(any.flatMap(meet))
  if (needed !== undefined) {
    const isMet = situation.active.has(needed) || (held === 'ever' && situation.ever.has(needed))
    return isMet ? [[]] : waysTo(situation, needed, trail)
  }
  // What waits may have lapsed: the evaluator knows whether it has to be done again.
  const isDone = situation.done.has(`${certification.code} ${keyOfDemand(requirement)}`)
  return [...(isDone ? [[]] : []), ...stepsFor(situation, certification, requirement).map((step) => [step])]
}

/** The one step that meets a demand, if it can be done. */
function stepsFor(
  { program, attempts, today }: Situation,
  { code }: Certification,
  { exam, course, approval }: Demand,
): Step[] {
  if (course !== undefined) return findCourse(program, course) ? [{ course, for: code, from: today }] : []
  if (approval !== undefined) return [{ approval, for: code, from: today }]
  const found = exam === undefined ? null : findExam(program, exam)
  const from = found && bookableFrom(program, found, attempts, today)
  if (!found || from === null) return []
  return [{ exam: found.code, seriesCodes: seriesCodesOn(found, from), for: code, from }]
}

/** Each set of steps once, the shorter first and of equals in their order. */
function shortest(ways: readonly Step[][]): Step[][] {
  const byKeys = new Map<string, Step[]>()
  for (const way of ways) {
    const key = way.map(keyOfStep).sort().join(' ')
    if (!byKeys.has(key)) byKeys.set(key, way)
  }
  return [...byKeys.values()].sort((a, b) => a.length - b.length).slice(0, MOST_WAYS)
}

function distinct(steps: readonly Step[]): Step[] {
  const keys = steps.map(keyOfStep)
  return steps.filter((_, index) => keys.indexOf(keys[index]!) === index)
}

function keyOfStep(step: Step): string {
  return keyOfDemand(step) ?? ''
}

/** The lower first: a prerequisite before what needs it. */
function inOrder(program: Program, steps: readonly Step[]): Step[] {
  const rank = ({ for: code }: Step) => levelRank(program, findCertification(program, code)!)
  return steps.toSorted((a, b) => rank(a) - rank(b))
}
