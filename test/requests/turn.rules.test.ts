import { describe, expect, test } from 'vitest'
import { calendarDateIn } from '../../src/core/calendar-date.ts'
import { candidateMay, dueOn, overdueBefore } from '../../src/requests/turn.ts'

const calendar = {
  timeZone: 'America/Los_Angeles',
  businessDays: [1, 2, 3, 4, 5] as (1 | 2 | 3 | 4 | 5)[],
  holidays: ['2026-11-26'],
}

describe('what staff owe', () => {
  test('is due some business days after it became their turn, in the time zone of the program', () => {
    // Still Friday there.
    expect(dueOn(calendar, new Date('2026-11-21T05:00:00Z'))).toBe('2026-11-25')
    expect(dueOn(calendar, new Date('2026-11-24T20:00:00Z'))).toBe('2026-11-30')
    expect(dueOn({ ...calendar, requests: { dueBusinessDays: 1 } }, new Date('2026-11-24T20:00:00Z'))).toBe(
      '2026-11-25',
    )
  })

  test.each(['America/Los_Angeles', 'UTC', 'Asia/Kathmandu', 'Pacific/Kiritimati'])(
    'is overdue exactly when its day is past, in %s',
    (timeZone) => {
      const zoned = { ...calendar, timeZone }
      const today = '2026-12-02'
      const edge = overdueBefore(zoned, today)

      const isOverdue = (at: Date) => dueOn(zoned, at) < today
      expect(isOverdue(new Date(edge.getTime() - 1))).toBe(true)
      expect(isOverdue(edge)).toBe(false)
      expect(calendarDateIn(timeZone, edge)).not.toBe(calendarDateIn(timeZone, new Date(edge.getTime() - 1)))
    },
  )
})

describe('a candidate', () => {
  const now = new Date('2026-11-30T12:00:00Z')
  const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000)
  const may = (
    kind: 'other' | 'name_change',
    state: Parameters<typeof candidateMay>[0]['state'],
    decidedAt: Date | null = null,
    settings = {},
  ) => candidateMay({ kind, state, decidedAt }, settings, now)

  test('writes while the request lives', () => {
    expect([may('other', 'open'), may('name_change', 'waiting')]).toEqual(['write', 'write'])
  })

  test('opens again what was answered lately, but nothing that was decided or withdrawn', () => {
    expect(may('other', 'answered', daysAgo(13))).toBe('reopen')
    expect(may('other', 'answered', daysAgo(15))).toBe('nothing')
    expect(may('other', 'answered', daysAgo(15), { requests: { reopenDays: 20 } })).toBe('reopen')
    expect(may('name_change', 'refused', daysAgo(1))).toBe('nothing')
    expect(may('other', 'withdrawn', daysAgo(1))).toBe('nothing')
  })
})
