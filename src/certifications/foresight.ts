import { type CalendarDate, latestOf } from '../core/calendar-date.ts'
import { type Rules, versionsOf } from '../program/versions.ts'
import { type Account, copyOfAccount, openAccount } from './account.ts'
import { daysOf } from './days.ts'
import { evaluate, evaluationOf, liveThrough } from './evaluate.ts'
import type { EvaluatedAward, Evaluation, Events } from './evaluated-award.ts'
import { sentInAfter } from './late-courses.ts'
import { type PlannedStep, withSteps } from './planned-step.ts'

/**
 * What is so as things stand, and what would be after some steps: the evaluation of the events with them, but the days
 * before the first step are lived through only once, however many are tried. `days`: on which something happens anyhow.
 */
export type Foresight = {
  before: Evaluation
  days: readonly CalendarDate[]
  after: (steps: readonly PlannedStep[]) => EvaluatedAward[]
}

export function foresee(rules: Rules, events: Events, today: CalendarDate): Foresight {
  // Versions that lie ahead begin before whatever is done after them.
  const lastBegun = versionsOf(rules).flatMap(({ effectiveOn }) => effectiveOn ?? [])
  const days = daysOf(rules, events, latestOf([today, ...lastBegun]))
  const pasts = new Map<number, { account: Account; left: Events }>()

  function past(length: number) {
    const known = pasts.get(length)
    if (known) return known
    const account = openAccount(events.acts)
    for (const day of days.slice(0, length)) liveThrough(rules, account, day)
    const made = { account, left: from(events, days[length]?.on) }
    pasts.set(length, made)
    return made
  }

  const before = evaluate(rules, events, today)
  return {
    before,
    days: days.map(({ on }) => on),
    after(steps) {
      if (steps.length === 0) return before.awards
      const onDays = steps.map(({ on }) => on).sort()
      const first = onDays[0]!
      const last = latestOf([today, ...onDays])
      const index = days.findIndex(({ on }) => on >= first)
      const { account: lived, left } = past(index === -1 ? days.length : index)
      const account = copyOfAccount(lived)
      for (const day of daysOf(rules, withSteps(left, steps), last)) {
        if (day.on >= first) liveThrough(rules, account, day)
      }
      return evaluationOf(rules, account).awards
    },
  }
}

/** What happens from a day on; nothing where there is no such day. */
function from({ passes, completions, approvals, acts }: Events, first: CalendarDate | undefined): Events {
  if (first === undefined) return { passes: [], completions: [], approvals: [], acts: [] }
  return {
    passes: passes.filter(({ passedOn }) => passedOn >= first),
    completions: completions.filter((one) => (sentInAfter(one) ?? one.completedOn) >= first),
    approvals: approvals.filter(({ approvedOn }) => approvedOn >= first),
    acts: acts.filter(({ on }) => on >= first),
  }
}
