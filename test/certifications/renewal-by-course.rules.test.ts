import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evaluate } from '../../src/certifications/evaluate.ts'
import type { Completion } from '../../src/certifications/evaluated-award.ts'
import { courseEffect } from '../../src/recertification/course-effect.ts'
import { sampleProgram } from '../program/sample-program.ts'
import { anyHistory } from './any-history.ts'
import { actOn } from './given-acts.ts'
import { awardsOf, eventsOf, LATER, passesOf, termsOf } from './histories.ts'

const program = sampleProgram()
const ENT = ['2024-01-10 JNCIA-Junos', '2024-03-10 JNCIS-ENT'] as const

/** Completions written as `'2026-05-20 JIR'`, sent in on the same day unless the test says otherwise. */
function coursesOf(...lines: string[]): Completion[] {
  return lines.map((line, index) => {
    const [completedOn, course, submittedOn = completedOn] = line.split(' ') as [string, string, string?]
    return { id: index + 1, course, completedOn, submittedOn }
  })
}

function termsAfter(courses: readonly string[], changed = program) {
  return termsOf(awardsOf(changed, passesOf(changed, ...ENT), coursesOf(...courses)))
}

test('a course renews what it is for, from its last day, and every lower award that goes with it', () => {
  expect(termsAfter(['2026-05-20 JIR'])).toEqual([
    'JNCIA-Junos 2024-01-10 2029-05-20',
    'JNCIS-ENT 2024-03-10 2029-05-20',
  ])
  const [associate, specialist] = awardsOf(program, passesOf(program, ...ENT), coursesOf('2026-05-20 JIR'))
  expect(specialist!.renewals).toEqual([
    {
      renewedOn: '2026-05-20',
      rule: 'course',
      completion: { id: 1, course: 'JIR', completedOn: '2026-05-20', submittedOn: '2026-05-20' },
      cascade: null,
      cascadeFrom: null,
      previousExpiresOn: '2027-03-10',
      expiresOn: '2029-05-20',
    },
  ])
  expect(associate!.renewals.at(-1)).toMatchObject({ rule: 'course', cascadeFrom: 'JNCIS-ENT' })
})

test.each([
  ['on the last day of the award', '2027-03-10 JIR', '2030-03-10'],
  ['a day after it expired', '2027-03-11 JIR', '2027-03-10'],
  ['of another program', '2026-05-20 NOPE', '2027-03-10'],
  ['before the award', '2024-02-01 JIR', '2027-03-10'],
  ['sent in on the day of expiry', '2026-05-20 JIR 2027-03-10', '2029-05-20'],
  ['sent in after expiry', '2026-05-20 JIR 2027-03-11', '2027-03-10'],
])('a course %s', (_, course, expiresOn) => {
  expect(termsAfter([course])).toContain(`JNCIS-ENT 2024-03-10 ${expiresOn}`)
})

test('a course that whoever holds it told us of is never too late', () => {
  const told = coursesOf('2026-05-20 JIR').map((one) => ({ ...one, submittedOn: null }))

  expect(termsOf(awardsOf(program, passesOf(program, ...ENT), told))).toContain(
    'JNCIS-ENT 2024-03-10 2029-05-20',
  )
})

describe('a course sent in after an expiry that was moved meanwhile', () => {
  const decreed = sampleProgram(({ renewal }) => {
    const window = { expiresFrom: '2027-03-01', expiresUntil: '2027-04-30' }
    Object.assign(renewal, {
      extensions: [{ id: '2027', name: '2027', on: '2027-04-01', months: 6, ...window }],
    })
  })

  test.each([
    ['counts from its last day', '2027-03-05 JIR 2027-05-10', '2030-03-05'],
    ['also on the new last day', '2027-03-05 JIR 2027-09-10', '2030-03-05'],
    ['is too late after that', '2027-03-05 JIR 2027-09-11', '2027-09-10'],
    ['is too late before the decree', '2027-03-05 JIR 2027-03-20', '2027-09-10'],
    [
      'counts for nothing where it ended between expiry and decree',
      '2027-03-15 JIR 2027-05-10',
      '2027-09-10',
    ],
  ])('%s', (_, course, expiresOn) => {
    expect(termsAfter([course], decreed)).toContain(`JNCIS-ENT 2024-03-10 ${expiresOn}`)
  })

  test('goes on from the extension, and takes along what goes with it', () => {
    const awards = awardsOf(decreed, passesOf(decreed, ...ENT), coursesOf('2027-03-05 JIR 2027-05-10'))

    expect(
      awards.map(({ renewals }) => renewals.map(({ rule, expiresOn }) => `${rule} ${expiresOn}`)),
    ).toEqual([
      ['associate-going-up 2027-03-10', '2027 2027-09-10', 'course 2030-03-05'],
      ['2027 2027-09-10', 'course 2030-03-05'],
    ])
  })

  test('is in time by what one of the staff extended, too', () => {
    const passes = passesOf(program, ...ENT)
    const extended = actOn('2024-03-10', {
      kind: 'extend',
      certification: 'JNCIS-ENT',
      on: '2027-04-01',
      toExpiresOn: '2027-09-10',
    })
    const events = { ...eventsOf(passes, coursesOf('2027-03-05 JIR 2027-05-10')), acts: [extended] }

    expect(termsOf(evaluate(program, events, LATER).awards)).toContain('JNCIS-ENT 2024-03-10 2030-03-05')
  })

  test('a reviewer is told that it is late, even if an exam renewed the award later', () => {
    const events = eventsOf(passesOf(program, ...ENT, '2027-01-20 JNCIS-ENT'))

    expect(courseEffect(program, events, coursesOf('2026-05-20 JIR 2030-02-01')[0]!, LATER).why).toBe('late')
  })
})

