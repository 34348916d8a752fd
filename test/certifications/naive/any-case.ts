import fc from 'fast-check'
import type { Events } from '../../../src/certifications/evaluated-award.ts'
import type { CalendarDate } from '../../../src/core/calendar-date.ts'
import type { Rules } from '../../../src/program/versions.ts'
import { LATER } from '../histories.ts'
import { anyDate } from './any-date.ts'
import { APPROVALS, COURSES, EXAMS } from './any-document.ts'
import { anyEvents, type Universe } from './any-events.ts'
import { anyRules } from './any-program.ts'
import { anySampleRules, sampleDocument } from './any-sample.ts'

/** Rules, and what a few candidates did under them until some day: a program takes longer to make up than a history. */
export type Case = { rules: Rules; histories: Events[]; today: CalendarDate }

export const HISTORIES_PER_CASE = 5

const universe = { exams: EXAMS, courses: COURSES, approvals: APPROVALS }
const someOfSample: fc.Arbitrary<Universe> = fc
  .subarray(
    sampleDocument().exams.map(({ code }) => code),
    { minLength: 2, maxLength: 7 },
  )
  .map((exams) => ({ exams, courses: ['JIR', 'AJER'], approvals: ['none'] }))

export const anyCase: fc.Arbitrary<Case> = fc.oneof(
  {
    weight: 6,
    arbitrary: anyRules.chain((rules) => caseOf(rules, universe)),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(anySampleRules, someOfSample).chain(([rules, some]) => caseOf(rules, some)),
  },
)

function caseOf(rules: Rules, universe: Universe): fc.Arbitrary<Case> {
  const today = fc.oneof({ weight: 3, arbitrary: fc.constant(LATER) }, { weight: 1, arbitrary: anyDate })
  const many = { minLength: HISTORIES_PER_CASE, maxLength: HISTORIES_PER_CASE }
  return fc.record({
    rules: fc.constant(rules),
    histories: fc.array(anyEvents(rules, universe), many),
    today,
  })
}
