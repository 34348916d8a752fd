import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evaluate } from '../../src/certifications/evaluate.ts'
import type { Events } from '../../src/certifications/evaluated-award.ts'
import { foresee } from '../../src/certifications/foresight.ts'
import { type PlannedStep, withSteps } from '../../src/certifications/planned-step.ts'
import { type Keeping, whatKeeps } from '../../src/certifications/what-keeps.ts'
import { addDays, type CalendarDate, latestOf } from '../../src/core/calendar-date.ts'
import { programsOf, type Rules } from '../../src/program/versions.ts'
import { type Doable, isDoable, renewedBy } from './any-plan.ts'
import { anyCase } from './naive/any-case.ts'
import { inWords } from './naive/in-words.ts'

const RUNS = { seed: 20261128, numRuns: 60 }
const LIMIT_MS = 120_000

const anyDay = fc.integer({ min: -1200, max: 300 })
const anyPlace = fc.integer({ min: 0, max: 999 })

/** Some day near the end of what happened. */
function dayOf({ passes, completions }: Events, days: number): CalendarDate {
  const last = [
    ...passes.map(({ passedOn }) => passedOn),
    ...completions.map(({ completedOn }) => completedOn),
  ]
  return addDays(last.sort().at(-1) ?? '2026-11-26', days)
}

function stepsOf(rules: Rules): Doable[] {
  const programs = programsOf(rules)
  return [...new Set(programs.flatMap(({ exams }) => exams.map(({ code }) => code)))]
    .map((exam): Doable => ({ exam }))
    .concat(
      [...new Set(programs.flatMap(({ courses }) => courses.map(({ code }) => code)))].map((course) => ({
        course,
      })),
    )
}

const lastOf = (steps: readonly PlannedStep[]) => latestOf(steps.map(({ on }) => on))

test(
  'what is foreseen is what evaluating everything anew gives, whatever happens later',
  () => {
    fc.assert(
      fc.property(anyCase, anyDay, anyPlace, anyPlace, ({ rules, histories }, days, one, other) => {
        for (const events of histories) {
          const steps = stepsOf(rules)
          const on = dayOf(events, days)
          const planned: PlannedStep[] = [
            { ...steps[one % steps.length]!, on },
            { ...steps[other % steps.length]!, on: addDays(on, other % 90) },
          ]
          const foresight = foresee(rules, events, on)

          expect(foresight.before).toEqual(evaluate(rules, events, on))
          for (const some of [planned, planned.slice(0, 1), planned.toReversed()])
            expect(foresight.after(some)).toEqual(
              evaluate(rules, withSteps(events, some), lastOf(some)).awards,
            )
          expect(foresight.before).toEqual(evaluate(rules, events, on))
        }
      }),
      RUNS,
    )
  },
  LIMIT_MS,
)

test(
  'on every day each step keeps exactly what it is said to keep',
  () => {
    fc.assert(
      fc.property(
        anyCase,
        fc.integer({ min: 0, max: 400 }),
        fc.array(fc.integer({ min: 0, max: 1200 }), { minLength: 6, maxLength: 6 }),
        ({ rules, histories }, days, tried) => {
          for (const events of histories.slice(0, 2)) {
            const today = dayOf(events, days)
            const { awards } = evaluate(rules, events, today)
            const latest = new Map(awards.map((award) => [award.certification, award]))
            const until = addDays(today, 1200)
            const asked = { held: [...latest.keys()], today, until, attempts: [] }
            const keepings = whatKeeps(rules, events, asked)
            const turns = keepings.flatMap(({ from, by }) => [addDays(from, -1), from, by, addDays(by, 1)])

            for (const step of stepsOf(rules))
              for (const on of new Set([...tried.map((day) => addDays(today, day)), ...turns])) {
                if (on < today || on > until) continue
                const kept = isDoable(rules, step, on)
                  ? renewedBy(rules, events, step, on).filter((code) => {
                      const { expiresOn } = latest.get(code)!
                      return expiresOn !== null && (expiresOn < today || on <= expiresOn)
                    })
                  : []
                const told = keepings.filter((one) => isOf(one, step) && one.from <= on && on <= one.by)
                const said = told.flatMap(({ keeps }) => keeps.map(({ certification }) => certification))

                if (said.toSorted().join(' ') !== kept.toSorted().join(' '))
                  throw new Error(
                    [
                      `on ${on}, today ${today}: ${JSON.stringify(step)} keeps ${kept}, said ${said}`,
                      JSON.stringify(
                        keepings.filter((one) => isOf(one, step)),
                        null,
                        1,
                      ),
                      ...inWords(rules, events),
                    ].join('\n'),
                  )
              }
          }
        },
      ),
      RUNS,
    )
  },
  LIMIT_MS,
)

function isOf(keeping: Keeping, step: Doable): boolean {
  return 'exam' in step
    ? 'exam' in keeping && keeping.exam === step.exam
    : 'course' in keeping && keeping.course === step.course
}