describe('where the program asks more or less of courses', () => {
  const strict = sampleProgram(({ renewal }) => {
    Object.assign(renewal, {
      course: { id: 'course', name: 'A course', notTwiceInARow: true, submittedBeforeExpiry: false },
    })
  })

  test('not twice in a row, but again after an exam', () => {
    expect(termsAfter(['2026-05-20 JIR', '2028-05-20 AJER'], strict)).toContain(
      'JNCIS-ENT 2024-03-10 2029-05-20',
    )
    const passes = passesOf(strict, ...ENT, '2027-06-01 JNCIS-ENT')
    expect(termsOf(awardsOf(strict, passes, coursesOf('2026-05-20 JIR', '2028-05-20 AJER')))).toContain(
      'JNCIS-ENT 2024-03-10 2031-05-20',
    )
  })

  test('also when it was sent in late', () => {
    expect(termsAfter(['2026-05-20 JIR 2027-04-01'], strict)).toContain('JNCIS-ENT 2024-03-10 2029-05-20')
  })
})

describe('what a course would change, and why it would change nothing', () => {
  const events = eventsOf(passesOf(program, ...ENT))
  const [course] = coursesOf('2026-05-20 JIR')

  test('both awards, with their dates before and after', () => {
    expect(courseEffect(program, events, course!, LATER)).toEqual({
      changed: [
        { certification: 'JNCIA-Junos', before: '2027-03-10', after: '2029-05-20', isEarned: false },
        { certification: 'JNCIS-ENT', before: '2027-03-10', after: '2029-05-20', isEarned: false },
      ],
      countsFor: [],
      why: null,
    })
  })

  test.each([
    ['unknown', '2026-05-20 NOPE'],
    ['not-active', '2027-03-11 JIR'],
    ['late', '2026-05-20 JIR 2027-03-11'],
  ])('%s', (why, line) => {
    expect(courseEffect(program, events, coursesOf(line)[0]!, LATER)).toEqual({
      changed: [],
      countsFor: [],
      why,
    })
  })

  test('no-gain, where an exam renewed it for longer', () => {
    const renewed = eventsOf(passesOf(program, ...ENT, '2026-06-01 JNCIS-ENT'))

    expect(courseEffect(program, renewed, course!, LATER).why).toBe('no-gain')
  })

  test('not-active, where it was revoked by then', () => {
    const revoked = {
      ...events,
      acts: ['JNCIA-Junos', 'JNCIS-ENT'].map((certification, index) => ({
        id: index + 1,
        kind: 'revoke' as const,
        certification,
        passId: null,
        awardedOn: index === 0 ? '2024-01-10' : '2024-03-10',
        on: '2026-05-01',
        toAwardedOn: null,
        toExpiresOn: null,
      })),
    }

    expect(courseEffect(program, revoked, course!, LATER).why).toBe('not-active')
  })

  test('known, where the very same is on record', () => {
    const again = { ...course!, id: 9 }

    expect(courseEffect(program, { ...events, completions: [again] }, { ...course!, id: 0 }, LATER).why).toBe(
      'known',
    )
  })
})

describe('a course that a certification asks for', () => {
  const asking = sampleProgram(({ certifications }) => {
    const sec = certifications.find(({ code }) => code === 'JNCIA-SEC')!
    Object.assign(sec, { requires: { all: [{ course: 'JIR' }] } })
  })
  const [course] = coursesOf('2026-05-20 JIR')

  test('earns it after the exam, and counts for it before', () => {
    const passed = eventsOf(passesOf(asking, '2026-05-01 JNCIA-SEC'))
    expect(courseEffect(asking, passed, course!, LATER)).toEqual({
      changed: [{ certification: 'JNCIA-SEC', before: null, after: '2029-05-20', isEarned: true }],
      countsFor: [],
      why: null,
    })

    const nothing = eventsOf([])
    expect(courseEffect(asking, nothing, course!, LATER)).toEqual({
      changed: [],
      countsFor: ['JNCIA-SEC'],
      why: null,
    })
    const again = { ...nothing, completions: [{ ...course!, id: 9 }] }
    expect(courseEffect(asking, again, { ...course!, id: 0 }, LATER).why).toBe('known')
    const later = { ...nothing, completions: coursesOf('2026-06-20 JIR') }
    expect(courseEffect(asking, later, { ...course!, id: 0 }, LATER).why).toBe('not-active')
  })
})

const anyCourses = fc
  .array(fc.record({ course: fc.constantFrom('JIR', 'AJER'), year: fc.integer({ min: 2017, max: 2026 }) }), {
    maxLength: 4,
  })
  .map((courses) => coursesOf(...courses.map(({ course, year }) => `${year}-02-28 ${course}`)))

test('courses count in whatever order they come, never shorten anything, and take nothing away', () => {
  fc.assert(
    fc.property(anyHistory(program), anyCourses, (passes, completions) => {
      const without = awardsOf(program, passes)
      const awards = awardsOf(program, passes, completions)

      expect(awardsOf(program, passes, completions.toReversed())).toEqual(awards)
      for (const award of awards)
        for (const renewal of award.renewals) expect(renewal.expiresOn > renewal.previousExpiresOn).toBe(true)
      const first = (list: typeof awards, code: string) =>
        list.find(({ certification }) => certification === code)
      for (const { certification, awardedOn } of without)
        expect(first(awards, certification)!.awardedOn <= awardedOn).toBe(true)
    }),
    { seed: 20261126, numRuns: 300 },
  )
})
