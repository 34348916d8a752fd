import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Pass, WaitingSet } from '../../src/certifications/evaluated-award.ts'
import { type HeldAward, renewalOptions } from '../../src/certifications/renewal-options.ts'
import { standingOn } from '../../src/certifications/standing.ts'
import { addDays, addMonths } from '../../src/core/calendar-date.ts'
import { findExam, seriesCodesOn } from '../../src/program/catalogue.ts'
import { sampleProgram } from '../program/sample-program.ts'
import { anyHistory, LAST_DAY } from './any-history.ts'
import { evaluationOf, passesOf } from './histories.ts'

const program = sampleProgram()
const today = '2026-11-23'

const active = (certification: string, expiresOn: string | null = '2027-06-01'): HeldAward => ({
  certification,
  expiresOn,
  standing: 'active',
})
const exams = (held: HeldAward[], certification: string) =>
  renewalOptions(program, held, certification, today).map(({ exam }) => exam)

describe('the ways to renew', () => {
  test('an Associate: any Associate exam, and the Specialist exams of its tracks', () => {
    expect(exams([active('JNCIA-Junos')], 'JNCIA-Junos')).toEqual([
      'JNCIA-Junos',
      'JNCIA-SEC',
      'JNCIA-DC',
      'JNCIA-DevOps',
      'JNCIA-Cloud',
      'JNCIA-MistAI',
      'JNCIA-Design',
      'JNCIS-ENT',
      'JNCIS-SP',
    ])
  })

  test('each with the codes to book it by today, the rule, and what else it does', () => {
    const held = [active('JNCIA-SEC'), active('JNCIA-Junos'), active('JNCIS-ENT')]

    expect(renewalOptions(program, held, 'JNCIS-ENT', today)).toEqual([
      {
        exam: 'JNCIS-ENT',
        seriesCodes: ['JN0-352'],
        rule: 'specialist-same-level',
        cascade: null,
        cascadeFrom: null,
        alsoRenews: ['JNCIA-SEC', 'JNCIA-Junos'],
        earns: [],
      },
      {
        exam: 'JNCIP-ENT',
        seriesCodes: ['JN0-650'],
        rule: 'specialist-going-up',
        cascade: null,
        cascadeFrom: null,
        alsoRenews: ['JNCIA-SEC', 'JNCIA-Junos'],
        earns: ['JNCIP-ENT'],
      },
      {
        exam: 'JNCIP-DC',
        seriesCodes: ['JN0-683'],
        rule: 'jncis-ent-by-jncip-dc',
        cascade: null,
        cascadeFrom: null,
        alsoRenews: ['JNCIA-SEC', 'JNCIA-Junos'],
        earns: ['JNCIP-DC'],
      },
    ])
  })

  test('by way of another award that the pass renews', () => {
    const held = [active('JNCIA-Cloud'), active('JNCIS-ENT')]
    const option = renewalOptions(program, held, 'JNCIA-Cloud', today).find(
      ({ exam }) => exam === 'JNCIP-ENT',
    )

    expect(option).toMatchObject({
      rule: 'specialist-going-up',
      cascade: 'every-associate',
      cascadeFrom: 'JNCIS-ENT',
      alsoRenews: ['JNCIS-ENT'],
    })
  })

  test('an award that expires today can still be renewed, one without an end need not be', () => {
    const held = [active('JNCIA-Cloud', today), active('JNCIA-SEC', null), active('JNCIA-DC')]

    expect(renewalOptions(program, held, 'JNCIA-Cloud', today)[0]).toMatchObject({ alsoRenews: ['JNCIA-DC'] })
  })

  test('JNCIP-DC renews JNCIS-ENT only by being earned', () => {
    expect(exams([active('JNCIS-ENT')], 'JNCIS-ENT')).toContain('JNCIP-DC')
    expect(exams([active('JNCIS-ENT'), active('JNCIP-DC')], 'JNCIS-ENT')).not.toContain('JNCIP-DC')
  })

  test('an award that a waiting pass would complete counts as earned', () => {
    const demanding = sampleProgram(({ renewal }) => {
      Object.assign(renewal.rules[4]!, {
        renews: { certification: 'JNCIA-Cloud' },
        by: { earning: { certification: 'JNCIS-SEC' } },
      })
    })
    const option = (waiting: WaitingSet[]) =>
      renewalOptions(demanding, [active('JNCIA-Cloud')], 'JNCIA-Cloud', today, waiting).find(
        ({ exam }) => exam === 'JNCIA-SEC',
      )

    const [pass] = passesOf(program, '2026-01-05 JNCIS-SEC') as [Pass]

    expect(option([])?.earns).toEqual(['JNCIA-SEC'])
    expect(option([{ certification: 'JNCIS-SEC', credits: [{ pass }] }])?.earns).toEqual([
      'JNCIA-SEC',
      'JNCIS-SEC',
    ])
  })
})

describe('no way', () => {
  test('to renew what is not held, not active or never expires', () => {
    const held: HeldAward[] = [
      active('JNCIA-SEC', '2026-11-22'),
      active('JNCIA-DC', null),
      { ...active('JNCIA-Cloud'), standing: 'suspended' },
      { ...active('JNCIA-Design'), standing: 'expired' },
    ]

    expect(exams(held, 'JNCIA-Junos')).toEqual([])
    expect(exams(held, 'JNCIA-SEC')).toEqual([])
    expect(exams(held, 'JNCIA-DC')).toEqual([])
    expect(exams(held, 'JNCIA-Cloud')).toEqual([])
    expect(exams(held, 'JNCIA-Design')).toEqual([])
  })

  test('by an exam that cannot be booked today', () => {
    const retired = sampleProgram((draft) => {
      Object.assign(draft.exams[6]!.codes[0]!, { until: '2026-11-22' })
    })
    const options = renewalOptions(retired, [active('JNCIA-Junos')], 'JNCIA-Junos', today)

    expect(options.map(({ exam }) => exam)).not.toContain('JNCIA-Design')
  })
})

test('what is offered is exactly what evaluation then does', () => {
  const later = fc.integer({ min: 1, max: 900 }).map((days) => addDays(LAST_DAY, days))
  const exam = fc.constantFrom(...program.exams.map(({ code }) => code))

  fc.assert(
    fc.property(anyHistory(program), later, exam, (passes, on, examCode) => {
      const { awards, waiting } = evaluationOf(program, passes)
      const held = awards.map((award) => ({ ...award, standing: standingOn(on, award) }))
      const pass = { exam: examCode, passedOn: on, resultId: 9999, seriesCode: 'any' }
      const after = evaluationOf(program, [...passes, pass]).awards
      const isOffered = seriesCodesOn(findExam(program, examCode)!, on).length > 0

      for (const award of held.filter(({ standing }) => standing === 'active')) {
        const option = renewalOptions(program, held, award.certification, on, waiting).find(
          (one) => one.exam === examCode,
        )
        const renewal = after
          .find((one) => one.certification === award.certification && one.awardedOn === award.awardedOn)
          ?.renewals.find(({ renewedOn }) => renewedOn === on)

        expect(renewal !== undefined).toBe(
          isOffered && option !== undefined && addMonths(on, program.renewal.months) > award.expiresOn!,
        )
        if (renewal) {
          expect(renewal).toMatchObject({
            rule: option?.rule,
            cascade: option?.cascade,
            cascadeFrom: option?.cascadeFrom,
          })
        }
      }
    }),
    { seed: 20261123, numRuns: 400 },
  )
})
