import { describe, expect, test } from 'vitest'
import { draftOfCertification, sampleProgram } from '../program/sample-program.ts'
import { awardsOf, passesOf, renewedByLast, termsOf } from './histories.ts'

const program = sampleProgram()
const renewedBy = (...lines: string[]) => renewedByLast(program, ...lines)

const ENT_LADDER = ['2022-01-10 JNCIA-Junos', '2022-02-10 JNCIS-ENT', '2022-03-10 JNCIP-ENT']

describe('with a renewed certification', () => {
  test('all lower active certifications of the track are renewed', () => {
    expect(renewedBy(...ENT_LADDER, '2024-01-10 JNCIE-ENT')).toEqual([
      'JNCIA-Junos lower-of-track from JNCIP-ENT',
      'JNCIS-ENT lower-of-track from JNCIP-ENT',
      'JNCIP-ENT professional-going-up',
    ])
  })

  test('and every other active Associate certification', () => {
    expect(renewedBy('2022-01-03 JNCIA-Cloud', ...ENT_LADDER, '2024-01-10 JNCIP-ENT')).toEqual([
      'JNCIA-Cloud every-associate from JNCIS-ENT',
      'JNCIA-Junos lower-of-track from JNCIS-ENT',
      'JNCIS-ENT specialist-going-up',
      'JNCIP-ENT professional-same-level',
    ])
  })

  test('but no Specialist certification of another track', () => {
    const security = ['2022-01-03 JNCIA-SEC', '2022-01-04 JNCIS-SEC']

    expect(renewedBy(...security, ...ENT_LADDER, '2024-01-10 JNCIE-ENT')).toEqual([
      'JNCIA-SEC every-associate from JNCIP-ENT',
      'JNCIA-Junos lower-of-track from JNCIP-ENT',
      'JNCIS-ENT lower-of-track from JNCIP-ENT',
      'JNCIP-ENT professional-going-up',
    ])
  })

  test('what earning JNCIP-DC renews carries on too', () => {
    expect(
      renewedBy(
        '2022-01-03 JNCIA-Cloud',
        '2022-01-10 JNCIA-Junos',
        '2022-02-10 JNCIS-ENT',
        '2024-01-10 JNCIP-DC',
      ),
    ).toEqual([
      'JNCIA-Cloud every-associate from JNCIS-ENT',
      'JNCIA-Junos lower-of-track from JNCIS-ENT',
      'JNCIS-ENT jncis-ent-by-jncip-dc',
    ])
  })
})

describe('of several rights to a renewal', () => {
  test('exams of one level on one day are credited by code', () => {
    const passes = passesOf(program, '2022-01-10 JNCIA-Junos', '2024-01-10 JNCIA-SEC', '2024-01-10 JNCIA-DC')

    expect(awardsOf(program, passes)[0]?.renewals).toMatchObject([{ pass: passes[2] }])
  })

  test('the one that counts from the latest date is taken', () => {
    const waiting = sampleProgram((draft) => {
      draft.settings.awardedOn = 'exam'
      draftOfCertification(draft, 'JNCIP-DC').prerequisites = [['JNCIS-ENT'], ['JNCIA-SEC']]
    })
    const passes = passesOf(
      waiting,
      '2022-01-10 JNCIA-Junos',
      '2022-02-10 JNCIS-ENT',
      '2022-03-10 JNCIP-DC',
      '2024-01-10 JNCIA-SEC',
    )

    const [junos, ent] = awardsOf(waiting, passes)
    expect(junos?.renewals.at(-1)).toMatchObject({ renewedOn: '2024-01-10', rule: 'associate-same-level' })
    expect(ent?.renewals).toMatchObject([{ renewedOn: '2022-03-10', expiresOn: '2025-03-10' }])
  })

  test('what is beside a renewed certification is not below it', () => {
    const apart = sampleProgram(({ renewal }) => {
      renewal.rules[2]!.renews = { certification: 'JNCIS-MistAI-Wired' } as never
    })
    const history = [
      '2022-01-10 JNCIA-MistAI',
      '2022-02-10 JNCIS-MistAI-Wireless',
      '2022-03-10 JNCIS-MistAI-Wired',
      '2024-01-10 JNCIS-MistAI-Wired',
    ]

    expect(renewedByLast(apart, ...history)).toEqual([
      'JNCIA-MistAI associate-going-up',
      'JNCIS-MistAI-Wired specialist-same-level',
    ])
  })
})

describe('dates', () => {
  const terms = (...lines: string[]) => termsOf(awardsOf(program, passesOf(program, ...lines)))

  test('a renewal lasts three years from the renewing pass', () => {
    expect(terms('2022-01-10 JNCIA-SEC', '2023-06-01 JNCIA-SEC')).toEqual(['JNCIA-SEC 2022-01-10 2026-06-01'])
  })

  test('a pass on the expiry date still renews, the day after starts anew', () => {
    expect(terms('2021-05-20 JNCIA-SEC', '2024-05-20 JNCIA-SEC')).toEqual(['JNCIA-SEC 2021-05-20 2027-05-20'])
    expect(terms('2021-05-20 JNCIA-SEC', '2024-05-21 JNCIA-SEC')).toEqual([
      'JNCIA-SEC 2021-05-20 2024-05-20',
      'JNCIA-SEC 2024-05-21 2027-05-21',
    ])
  })

  test('an expired certification is not renewed', () => {
    expect(terms('2018-05-20 JNCIA-Cloud', '2024-05-20 JNCIA-SEC')).toContain(
      'JNCIA-Cloud 2018-05-20 2021-05-20',
    )
  })

  test('a renewal on a leap day ends on 28 February', () => {
    expect(terms('2022-01-10 JNCIA-SEC', '2024-02-29 JNCIA-DC')).toContain('JNCIA-SEC 2022-01-10 2027-02-28')
  })

  test('a renewal never shortens: one that lasts less than what is left is not even recorded', () => {
    const short = sampleProgram(({ renewal }) => {
      renewal.months = 12
    })
    const [award] = awardsOf(short, passesOf(short, '2022-01-10 JNCIA-SEC', '2022-06-01 JNCIA-SEC'))

    expect(award).toMatchObject({ expiresOn: '2025-01-10', renewals: [] })
  })

  test('what earns a certification does not renew it as well', () => {
    const long = sampleProgram(({ renewal }) => {
      renewal.months = 60
      renewal.rules[1]!.by = { earning: { level: 'JNCIA' } } as never
    })
    const [award] = awardsOf(long, passesOf(long, '2022-01-10 JNCIA-SEC'))

    expect(award).toMatchObject({ expiresOn: '2025-01-10', renewals: [] })
  })
})
