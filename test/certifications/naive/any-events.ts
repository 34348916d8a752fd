import fc from 'fast-check'
import { evaluate } from '../../../src/certifications/evaluate.ts'
import type { Events } from '../../../src/certifications/evaluated-award.ts'
import { addDays } from '../../../src/core/calendar-date.ts'
import type { Rules } from '../../../src/program/versions.ts'
import { LATER } from '../histories.ts'
import { type AimedAct, actAt, anyAim, anyAimedAct, edgeOf } from './aimed.ts'
import { anyDate } from './any-date.ts'

/** What a history may be made of. */
export type Universe = { exams: string[]; courses: string[]; approvals: string[] }

/**
 * Things done on a few days; then more of them at the edges of the awards that follow; then acts on the awards that follow
 * from both, and more acts on those that follow then.
 */
export function anyEvents(rules: Rules, universe: Universe): fc.Arbitrary<Events> {
  const exam = fc.constantFrom(...universe.exams)
  const course = fc.constantFrom(...universe.courses)
  const approval = fc.constantFrom(...universe.approvals)
  const day = fc.nat({ max: 11 })
  const submission = fc.constantFrom(null, null, 0, 1, 30, 61, 200)

  return fc
    .record({
      days: fc.array(anyDate, { minLength: 12, maxLength: 12 }),
      passes: fc.array(fc.record({ exam, day }), { maxLength: 12 }),
      completions: fc.array(fc.record({ course, day, submission }), { maxLength: 4 }),
      approvals: fc.array(fc.record({ approval, day }), { maxLength: 2 }),
      morePasses: fc.array(fc.record({ exam, aim: anyAim }), { maxLength: 5 }),
      moreCompletions: fc.array(fc.record({ course, aim: anyAim, submission }), { maxLength: 2 }),
      acts: fc.oneof(
        { weight: 1, arbitrary: fc.constant<AimedAct[]>([]) },
        { weight: 2, arbitrary: fc.array(anyAimedAct, { maxLength: 4 }) },
      ),
      moreActs: fc.array(anyAimedAct, { maxLength: 2 }),
    })
    .map((drawn) => {
      const first = numbered({
        passes: drawn.passes.map(({ exam, day }) => ({ exam, on: drawn.days[day]! })),
        completions: drawn.completions.map(({ day, ...rest }) => ({ ...rest, on: drawn.days[day]! })),
        approvals: drawn.approvals.map(({ day, approval }) => ({ approval, on: drawn.days[day]! })),
      })
      const { awards } = evaluate(rules, first, LATER)
      const more = numbered({
        passes: drawn.morePasses.map(({ exam, aim }) => ({ exam, on: edgeOf(awards, aim) })),
        completions: drawn.moreCompletions.map(({ aim, ...rest }) => ({ ...rest, on: edgeOf(awards, aim) })),
        approvals: [],
      })
      const done: Events = {
        passes: [...first.passes, ...more.passes].map((pass, index) => ({ ...pass, resultId: index + 1 })),
        completions: [...first.completions, ...more.completions].map((one, index) => ({
          ...one,
          id: index + 1,
        })),
        approvals: first.approvals,
        acts: [],
      }
      const acted = withActs(rules, done, drawn.acts)
      return acted.acts.length > 0 ? withActs(rules, acted, drawn.moreActs) : acted
    })
}

/** With acts on the awards that follow so far: one that was revoked may have been earned again. */
function withActs(rules: Rules, events: Events, drawn: readonly AimedAct[]): Events {
  const { awards } = evaluate(rules, events, LATER)
  if (awards.length === 0) return events
  const before = events.acts.length
  const acts = drawn.map((act, index) => actAt(awards, act, before + index + 1))
  return { ...events, acts: [...events.acts, ...acts] }
}

type Drawn = {
  passes: { exam: string; on: string }[]
  completions: { course: string; on: string; submission: number | null }[]
  approvals: { approval: string; on: string }[]
}

function numbered({ passes, completions, approvals }: Drawn): Events {
  return {
    passes: passes.map(({ exam, on }, index) => ({
      exam,
      passedOn: on,
      resultId: index + 1,
      seriesCode: exam,
    })),
    completions: completions.map(({ course, on, submission }, index) => ({
      id: index + 1,
      course,
      completedOn: on,
      submittedOn: submission === null ? null : addDays(on, submission),
    })),
    approvals: approvals.map(({ approval, on }, index) => ({ id: index + 1, approval, approvedOn: on })),
    acts: [],
  }
}
