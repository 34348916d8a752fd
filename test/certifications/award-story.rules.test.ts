import { expect, test } from 'vitest'
import { type AwardHistory, awardHistory } from '../../src/certifications/award-history.ts'
import { awardStory } from '../../src/certifications/award-story.ts'
import { evaluate } from '../../src/certifications/evaluate.ts'
import type { Events } from '../../src/certifications/evaluated-award.ts'
import { translator } from '../../src/i18n/messages.ts'
import type { ProgramVersion, Rules } from '../../src/program/versions.ts'
import { draftOfCertification, sampleProgram } from '../program/sample-program.ts'
import { eventsOf, passesOf } from './histories.ts'

const t = translator('en')
const program = sampleProgram()
const today = '2026-11-26'

/** What is told of the first award of a certification that the rules give. */
function storyOf(rules: Rules, events: Events, code: string, acts: AwardHistory['acts'] = []): string[] {
  const award = evaluate(rules, events, today).awards.find(({ certification }) => certification === code)!
  const renewals = award.renewals.map(({ renewedOn, rule, previousExpiresOn, expiresOn, ...reason }) => ({
    renewedOn,
    rule,
    previousExpiresOn,
    expiresOn,
    reason,
  }))
  const history = awardHistory({
    reason: JSON.stringify(award.reason),
    renewals: JSON.stringify(renewals),
    acts: JSON.stringify(acts),
  })
  return awardStory(t, rules, { ...award, history }, today)
}

test('how long an award lasts, and what things were called, is told by the rules of its day', () => {
  const before = sampleProgram((draft) => {
    draftOfCertification(draft, 'JNCIA-Junos').validityMonths = 24
    draft.exams.find(({ code }) => code === 'JNCIA-Junos')!.title = 'Junos of old'
    draft.renewal.rules.find(({ id }) => id === 'associate-same-level')!.name = 'The rule of old'
  })
  const versions: ProgramVersion[] = [
    { effectiveOn: null, program: before },
    { effectiveOn: '2026-03-01', program },
  ]
  const events = eventsOf(
    passesOf(program, '2025-03-01 JNCIA-Junos', '2026-02-01 JNCIA-SEC', '2026-09-01 JNCIA-DC'),
  )

  const [earned, first, second] = storyOf(versions, events, 'JNCIA-Junos')

  expect(earned).toMatch(
    /^Awarded for passing \S+ Junos of old on 1 March 2025\. It lasts 2 years from the day of its award/,
  )
  expect(first).toContain('By the rule “The rule of old”.')
  expect(second).toContain('By the rule “Any Associate exam”.')
})

test('an extension that a later version of the program does not list keeps its name', () => {
  const extended = sampleProgram((draft) => {
    Object.assign(draft.renewal, {
      extensions: [
        {
          id: 'spring-2026',
          name: 'Closed test centers',
          on: '2026-04-01',
          expiresFrom: '2026-01-01',
          expiresUntil: '2028-12-31',
          months: 6,
        },
      ],
    })
  })
  const versions = [
    { effectiveOn: null, program: extended },
    { effectiveOn: '2026-06-01', program },
  ]

  const story = storyOf(versions, eventsOf(passesOf(program, '2025-03-01 JNCIA-Junos')), 'JNCIA-Junos')

  expect(story[1]).toContain('by the program, Closed test centers')
})

test('what was held at some time is not said to have been held on the day', () => {
  const lenient = sampleProgram((draft) => {
    const specialist = draftOfCertification(draft, 'JNCIS-SEC')
    specialist.prerequisites = [['JNCIA-DC']]
    Object.assign(specialist, { requires: { certification: 'JNCIA-SEC', held: 'ever' } })
  })
  const passes = passesOf(lenient, '2020-03-01 JNCIA-SEC', '2026-10-01 JNCIA-DC', '2026-10-02 JNCIS-SEC')

  const [earned] = storyOf(lenient, eventsOf(passes), 'JNCIS-SEC')

  expect(earned).toContain(
    'It needs JNCIA-DC, which you held that day. It needs JNCIA-SEC (awarded on 1 March 2020), held at any time.',
  )
})

test('renewals and what the staff did are told in the order of their days', () => {
  const events = eventsOf(
    passesOf(program, '2025-03-01 JNCIA-Junos', '2026-02-01 JNCIA-SEC', '2026-09-01 JNCIA-DC'),
  )
  const act = { toAwardedOn: null, toExpiresOn: null, reason: 'Looked into' }

  const story = storyOf(program, events, 'JNCIA-Junos', [
    { ...act, kind: 'suspend', on: '2026-04-01' },
    { ...act, kind: 'reinstate', on: '2026-09-01' },
  ])

  expect(story.map((text) => text.split(/ by | for /)[0])).toEqual([
    'Awarded',
    'Renewed',
    'Suspended',
    'Reinstated',
    'Renewed',
  ])
})

test('since when an award is emeritus, and by which rule, is told in its place', () => {
  const later = sampleProgram((draft) => {
    draft.emeritus.afterMonths = 12
  })
  const versions = [
    { effectiveOn: null, program },
    { effectiveOn: '2025-01-01', program: later },
  ]
  const passes = passesOf(
    program,
    '2012-01-01 JNCIA-Junos',
    '2012-01-02 JNCIS-ENT',
    '2012-01-03 JNCIP-ENT',
    '2012-01-04 JNCIE-ENT',
  )

  expect(storyOf(program, eventsOf(passes), 'JNCIE-ENT').at(-1)).toBe(
    'Emeritus since 4 January 2021, for good. By the rules of that day, a certification of the level Expert becomes so 9 years after its award.',
  )
  const young = passesOf(
    program,
    '2020-01-01 JNCIA-Junos',
    '2020-01-02 JNCIS-ENT',
    '2020-01-03 JNCIP-ENT',
    '2020-01-04 JNCIE-ENT',
  )
  expect(storyOf(versions, eventsOf(young), 'JNCIE-ENT').at(-1)).toContain(
    'becomes so 1 year after its award',
  )
  expect(storyOf(program, eventsOf(young), 'JNCIE-ENT').join()).not.toContain('Emeritus')
})
