import { expect, test } from 'vitest'
import { isExpiringSoon, standingOn } from '../../src/certifications/standing.ts'

const today = '2026-11-23'

test('an award is active through its expiry date', () => {
  expect(standingOn(today, { emeritusOn: null, expiresOn: '2026-11-23' })).toBe('active')
  expect(standingOn(today, { emeritusOn: null, expiresOn: '2026-11-22' })).toBe('expired')
  expect(standingOn(today, { emeritusOn: null, expiresOn: null })).toBe('active')
})

test('a decision of the program outranks the calendar, a revocation the suspension', () => {
  const expired = { emeritusOn: null, expiresOn: '2024-01-01' }

  expect(standingOn(today, { ...expired, suspendedOn: '2023-05-01' })).toBe('suspended')
  expect(standingOn(today, { ...expired, suspendedOn: '2023-05-01', revokedOn: '2023-06-01' })).toBe(
    'revoked',
  )
})

test('it holds from its day on', () => {
  expect(standingOn(today, { emeritusOn: null, expiresOn: null, revokedOn: '2026-11-24' })).toBe('active')
  expect(
    standingOn(today, { emeritusOn: null, expiresOn: null, revokedOn: '2026-11-23', suspendedOn: null }),
  ).toBe('revoked')
})

test('an award expires soon from the ninetieth day before to the day itself', () => {
  expect(isExpiringSoon(today, { emeritusOn: null, expiresOn: '2027-02-22' }, 90)).toBe(false)
  expect(isExpiringSoon(today, { emeritusOn: null, expiresOn: '2027-02-21' }, 90)).toBe(true)
  expect(isExpiringSoon(today, { emeritusOn: null, expiresOn: '2026-11-23' }, 90)).toBe(true)
  expect(isExpiringSoon(today, { emeritusOn: null, expiresOn: '2026-11-22' }, 90)).toBe(false)
})

test('one that is not active or has no end does not expire soon', () => {
  expect(
    isExpiringSoon(today, { emeritusOn: null, expiresOn: '2026-12-01', revokedOn: '2026-01-01' }, 90),
  ).toBe(false)
  expect(isExpiringSoon(today, { emeritusOn: null, expiresOn: null }, 90)).toBe(false)
})

test('what is emeritus is so once it has expired, and active before', () => {
  const award = { expiresOn: '2026-11-22', emeritusOn: '2026-11-23' }

  expect(standingOn(today, award)).toBe('emeritus')
  expect(standingOn(today, { ...award, emeritusOn: '2026-11-24' })).toBe('expired')
  expect(standingOn(today, { ...award, expiresOn: '2026-11-23' })).toBe('active')
  expect(standingOn(today, { ...award, revokedOn: '2026-11-01' })).toBe('revoked')
})
