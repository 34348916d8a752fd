import { expect, test } from 'vitest'
import { certificationStatus } from '../../src/certifications/certification-status.ts'
import { quickestRenewal, waysToKeep } from '../../src/certifications/quickest-renewal.ts'
import type { AwardRow } from '../../src/certifications/status-queries.ts'
import { draftOfCertification, sampleProgram } from '../program/sample-program.ts'
import { eventsOf, passesOf } from './histories.ts'

const program = sampleProgram()
const today = '2026-11-23'

function award(certification: string, expiresOn: string | null, given: Partial<AwardRow> = {}): AwardRow {
  return {
    id: 1,
    certification,
    awardedOn: '2024-01-10',
    expiresOn,
    number: `${certification}-1`,
    suspendedOn: null,
    revokedOn: null,
    emeritusOn: null,
    acts: '[]',
    reason: '{}',
    renewals: '[]',
    ...given,
  }
}

function statusOf(...awards: AwardRow[]) {
  return certificationStatus(program, { rules: program, awards, events: eventsOf([]) }, today).awards
}

test('active awards come first, what expires soonest on top, then what ended last', () => {
  const shown = statusOf(
    award('JNCIA-Cloud', '2024-06-02'),
    award('JNCIA-DC', '2026-11-22'),
    award('JNCIA-Junos', '2028-03-18'),
    award('JNCIA-SEC', '2027-02-15'),
    award('JNCIA-Design', null),
    award('JNCIA-DevOps', '2029-01-01', { revokedOn: '2026-01-01' }),
  )

  expect(shown.map(({ certification, standing }) => `${certification} ${standing}`)).toEqual([
    'JNCIA-SEC expiring',
    'JNCIA-Junos active',
    'JNCIA-Design active',
    'JNCIA-DevOps revoked',
    'JNCIA-DC expired',
    'JNCIA-Cloud expired',
  ])
})

test('only an active award that expires has ways to keep it', () => {
  const shown = statusOf(
    award('JNCIA-SEC', '2027-02-15'),
    award('JNCIA-DC', '2026-11-22'),
    award('JNCIA-Design', null),
    award('JNCIA-DevOps', '2029-01-01', { suspendedOn: '2026-01-01' }),
  )

  const withOptions = shown.filter(({ options }) => options.length > 0)
  expect(withOptions.map(({ certification }) => certification)).toEqual(['JNCIA-SEC'])
})

test('the quickest renewal keeps most of what expires, by the first of their dates', () => {
  const expiring = statusOf(
    award('JNCIS-SEC', '2027-02-15'),
    award('JNCIA-SEC', '2027-01-15'),
    award('JNCIA-Junos', '2028-01-15'),
  ).filter(({ standing }) => standing === 'expiring')

  expect(quickestRenewal(expiring)).toEqual({
    exam: 'JNCIS-SEC',
    seriesCodes: ['JN0-336'],
    by: '2027-01-15',
    renews: expect.arrayContaining(['JNCIA-SEC', 'JNCIS-SEC', 'JNCIA-Junos']),
  })
})

test('there is no quickest renewal where nothing can be renewed', () => {
  expect(quickestRenewal([])).toBeNull()
})

test('ways to keep an award stand by their right, its own rules before those it hangs on', () => {
  const [associate] = statusOf(award('JNCIA-SEC', '2027-02-15'), award('JNCIS-SEC', '2028-02-15'))

  const ways = waysToKeep(associate!.options)

  expect(ways.map(({ rule, cascadeFrom }) => cascadeFrom ?? rule)).toEqual([
    'associate-same-level',
    'associate-going-up',
    'JNCIS-SEC',
  ])
  expect(ways.flatMap(({ options }) => options)).toHaveLength(associate!.options.length)
})

test('a pass that waits names what it needs', () => {
  const passes = passesOf(program, '2026-10-01 JNCIS-SEC')

  const { waiting } = certificationStatus(
    program,
    { rules: program, awards: [], events: eventsOf(passes) },
    today,
  )

  expect(waiting).toEqual([
    {
      certification: 'JNCIS-SEC',
      name: expect.stringContaining('JNCIS-SEC'),
      done: [{ pass: passes[0] }],
      missing: [{ certification: 'JNCIA-SEC' }],
    },
  ])
})

test('a pass that has waited for longer than its award would have lasted waits for nothing', () => {
  const datedByExam = sampleProgram((draft) => {
    draft.settings.awardedOn = 'exam'
  })
  const passes = passesOf(datedByExam, '2020-03-01 JNCIS-SEC', '2026-03-01 JNCIA-SEC', '2025-03-01 JNCIS-DC')
  const record = { rules: datedByExam, awards: [award('JNCIA-SEC', '2029-03-01')], events: eventsOf(passes) }

  const { awards, waiting } = certificationStatus(datedByExam, record, today)

  expect(waiting.map(({ certification }) => certification)).toEqual(['JNCIS-DC'])
  // Passing the Professional exam would not earn the Specialist with it.
  expect(awards[0]!.options.find(({ exam }) => exam === 'JNCIP-SEC')?.earns ?? []).toEqual([])
})

test('what may have been held at any time is not missing once it has expired', () => {
  const lenient = sampleProgram((draft) => {
    const specialist = draftOfCertification(draft, 'JNCIS-SEC')
    specialist.prerequisites = []
    Object.assign(specialist, {
      requires: { all: [{ certification: 'JNCIA-SEC', held: 'ever' }, { certification: 'JNCIA-DC' }] },
    })
  })
  const passes = passesOf(lenient, '2020-03-01 JNCIA-SEC', '2026-10-01 JNCIS-SEC')
  const missingWith = (given: Partial<AwardRow>) =>
    certificationStatus(
      lenient,
      { rules: lenient, awards: [award('JNCIA-SEC', '2023-03-01', given)], events: eventsOf(passes) },
      today,
    ).waiting[0]!.missing

  expect(missingWith({})).toEqual([{ certification: 'JNCIA-DC' }])
  expect(missingWith({ revokedOn: '2022-01-01' })).toHaveLength(2)
})

test('an award that is over knows of a later one that is active', () => {
  const shown = statusOf(
    award('JNCIA-SEC', '2023-02-15'),
    award('JNCIA-SEC', '2028-02-15', { id: 2, awardedOn: '2025-02-15' }),
    award('JNCIA-DC', '2023-02-15'),
  )

  expect(shown.map(({ standing, regained }) => `${standing} ${regained}`)).toEqual([
    'active false',
    'expired false',
    'expired true',
  ])
})

test('a certification that the program no longer lists is still shown', () => {
  const [old] = statusOf(award('JNCIA-Antique', '2028-01-01'))

  expect(old).toMatchObject({ name: 'JNCIA-Antique', levelName: null, standing: 'active', options: [] })
})
