import fc from 'fast-check'
import type { CalendarDate } from '../../../src/core/calendar-date.ts'
import type {
  CertificationSelector,
  ExamSelector,
  Requirement,
} from '../../../src/program/program-document.ts'
import { anyDate } from './any-date.ts'
import { someOf } from './some-of.ts'

/** All that a random program may name; few of each, so that things collide. */
export const LEVELS = ['L1', 'L2', 'L3']
const TRACKS = ['T1', 'T2']
export const EXAMS = ['E1', 'E2', 'E3', 'E4']
export const COURSES = ['K1', 'K2']
export const APPROVALS = ['A1']
const CERTIFICATIONS = ['C3', 'C1', 'C5', 'C2', 'C4']

export const GRACE_DAYS = [0, 1, 30, 60]

const level = fc.constantFrom(...LEVELS)
const track = fc.constantFrom(...TRACKS)
const tracks = fc.subarray(TRACKS, { minLength: 1 })
const exam = fc.constantFrom(...EXAMS)
const months = fc.constantFrom(6, 12, 12, 24)

const selector: fc.Arbitrary<CertificationSelector> = fc.oneof(
  fc.record({ level }),
  fc.record({ track }),
  fc.record({ level, track }),
  fc.record({ certification: fc.constantFrom(...CERTIFICATIONS) }),
)

const examSelector: fc.Arbitrary<ExamSelector> = fc.oneof(
  fc.record({ exam }),
  fc.record({ level }),
  fc.constant({ sameTrack: true as const }),
  fc.record({ level, sameTrack: fc.constant(true as const) }),
  fc.record({ level, inTrackOfActive: selector }),
  fc.record({ track, inTrackOfActive: selector }),
)

const rule = fc.record({
  name: fc.constant('A rule'),
  renews: selector,
  by: fc.oneof(
    { weight: 3, arbitrary: fc.record({ passing: examSelector }) },
    { weight: 2, arbitrary: fc.record({ earning: selector }) },
  ),
})

const cascade = fc.record({
  name: fc.constant('A cascade'),
  renews: fc
    .record(
      { level, track, lower: fc.constant(true as const), sameTrack: fc.constant(true as const) },
      { requiredKeys: [] },
    )
    .map((renews) => (Object.keys(renews).length > 0 ? renews : { lower: true as const })),
})

const extension = fc
  .record({ on: anyDate, expiresFrom: anyDate, expiresUntil: anyDate, months, renews: fc.option(selector) })
  .map(({ renews, expiresFrom, expiresUntil, ...rest }) => ({
    name: 'An extension',
    ...rest,
    ...inOrder(expiresFrom, expiresUntil),
    ...(renews && { renews }),
  }))

const milestone = fc.record({
  name: fc.constant('A milestone'),
  counts: fc.array(fc.record({ of: selector, atLeast: fc.constantFrom(1, 1, 2) }), {
    minLength: 1,
    maxLength: 2,
  }),
})

/** What a certification may ask for, the ones before it included. */
function requirement(before: readonly string[], depth = 0): fc.Arbitrary<Requirement> {
  const held = fc.constantFrom('active', 'ever', undefined)
  const certification = fc
    .record({ certification: fc.constantFrom(...before, 'none'), held })
    .map(({ certification, held }) => (held ? { certification, held } : { certification }))
  const part = () => fc.array(requirement(before, depth + 1), { minLength: 1, maxLength: 3 })
  const leaves = [
    { weight: 8, arbitrary: fc.record({ exam }) },
    { weight: before.length > 0 ? 5 : 0, arbitrary: certification },
    { weight: 1, arbitrary: fc.record({ course: fc.constantFrom(...COURSES) }) },
    { weight: 1, arbitrary: fc.record({ approval: fc.constantFrom(...APPROVALS) }) },
  ]
  if (depth > 1) return fc.oneof(...leaves)
  const trees = [
    { weight: 4, arbitrary: fc.record({ all: part() }) },
    { weight: 3, arbitrary: fc.record({ any: part() }) },
  ]
  return fc.oneof(...leaves, ...trees)
}

function certification(code: string, index: number) {
  const before = CERTIFICATIONS.slice(0, index)
  return fc
    .record({
      level,
      tracks,
      validityMonths: fc.constantFrom(undefined, undefined, 6, 12, null),
      requires: requirement(before).filter((tree) => !JSON.stringify(tree).includes('"none"')),
    })
    .map(({ validityMonths, ...rest }) => ({
      code,
      name: code,
      seal: ['C', code],
      ...rest,
      ...(validityMonths !== undefined && { validityMonths }),
    }))
}

export type AnyDocument = typeof anyDocument extends fc.Arbitrary<infer Document> ? Document : never

/** The parts of a document that rules follow from; some may contradict others, see any-program.ts. */
export const anyDocument = fc.record({
  settings: fc.record({
    awardedOn: fc.constantFrom('completion', 'exam'),
    awardValidityMonths: fc.constantFrom<number | null>(6, 12, 12, 24, null),
  }),
  exams: fc.tuple(...EXAMS.map((code) => fc.record({ level, tracks }).map((rest) => ({ code, ...rest })))),
  certifications: fc.tuple(...CERTIFICATIONS.map(certification)),
  renewal: fc.record({
    months,
    rules: someOf(rule, 'R', 4),
    cascades: someOf(cascade, 'S', 2),
    course: fc.record({ notTwiceInARow: fc.boolean(), submittedBeforeExpiry: fc.boolean() }),
    graceDays: fc.constantFrom(...GRACE_DAYS),
    extensions: someOf(extension, 'X', 2),
  }),
  courses: fc.tuple(
    ...COURSES.map((code) =>
      fc
        .subarray(CERTIFICATIONS, { minLength: 1, maxLength: 3 })
        .map((renews) => ({ code, renews, direction: 'same-level' as const })),
    ),
  ),
  milestones: someOf(milestone, 'M', 2, 'code'),
  emeritus: fc.option(fc.record({ level, afterMonths: fc.constantFrom(6, 12, 24, 36) })),
})

function inOrder(one: CalendarDate, other: CalendarDate) {
  return one < other ? { expiresFrom: one, expiresUntil: other } : { expiresFrom: other, expiresUntil: one }
}
