import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EvaluatedAward, Pass } from '../../src/certifications/evaluated-award.ts'
import { addMonths, type CalendarDate } from '../../src/core/calendar-date.ts'
import { findCertification } from '../../src/program/catalogue.ts'
import type { Certification, Program } from '../../src/program/program.ts'
import { demandsOf, examsOf } from '../../src/program/requirement.ts'
import { sampleProgram } from '../program/sample-program.ts'
import { anyHistory } from './any-history.ts'
import { awardsOf, passesOf, termsOf } from './histories.ts'

const program = sampleProgram()
const datedByExam = sampleProgram(({ settings }) => {
  settings.awardedOn = 'exam'
})
const RUNS = { seed: 20261123, numRuns: 500 }

describe.each([
  ['dated by completion', program],
  ['dated by the exam', datedByExam],
])('%s', (_, program) => {
  test('the order in which passes arrive does not matter', () => {
    const shuffled = anyHistory(program).chain((passes) =>
      fc.tuple(fc.constant(passes), fc.shuffledSubarray(passes, { minLength: passes.length })),
    )

    fc.assert(
      fc.property(shuffled, ([passes, others]) => {
        expect(awardsOf(program, others)).toEqual(awardsOf(program, passes))
      }),
      RUNS,
    )
  })

  test('every expiry is the term of the award or of its latest renewal, and none shortens', () => {
    fc.assert(
      fc.property(anyHistory(program), (passes) => {
        for (const award of awardsOf(program, passes)) {
          const { validityMonths } = findCertification(program, award.certification)!
          let expiresOn = addMonths(award.awardedOn, validityMonths!)
          for (const renewal of award.renewals) {
            expect(renewal.previousExpiresOn).toBe(expiresOn)
            expect(renewal.expiresOn).toBe(addMonths(renewal.renewedOn, program.renewal.months))
            expect(renewal.expiresOn > expiresOn && renewal.renewedOn <= expiresOn).toBe(true)
            expiresOn = renewal.expiresOn
          }
          expect(award.expiresOn).toBe(expiresOn)
        }
      }),
      RUNS,
    )
  })

  test('an expired prerequisite does not count: those named were active when the set was complete', () => {
    fc.assert(
      fc.property(anyHistory(program), (passes) => {
        for (const { certification, reason } of awardsOf(program, passes)) {
          const { completedOn } = reason
          const active = activeOn(program, passes, completedOn)
          const groups = prerequisitesOf(findCertification(program, certification)!)

          expect(reason.prerequisites).toHaveLength(groups.length)
          reason.prerequisites.forEach((prerequisite, index) => {
            expect(groups[index]).toContain(prerequisite.certification)
            expect(active).toContain(prerequisite.certification)
          })
        }
      }),
      RUNS,
    )
  })

  test('holdings of one certification follow one another, each earned by a pass of its own', () => {
    fc.assert(
      fc.property(anyHistory(program), (passes) => {
        const awards = awardsOf(program, passes)
        for (const { code, requires } of program.certifications) {
          const [exam] = examsOf(requires)
          const holdings = awards.filter(({ certification }) => certification === code)
          holdings.slice(1).forEach((holding, index) => {
            expect(holding.awardedOn > holdings[index]!.expiresOn!).toBe(true)
            expect(holding.reason.pass!.passedOn > holdings[index]!.expiresOn!).toBe(true)
          })
          expect(holdings.every(({ reason }) => reason.pass?.exam === exam)).toBe(true)
        }
      }),
      RUNS,
    )
  })

  test('a further pass, no earlier than the others, takes nothing away and shortens nothing', () => {
    fc.assert(
      fc.property(anyHistory(program), (passes) => {
        const inTime = passes.toSorted((a, b) => (a.passedOn < b.passedOn ? -1 : 1))
        const before = awardsOf(program, inTime.slice(0, -1))
        const after = awardsOf(program, inTime)

        for (const award of before) expect(after.some((later) => keeps(award, later))).toBe(true)
      }),
      RUNS,
    )
  })
})

/**
 * A pass that turns up late and belongs before others may move an award: dated by completion it can complete
 * a set sooner, which then ends sooner too. So "never loses" holds for passes in time (above), and for late
 * ones as well where nothing hangs on when a set was complete: awards dated by the exam, every exam renewing
 * its own certification, and no renewal by earning one.
 */
describe('a pass that turns up late', () => {
  const indifferent = sampleProgram(({ settings, renewal }) => {
    settings.awardedOn = 'exam'
    const rules = renewal.rules.filter(({ by }) => !('earning' in by))
    renewal.rules = [
      ...rules,
      {
        ...rules[2]!,
        id: 'expert-same-level',
        renews: { level: 'JNCIE' },
        by: { passing: { level: 'JNCIE', sameTrack: true } },
      },
    ] as typeof renewal.rules
  })

  test('keeps active whatever was active on any day, where nothing hangs on when a set was complete', () => {
    fc.assert(
      fc.property(anyHistory(indifferent), fc.nat(), (passes, seed) => {
        const fewer = passes.filter((_, index) => index !== seed % Math.max(passes.length, 1))
        for (const { passedOn } of passes) {
          for (const on of [passedOn, addMonths(passedOn, 35), addMonths(passedOn, 36)]) {
            const more = activeOn(indifferent, passes, on)
            expect(activeOn(indifferent, fewer, on).filter((code) => !more.includes(code))).toEqual([])
          }
        }
      }),
      RUNS,
    )
  })

  test('may date an award earlier, and so end it earlier, where completion dates it', () => {
    const known = passesOf(program, '2020-01-06 JNCIS-SEC', '2023-01-09 JNCIA-SEC')
    const late = { ...known[1]!, passedOn: '2020-02-03', resultId: 3 }

    expect(termsOf(awardsOf(program, known))).toContain('JNCIS-SEC 2023-01-09 2026-01-09')
    expect(termsOf(awardsOf(program, [...known, late]))).toContain('JNCIS-SEC 2020-02-03 2023-02-03')
  })
})

/** The groups of alternatives that a certification of the sample asks for. */
function prerequisitesOf({ requires }: Certification): (string | undefined)[][] {
  const groups = (requires.all ?? [requires]).map(demandsOf)
  return groups
    .filter(([first]) => first?.certification)
    .map((group) => group.map((one) => one.certification))
}

/** What is active on a day by what had been passed until then. */
function activeOn(program: Program, passes: readonly Pass[], on: CalendarDate): string[] {
  const known = passes.filter(({ passedOn }) => passedOn <= on)
  return awardsOf(program, known)
    .filter(({ expiresOn }) => expiresOn === null || expiresOn >= on)
    .map(({ certification }) => certification)
}

function keeps(award: EvaluatedAward, later: EvaluatedAward): boolean {
  return (
    later.certification === award.certification &&
    later.awardedOn === award.awardedOn &&
    later.expiresOn! >= award.expiresOn!
  )
}
