import { describe, expect, test } from 'vitest'
import type { Completion } from '../../src/certifications/evaluated-award.ts'
import type { Attempt } from '../../src/certifications/retakes.ts'
import { optionsFor } from '../../src/certifications/ways-to-keep.ts'
import { whatKeeps } from '../../src/certifications/what-keeps.ts'
import type { Rules } from '../../src/program/versions.ts'
import { sampleProgram } from '../program/sample-program.ts'
import { awardsOf, eventsOf, passesOf } from './histories.ts'

const program = sampleProgram()
const today = '2026-11-23'

type Asked = { rules?: Rules; completions?: Completion[]; attempts?: Attempt[] }

function optionsOf(
  lines: string[],
  certification: string,
  { rules = program, completions = [], attempts = [] }: Asked = {},
) {
  const passes = passesOf(program, ...lines)
  const held = awardsOf(rules, passes, completions).map((award) => award.certification)
  const keepings = whatKeeps(rules, eventsOf(passes, completions), {
    held,
    today,
    until: '2030-01-01',
    attempts,
  })
  return optionsFor(keepings, certification)
}
const namesOf = (...asked: Parameters<typeof optionsOf>) =>
  optionsOf(...asked).map((option) => ('exam' in option ? option.exam : option.course))

describe('what keeps an award', () => {
  test('an Associate: any Associate exam, and the Specialist exams of its tracks', () => {
    expect(namesOf(['2024-06-01 JNCIA-Junos'], 'JNCIA-Junos')).toEqual([
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

  test('each with the codes to book it by, the rule, and its days', () => {
    const days = { from: today, by: '2027-06-01' }
    const options = optionsOf(['2024-05-01 JNCIA-Junos', '2024-06-01 JNCIS-ENT'], 'JNCIS-ENT')

    expect(options.slice(0, 3)).toMatchObject([
      { exam: 'JNCIS-ENT', seriesCodes: ['JN0-352'], rule: 'specialist-same-level', cascade: null, ...days },
      { exam: 'JNCIP-ENT', seriesCodes: ['JN0-650'], rule: 'specialist-going-up', cascade: null, ...days },
      { exam: 'JNCIP-DC', seriesCodes: ['JN0-683'], rule: 'jncis-ent-by-jncip-dc', cascade: null, ...days },
    ])
    expect(options.slice(3)).toMatchObject([{ course: 'JIR' }, { course: 'AJER' }])
  })

  test('by way of another award that the pass renews', () => {
    const lines = ['2024-05-01 JNCIA-Junos', '2024-06-01 JNCIS-ENT', '2024-07-01 JNCIA-Cloud']
    const option = optionsOf(lines, 'JNCIA-Cloud').find((one) => 'exam' in one && one.exam === 'JNCIP-ENT')

    expect(option).toMatchObject({
      rule: 'specialist-going-up',
      cascade: 'every-associate',
      cascadeFrom: 'JNCIS-ENT',
      by: '2027-06-01',
    })
  })

  test('what the catalogue does not have any more is kept as the rules keep it', () => {
    const without = sampleProgram((draft) => {
      draft.certifications = draft.certifications.filter(({ code }) => code !== 'JNCIA-Design')
    })
    const rules = [
      { effectiveOn: null, program },
      { effectiveOn: '2026-01-01', program: without },
    ]

    expect(namesOf(['2024-06-01 JNCIA-Design'], 'JNCIA-Design', { rules })).toContain('JNCIA-Junos')
  })
})

describe('nothing keeps it', () => {
  test('by a course, where courses count not twice in a row and the last renewal was one', () => {
    const rules = sampleProgram(({ renewal }) =>
      Object.assign(renewal, {
        course: { id: 'course', name: 'A course', notTwiceInARow: true, submittedBeforeExpiry: true },
      }),
    )
    const lines = ['2024-05-01 JNCIA-Junos', '2024-06-01 JNCIS-ENT']
    const completion = { id: 1, course: 'JIR', completedOn: '2025-06-01', submittedOn: '2025-06-01' }

    expect(namesOf(lines, 'JNCIS-ENT', { rules })).toContain('JIR')
    expect(namesOf(lines, 'JNCIS-ENT', { rules, completions: [completion] })).not.toContain('JIR')
  })

  test('by an exam whose wait ends after it', () => {
    const attempts = ['2026-11-01', '2026-11-22'].map((satOn) => ({
      exam: 'JNCIA-Junos',
      satOn,
      isPass: false,
    }))

    expect(namesOf(['2023-12-05 JNCIA-Junos'], 'JNCIA-Junos', { attempts })).not.toContain('JNCIA-Junos')
    expect(optionsOf(['2023-12-15 JNCIA-Junos'], 'JNCIA-Junos', { attempts })).toContainEqual(
      expect.objectContaining({ exam: 'JNCIA-Junos', from: '2026-12-07', by: '2026-12-15' }),
    )
  })

  test('by an exam that cannot be booked', () => {
    const rules = sampleProgram((draft) => {
      Object.assign(draft.exams[6]!.codes[0]!, { until: '2026-11-22' })
    })

    expect(namesOf(['2024-06-01 JNCIA-Junos'], 'JNCIA-Junos', { rules })).not.toContain('JNCIA-Design')
  })
})
