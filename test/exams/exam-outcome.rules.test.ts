import { expect, test } from 'vitest'
import { isGraded, outcomeOfClosedRegistration, outcomeOfResult } from '../../src/exams/exam-outcome.ts'

const pass = { delivery: 'delivered', grade: 'pass', validity: 'valid' } as const

test('a held result says nothing but that it is held', () => {
  expect(outcomeOfResult({ ...pass, validity: 'held' })).toBe('held')
  expect(outcomeOfResult({ delivery: 'no_show', grade: 'none', validity: 'held' })).toBe('held')
  expect(isGraded('held')).toBe(false)
})

test('a revoked pass is still a pass', () => {
  expect(outcomeOfResult({ ...pass, validity: 'revoked' })).toBe('pass')
})

test('what happened at the centre comes before the grade', () => {
  expect(outcomeOfResult({ delivery: 'nda_refused', grade: 'none', validity: 'valid' })).toBe('nda_refused')
  expect(outcomeOfResult({ ...pass, grade: 'none' })).toBe('ungraded')
  expect(outcomeOfResult({ ...pass, grade: 'pending' })).toBe('pending')
})

test('a booking that is over says how it ended', () => {
  expect(outcomeOfClosedRegistration('no_show')).toBe('no_show')
  expect(outcomeOfClosedRegistration('cancelled')).toBe('booking-cancelled')
  expect(outcomeOfClosedRegistration('expired')).toBe('booking-lapsed')
  expect(outcomeOfClosedRegistration('authorized')).toBe('booking-lapsed')
})
