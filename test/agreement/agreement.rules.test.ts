import { describe, expect, test } from 'vitest'
import {
  agreementAddress,
  agreementOn,
  isOpenWithoutAgreement,
  owedAgreement,
} from '../../src/agreement/agreement.ts'
import { faultsAfter, sampleProgram } from '../program/sample-program.ts'

const program = sampleProgram((draft) => {
  draft.agreement.version = '2'
  draft.agreement.effectiveOn = '2026-07-01'
})
const { agreement: _, ...withoutAgreement } = program

describe('an agreement', () => {
  test.each([
    ['2026-06-30', undefined],
    ['2026-07-01', '2'],
    ['2027-01-01', '2'],
  ])('counts from its day: %s', (today, version) => {
    expect(agreementOn(program, today)?.version).toBe(version)
  })

  test('begins with the day in the zone of the program', () => {
    const owedAt = (now: string) => owedAgreement(program, { agreedVersion: null }, new Date(now))?.version

    // Los Angeles is seven hours behind.
    expect(owedAt('2026-07-01T06:59:00Z')).toBeUndefined()
    expect(owedAt('2026-07-01T07:00:00Z')).toBe('2')
  })

  test.each([
    [null, '2'],
    ['1', '2'],
    ['2', undefined],
  ])('is owed by who accepted %s', (agreedVersion, version) => {
    expect(owedAgreement(program, { agreedVersion }, new Date('2026-08-01'))?.version).toBe(version)
  })

  test('is owed by nobody where the program has none', () => {
    expect(owedAgreement(withoutAgreement, { agreedVersion: null }, new Date('2026-08-01'))).toBeNull()
  })
})

test.each([
  ['/agreement', true],
  ['/profile/security', true],
  ['/profile/security/passkeys', true],
  ['/profile/privacy/closing', true],
  ['/profile/addresses', true],
  ['/profile/activity', true],
  ['/sign-in/again', true],
  ['/', false],
  ['/profile', false],
  ['/profile/securityx', false],
  ['/profile/merge', false],
  ['/exams', false],
])('%s is open without: %s', (path, isOpen) => {
  expect(isOpenWithoutAgreement(path)).toBe(isOpen)
})

test('a form that was not kept is said to be', () => {
  expect(agreementAddress({ method: 'GET', path: '/exams' })).toBe('/agreement?return_to=%2Fexams')
  expect(agreementAddress({ method: 'POST', path: '/profile' })).toBe(
    '/agreement?not-kept&return_to=%2Fprofile',
  )
})

test.each<[string, object]>([
  ['agreement.effectiveOn', { effectiveOn: '2026-02-30' }],
  ['agreement.paragraphs', { paragraphs: [] }],
  ['agreement.version', { version: 'two words' }],
  ['agreement.signature', { signature: 'x' }],
])('a program is refused for a wrong %s', (path, change) => {
  const faults = faultsAfter(({ agreement }) => Object.assign(agreement, change))

  expect(faults).toHaveLength(1)
  expect(faults[0]).toMatch(new RegExp(`^${path}: `))
})
