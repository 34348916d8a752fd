import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '../../src/core/calendar-date.ts'
import { byDay } from '../../src/mail/by-day.ts'
import { reminderKind, reminderWindows } from '../../src/reminders/reminder-kinds.ts'

const TODAY = '2026-11-26'

test.each([
  [91, null],
  [90, '90'],
  [61, '90'],
  [60, '60'],
  [31, '60'],
  [30, '30'],
  [8, '30'],
  [7, '7'],
  [0, '7'],
  [-1, 'expired'],
  [-14, 'expired'],
  [-15, null],
])('with %i days left the reminder is %s', (left, kind) => {
  expect(reminderKind(TODAY, addDays(TODAY, left))).toBe(kind)
})

test('every expiry date of a window is of its kind, and no other is', () => {
  fc.assert(
    fc.property(fc.integer({ min: -40, max: 120 }), (left) => {
      const expiresOn = addDays(TODAY, left)
      const window = reminderWindows(TODAY).find(({ from, to }) => from <= expiresOn && expiresOn <= to)

      expect(window?.kind ?? null).toBe(reminderKind(TODAY, expiresOn))
    }),
  )
})

test.each([
  ['America/Los_Angeles', '2026-11-26T03:17:00Z', '2026-11-26T03:17:00.000Z'],
  ['Europe/Paris', '2026-11-26T03:17:00Z', '2026-11-26T07:17:00.000Z'],
  ['Asia/Tokyo', '2026-11-26T03:17:00Z', '2026-11-26T03:17:00.000Z'],
  ['America/New_York', '2026-11-26T03:17:00Z', '2026-11-26T13:17:00.000Z'],
])('in %s mail of %s is sent at %s', (zone, now, sent) => {
  expect(byDay(zone, new Date(now)).toISOString()).toBe(sent)
})
