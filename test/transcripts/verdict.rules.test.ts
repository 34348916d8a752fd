import { describe, expect, test } from 'vitest'
import { linkStateOn } from '../../src/transcripts/link-state.ts'
import { verdictOn } from '../../src/transcripts/verdict.ts'

const award = (code: string, standing: 'active' | 'expired' | 'suspended' | 'revoked') => ({ code, standing })

describe('verdictOn', () => {
  test('is good only when every certification is active', () => {
    expect(verdictOn([award('A', 'active'), award('B', 'active')])).toMatchObject({ tone: 'good', active: 2 })
    expect(verdictOn([award('A', 'active'), award('B', 'expired')])).toMatchObject({
      tone: 'warn',
      active: 1,
    })
  })

  test('is never good about nothing', () => {
    expect(verdictOn([])).toEqual({ tone: 'warn', revoked: [], suspended: [], active: 0, total: 0 })
  })

  test('names the suspended and the revoked, and one revocation makes it bad', () => {
    expect(verdictOn([award('A', 'active'), award('B', 'suspended')])).toMatchObject({
      tone: 'warn',
      suspended: ['B'],
    })
    expect(verdictOn([award('A', 'active'), award('B', 'suspended'), award('C', 'revoked')])).toMatchObject({
      tone: 'bad',
      suspended: ['B'],
      revoked: ['C'],
    })
  })
})

describe('linkStateOn', () => {
  test('a link works through its last day, and disabling outranks the calendar', () => {
    const transcript = { validThrough: '2026-11-23', disabledAt: null }

    expect(linkStateOn('2026-11-23', transcript)).toBe('works')
    expect(linkStateOn('2026-11-24', transcript)).toBe('over')
    expect(linkStateOn('2026-11-24', { ...transcript, disabledAt: new Date(0) })).toBe('disabled')
  })
})
