import { expect, test } from 'vitest'
import { certificationStatus } from '../../src/certifications/certification-status.ts'
import type { Pass } from '../../src/certifications/evaluated-award.ts'
import { keepingsFor } from '../../src/certifications/kept-awards.ts'
import { quickestRenewal } from '../../src/certifications/quickest-renewal.ts'
import type { AwardRow } from '../../src/certifications/status-queries.ts'
import { optionsFor, waysToKeep } from '../../src/certifications/ways-to-keep.ts'
import { draftOfCertification, sampleProgram } from '../program/sample-program.ts'
import { awardsOf, eventsOf, passesOf } from './histories.ts'

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

const recordOf = (awards: AwardRow[], passes: Pass[] = []) => ({
  rules: program,
  awards,
  events: eventsOf(passes),
  attempts: [],
})

/** What is held by these passes, and what keeps it. */
function heldBy(...lines: string[]) {
  const passes = passesOf(program, ...lines)
  const rows = awardsOf(program, passes).map(({ certification, awardedOn, expiresOn }) =>
    award(certification, expiresOn, { awardedOn }),
  )
  const record = recordOf(rows, passes)
  const { awards } = certificationStatus(program, record, today)
  return { awards, keepings: keepingsFor(record, awards, today) }
}

function statusOf(...awards: AwardRow[]) {
  return certificationStatus(program, recordOf(awards), today).awards
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
  const { awards, keepings } = heldBy('2024-02-15 JNCIA-SEC')
  const suspended = awards.map((one) => ({ ...one, standing: 'suspended' as const }))
  const endless = awards.map((one) => ({ ...one, expiresOn: null }))

  expect(keepings.length).toBeGreaterThan(0)
  for (const none of [suspended, endless])
    expect(keepingsFor(recordOf([], passesOf(program, '2024-02-15 JNCIA-SEC')), none, today)).toEqual([])
})

test('the quickest renewal keeps most of what expires, until the first of their dates', () => {
  const { keepings } = heldBy('2023-12-26 JNCIA-SEC', '2024-02-15 JNCIS-SEC', '2025-02-15 JNCIA-Junos')

  expect(quickestRenewal(keepings, ['JNCIS-SEC'])).toEqual({
    exam: 'JNCIS-SEC',
    seriesCodes: ['JN0-336'],
    from: today,
    by: '2027-02-15',
    renews: expect.arrayContaining(['JNCIA-SEC', 'JNCIS-SEC', 'JNCIA-Junos']),
  })
})

test('there is no quickest renewal where nothing can be renewed', () => {
  expect(quickestRenewal([], ['JNCIA-SEC'])).toBeNull()
})

test('what one exam keeps is promised until the first of it ends, whether or not that is told of', () => {
  const { keepings } = heldBy('2023-05-01 JNCIA-Junos', '2023-12-16 JNCIS-ENT', '2023-12-26 JNCIA-Cloud')

  expect(quickestRenewal(keepings, ['JNCIA-Junos'])).toMatchObject({ exam: 'JNCIS-ENT', by: '2026-12-16' })
  const days = optionsFor(keepings, 'JNCIA-Junos').map((option) =>
    'exam' in option ? `${option.exam} ${option.by}` : '',
  )
  // JNCIP-ENT keeps it by way of JNCIS-ENT, and that ends ten days earlier.
  expect(days).toContain('JNCIP-ENT 2026-12-16')
  expect(days).toContain('JNCIA-SEC 2026-12-26')
})

test('ways to keep an award stand by their right, its own rules before those it hangs on', () => {
  const { keepings } = heldBy('2024-02-15 JNCIA-SEC', '2025-02-15 JNCIS-SEC')
  const options = optionsFor(keepings, 'JNCIA-SEC')

  const ways = waysToKeep(options)

  expect(ways.map(({ rule, cascadeFrom }) => cascadeFrom ?? rule)).toEqual([
    'associate-same-level',
    'associate-going-up',
    'JNCIS-SEC',
  ])
  expect(ways.flatMap((way) => way.options)).toHaveLength(options.length)
})

test('an award in grace can be kept until that ends, and not once it is held again', () => {
  const graced = sampleProgram(({ renewal }) => Object.assign(renewal, { graceDays: 60 }))
  const status = (...rows: AwardRow[]) =>
    certificationStatus(graced, { ...recordOf(rows), rules: graced }, today).awards
  const graces = (...rows: AwardRow[]) => status(...rows).map(({ graceUntil }) => graceUntil)

  expect(graces(award('JNCIA-DC', '2026-11-22'))).toEqual(['2027-01-21'])
  expect(graces(award('JNCIA-DC', '2026-09-23'))).toEqual([null])
  expect(graces(award('JNCIA-DC', '2026-11-22'), award('JNCIA-DC', '2029-11-23', { id: 2 }))).toEqual([
    null,
    null,
  ])
  expect(graces(award('JNCIA-DC', '2026-11-22', { revokedOn: '2026-01-01' }))).toEqual([null])
})

test('a certification that was taken out is named as the last version that had it does', () => {
  const without = sampleProgram((draft) => {
    draft.certifications = draft.certifications.filter(({ code }) => code !== 'JNCIA-Design')
  })
  const rules = [
    { effectiveOn: null, program },
    { effectiveOn: '2026-01-01', program: without },
  ]
  const record = { ...recordOf([award('JNCIA-Design', '2027-02-15')]), rules }

  expect(certificationStatus(without, record, today).awards[0]).toMatchObject({
    name: 'Design, Associate (JNCIA-Design)',
    levelName: 'Associate',
  })
})

test('a pass that waits names what it needs', () => {
  const passes = passesOf(program, '2026-10-01 JNCIS-SEC')

  const { waiting } = certificationStatus(program, recordOf([], passes), today)

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
  const awards = [award('JNCIA-SEC', '2029-03-01')]
  const record = { rules: datedByExam, awards, events: eventsOf(passes), attempts: [] }

  const { waiting } = certificationStatus(datedByExam, record, today)

  expect(waiting.map(({ certification }) => certification)).toEqual(['JNCIS-DC'])
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
      {
        rules: lenient,
        awards: [award('JNCIA-SEC', '2023-03-01', given)],
        events: eventsOf(passes),
        attempts: [],
      },
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

  expect(old).toMatchObject({ name: 'JNCIA-Antique', levelName: null, standing: 'active' })
})
