import type { CalendarDate } from '../core/calendar-date.ts'
import { findCertification, levelRank } from '../program/catalogue.ts'
import type { Certification, Program } from '../program/program.ts'
import type { Requirement } from '../program/program-document.ts'
import { type Demand, keyOfDemand } from '../program/requirement.ts'
import { programOn, type Rules } from '../program/versions.ts'
import { keyOf } from './credits.ts'
import { evaluate } from './evaluate.ts'
import type { Events } from './evaluated-award.ts'
import { type PlannedStep, withSteps } from './plan.ts'

/** One thing to do on the way: an exam, a course or an approval, and what for. */
export type Step = Pick<Demand, 'exam' | 'course' | 'approval'> & { for: string }

/** `isHeld`: nothing is left to do. `isCertain`: the rules say that these steps, done today, bring it. */
export type Way = { certification: string; isHeld: boolean; steps: Step[]; isCertain: boolean }

/**
 * The fewest things to do that reach a certification from what is held today and what already waits: of alternatives
 * the one that needs least, and of equals the first. Null where the program has no such certification.
 */
export function wayTo(rules: Rules, events: Events, goal: string, today: CalendarDate): Way | null {
  const program = programOn(rules, today)
  if (!findCertification(program, goal)) return null
  const { awards, waiting } = evaluate(rules, events, today)
  const active = new Set(
    awards
      .filter(({ expiresOn, revokedOn }) => revokedOn === null && (expiresOn === null || expiresOn >= today))
      .map(({ certification }) => certification),
  )
  if (active.has(goal)) return { certification: goal, isHeld: true, steps: [], isCertain: true }

  const ever = new Set(
    awards.filter(({ revokedOn }) => revokedOn === null).map(({ certification }) => certification),
  )
  const done = new Set(
    waiting.flatMap(({ certification, credits }) => credits.map((one) => `${certification} ${keyOf(one)}`)),
  )
  const steps = inOrder(program, distinct(stepsFor({ program, active, ever, done }, goal, [])))
  const planned = steps.flatMap(({ exam, course }): PlannedStep[] =>
    exam !== undefined ? [{ exam, on: today }] : course !== undefined ? [{ course, on: today }] : [],
  )
  const after = evaluate(rules, withSteps(events, planned), today).awards
  const isReached = after.some(
    ({ certification, expiresOn, revokedOn }) =>
      certification === goal && revokedOn === null && (expiresOn === null || expiresOn >= today),
  )
  return { certification: goal, isHeld: false, steps, isCertain: isReached }
}

type Situation = {
  program: Program
  active: ReadonlySet<string>
  ever: ReadonlySet<string>
  done: ReadonlySet<string>
}

function stepsFor(situation: Situation, code: string, trail: readonly string[]): Step[] {
  const certification = findCertification(situation.program, code)
  if (!certification || situation.active.has(code) || trail.includes(code)) return []
  return stepsOf(situation, certification, certification.requires, [...trail, code])
}

function stepsOf(
  situation: Situation,
  certification: Certification,
  requirement: Requirement,
  trail: readonly string[],
): Step[] {
  const { all, any, certification: needed, held } = requirement
  if (all) return all.flatMap((part) => stepsOf(situation, certification, part, trail))
  if (any) {
    const ways = any.map((part) => distinct(stepsOf(situation, certification, part, trail)))
    return ways.reduce((least, way) => (way.length < least.length ? way : least))
  }
  if (needed !== undefined)
    return held === 'ever' && situation.ever.has(needed) ? [] : stepsFor(situation, needed, trail)
  if (situation.done.has(`${certification.code} ${keyOfDemand(requirement)}`)) return []
  const { exam, course, approval } = requirement
  return [
    {
      ...(exam !== undefined && { exam }),
      ...(course !== undefined && { course }),
      ...(approval !== undefined && { approval }),
      for: certification.code,
    },
  ]
}

function distinct(steps: readonly Step[]): Step[] {
  const keys = steps.map((step) => keyOfDemand(step))
  return steps.filter((_, index) => keys.indexOf(keys[index]!) === index)
}

/** The lower first: a prerequisite before what needs it. */
function inOrder(program: Program, steps: readonly Step[]): Step[] {
  const rank = ({ for: code }: Step) => levelRank(program, findCertification(program, code)!)
  return steps.toSorted((a, b) => rank(a) - rank(b))
}
