import { describe, expect, test } from 'vitest'
import { draftOfCertification, sampleProgram } from '../program/sample-program.ts'
import { awardsOf, passesOf, renewedByLast } from './histories.ts'

const program = sampleProgram()
const renewedBy = (...lines: string[]) => renewedByLast(program, ...lines)

const ENT_LADDER = ['2022-01-10 JNCIA-Junos', '2022-02-10 JNCIS-ENT', '2022-03-10 JNCIP-ENT']

describe('JNCIA, same level', () => {
  test('its own exam renews it', () => {
    expect(renewedBy('2022-01-10 JNCIA-Junos', '2024-01-10 JNCIA-Junos')).toEqual([
      'JNCIA-Junos associate-same-level',
    ])
  })

  test('any Associate exam renews every active Associate certification', () => {
    expect(renewedBy('2022-01-10 JNCIA-Junos', '2022-02-10 JNCIA-Cloud', '2024-01-10 JNCIA-Design')).toEqual([
      'JNCIA-Junos associate-same-level',
      'JNCIA-Cloud associate-same-level',
    ])
  })
})

describe('JNCIA, going up', () => {
  test('a Specialist exam in a track in which an active Associate certification is held renews it', () => {
    expect(renewedBy('2022-01-10 JNCIA-Junos', '2024-01-10 JNCIS-ENT')).toEqual([
      'JNCIA-Junos associate-going-up',
    ])
    expect(renewedBy('2022-01-10 JNCIA-Junos', '2024-01-10 JNCIS-SP')).toEqual([
      'JNCIA-Junos associate-going-up',
    ])
  })

  test('and every other Associate certification with it, of whatever track', () => {
    expect(renewedBy('2022-01-10 JNCIA-Junos', '2022-02-10 JNCIA-Cloud', '2024-01-10 JNCIS-ENT')).toEqual([
      'JNCIA-Junos associate-going-up',
      'JNCIA-Cloud associate-going-up',
    ])
  })

  test('a Specialist exam in a track without an active Associate certification renews none', () => {
    expect(renewedBy('2022-01-10 JNCIA-Cloud', '2024-01-10 JNCIS-SEC')).toEqual([])
    expect(renewedBy('2018-01-10 JNCIA-SEC', '2020-12-10 JNCIA-Cloud', '2024-01-10 JNCIS-SEC')).toEqual([])
  })

  test('a Professional exam alone is two levels up and renews none', () => {
    expect(renewedBy('2022-01-10 JNCIA-Junos', '2024-01-10 JNCIP-ENT')).toEqual([])
  })
})

describe('JNCIS, same level', () => {
  test('a Specialist exam of the same track renews it', () => {
    expect(renewedBy('2022-01-10 JNCIA-Junos', '2022-02-10 JNCIS-ENT', '2024-01-10 JNCIS-ENT')).toEqual([
      'JNCIA-Junos associate-going-up',
      'JNCIS-ENT specialist-same-level',
    ])
    expect(
      renewedBy(
        '2022-01-10 JNCIA-MistAI',
        '2022-02-10 JNCIS-MistAI-Wireless',
        '2024-01-10 JNCIS-MistAI-Wired',
      ),
    ).toContain('JNCIS-MistAI-Wireless specialist-same-level')
  })

  test('one of another track does not', () => {
    expect(renewedBy('2022-01-10 JNCIA-Junos', '2022-02-10 JNCIS-ENT', '2024-01-10 JNCIS-SP')).toEqual([
      'JNCIA-Junos associate-going-up',
    ])
  })
})

describe('JNCIS, going up', () => {
  test('a Professional exam of the same track renews it', () => {
    expect(renewedBy('2022-01-10 JNCIA-Junos', '2022-02-10 JNCIS-ENT', '2024-01-10 JNCIP-ENT')).toContain(
      'JNCIS-ENT specialist-going-up',
    )
  })

  test('earning JNCIP-DC also renews JNCIS-ENT', () => {
    const passes = passesOf(program, '2022-01-10 JNCIA-Junos', '2022-02-10 JNCIS-ENT', '2024-01-10 JNCIP-DC')

    expect(awardsOf(program, passes)[1]?.renewals).toEqual([
      {
        renewedOn: '2024-01-10',
        rule: 'jncis-ent-by-jncip-dc',
        pass: passes[2],
        earned: 'JNCIP-DC',
        cascade: null,
        cascadeFrom: null,
        previousExpiresOn: '2025-02-10',
        expiresOn: '2027-01-10',
      },
    ])
  })

  test('passing the JNCIP-DC exam without earning it does not', () => {
    const again = [
      '2022-01-10 JNCIA-Junos',
      '2022-02-10 JNCIS-ENT',
      '2022-03-10 JNCIP-DC',
      '2024-01-10 JNCIP-DC',
    ]

    expect(renewedBy(...again)).toContain('JNCIP-DC professional-same-level')
    expect(renewedBy(...again)).not.toContain('JNCIS-ENT jncis-ent-by-jncip-dc')
  })

  test('where earning it had to wait, it renews from the day it is earned', () => {
    const demanding = sampleProgram((draft) => {
      draftOfCertification(draft, 'JNCIP-DC').prerequisites = [['JNCIS-ENT'], ['JNCIA-SEC']]
    })
    const passes = passesOf(
      demanding,
      '2022-01-10 JNCIA-Junos',
      '2022-02-10 JNCIS-ENT',
      '2022-03-10 JNCIP-DC',
      '2024-01-10 JNCIA-SEC',
    )

    expect(awardsOf(demanding, passes)[1]?.renewals).toMatchObject([
      { renewedOn: '2024-01-10', rule: 'jncis-ent-by-jncip-dc', earned: 'JNCIP-DC', pass: passes[3] },
    ])
  })
})

describe('JNCIP', () => {
  test('same level: a Professional exam of the same track renews it', () => {
    expect(renewedBy(...ENT_LADDER, '2024-01-10 JNCIP-ENT')).toContain('JNCIP-ENT professional-same-level')
    expect(renewedBy(...ENT_LADDER, '2024-01-10 JNCIP-SP')).toEqual([])
  })

  test('going up: the Expert exam of the same track renews it', () => {
    expect(renewedBy(...ENT_LADDER, '2024-01-10 JNCIE-ENT')).toContain('JNCIP-ENT professional-going-up')
    expect(renewedBy(...ENT_LADDER, '2024-01-10 JNCIE-SP')).toEqual([])
  })
})

describe('JNCIE', () => {
  const expert = [...ENT_LADDER, '2022-04-11 JNCIE-ENT']

  test('a Professional exam of the same track renews it', () => {
    expect(renewedBy(...expert, '2024-01-10 JNCIP-ENT')).toContain('JNCIE-ENT expert-by-professional')
    expect(renewedBy(...expert, '2024-01-10 JNCIP-SEC')).toEqual([])
  })

  test('even while that exam earns nothing itself, for the rule speaks of passing it', () => {
    const apart = sampleProgram((draft) => {
      draftOfCertification(draft, 'JNCIE-ENT').prerequisites = []
    })

    expect(renewedByLast(apart, '2022-01-10 JNCIE-ENT', '2024-01-10 JNCIP-ENT')).toEqual([
      'JNCIE-ENT expert-by-professional',
    ])
  })
})
