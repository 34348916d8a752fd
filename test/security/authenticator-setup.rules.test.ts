import { expect, test } from 'vitest'
import { authenticatorState, inGroupsOfFour } from '../../src/security/authenticator-setup.ts'

const now = new Date('2026-11-23T10:00:00Z')
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000)

test.each([
  ['off', null],
  ['waiting', { createdAt: ago(0), confirmedAt: null }],
  ['waiting', { createdAt: ago(60), confirmedAt: null }],
  ['off', { createdAt: ago(61), confirmedAt: null }],
  ['on', { createdAt: ago(60 * 24 * 365), confirmedAt: ago(60 * 24 * 365) }],
] as const)('an authenticator app is %s', (state, secret) => {
  expect(authenticatorState(secret, now)).toBe(state)
})

test('a key is written in groups of four', () => {
  expect(inGroupsOfFour('ABCDEFGHIJ')).toBe('ABCD EFGH IJ')
  expect(inGroupsOfFour('')).toBe('')
})
